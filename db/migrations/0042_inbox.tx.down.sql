ALTER TABLE imports DROP COLUMN inbox_file_id, DROP COLUMN without_members;
DROP TABLE inbox_files;
DROP TABLE inboxes;
