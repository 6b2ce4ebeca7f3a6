DROP TABLE stage_ladders;
ALTER TABLE stages DROP COLUMN benefits;
