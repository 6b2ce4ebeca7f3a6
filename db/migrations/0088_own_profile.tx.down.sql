ALTER TABLE customers DROP COLUMN birth_date_told_at;
