COMMENT ON COLUMN import_quarantine.line_no IS NULL;
ALTER TABLE imports
    DROP CONSTRAINT imports_companion_check,
    DROP CONSTRAINT imports_companion_fkey,
    DROP COLUMN orders_waiting,
    DROP COLUMN companion_format,
    DROP COLUMN companion_name,
    DROP COLUMN companion_upload_id;
DROP TABLE order_parts;
