ALTER TABLE imports DROP COLUMN pull_id;
DROP TABLE pull_seen;
DROP TABLE pull_pages;
DROP TABLE pulls;
DROP TABLE pull_connections;
