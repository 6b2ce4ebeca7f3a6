ALTER TABLE point_accounts DROP COLUMN opened_at;
ALTER TABLE imports DROP COLUMN members_count, DROP COLUMN actions_count;
ALTER TABLE import_customers DROP COLUMN since_told, DROP COLUMN since_before, DROP COLUMN via_before;
