DELETE FROM identity_candidates WHERE reason IN ('MAIL','NAME');
ALTER TABLE identity_candidates
    DROP CONSTRAINT identity_candidates_reason_check,
    ADD CONSTRAINT identity_candidates_reason_check CHECK (reason IN ('LINKED','NAME_ADDRESS','PHONE','ADDRESS_FAMILY','ADDRESS_GIVEN'));
