ALTER TABLE order_parts ALTER COLUMN content SET STATISTICS -1, ALTER COLUMN buyer SET STATISTICS -1, ALTER COLUMN hash SET STATISTICS -1;
ALTER TABLE mailbox_mails ALTER COLUMN raw SET STORAGE EXTENDED;
DROP INDEX imports_list_idx;
DROP INDEX point_lots_expiry_idx;
CREATE INDEX point_lots_expiry_idx ON point_lots (expires_at, customer_id) WHERE status <> 'DONE';
