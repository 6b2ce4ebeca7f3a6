-- When a customer told his birthday himself: points are given for it, so that the merchant may bound how often.
ALTER TABLE customers ADD COLUMN birth_date_told_at timestamptz;
