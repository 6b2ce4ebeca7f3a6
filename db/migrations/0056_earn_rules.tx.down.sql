ALTER TABLE point_lots DROP CONSTRAINT point_lots_rolling_check, DROP COLUMN rolling_months, DROP COLUMN rolling_to;
DROP TABLE earn_uses;
DROP TABLE earn_rule_versions;
DROP TABLE earn_rules;
