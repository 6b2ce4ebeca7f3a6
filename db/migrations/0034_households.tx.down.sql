DROP INDEX customer_merges_batch_idx;
ALTER TABLE customer_merges DROP COLUMN batch_id;
DROP TABLE candidate_batches;
DROP TABLE household_members;
DELETE FROM identity_candidates WHERE reason = 'ADDRESS_GIVEN';
ALTER TABLE identity_candidates
    DROP CONSTRAINT identity_candidates_reason_check,
    ADD CONSTRAINT identity_candidates_reason_check CHECK (reason IN ('LINKED','NAME_ADDRESS','PHONE','ADDRESS_FAMILY'));
