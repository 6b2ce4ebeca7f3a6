DROP TABLE import_notices;
ALTER TABLE import_quarantine DROP COLUMN more;
