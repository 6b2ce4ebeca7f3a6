DROP TABLE import_customers, import_orders;
ALTER TABLE import_quarantine
    DROP COLUMN patch, DROP COLUMN patched_by, DROP COLUMN mended_at, DROP COLUMN order_id;
DROP INDEX imports_upload_idx;
ALTER TABLE imports
    DROP COLUMN kind, DROP COLUMN header, DROP COLUMN delimiter, DROP COLUMN mends_id, DROP COLUMN rows_mended, DROP COLUMN rows_known,
    DROP COLUMN customers_made, DROP COLUMN consents_count, DROP COLUMN consent_wording, DROP COLUMN mode,
    DROP COLUMN undo_total, DROP COLUMN undo_removed, DROP COLUMN undo_restored, DROP COLUMN undo_kept, DROP COLUMN undo_customers,
    DROP COLUMN undo_begun_at;
