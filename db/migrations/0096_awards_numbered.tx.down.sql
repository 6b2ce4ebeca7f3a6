ALTER TABLE point_awards_undone DROP COLUMN award, DROP COLUMN number;
