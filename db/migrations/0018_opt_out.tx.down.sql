DROP INDEX bounces_unmatched_idx;
ALTER TABLE suppressions DROP COLUMN opted_out_at;
