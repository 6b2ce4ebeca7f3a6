ALTER TABLE campaigns DROP CONSTRAINT campaigns_period_check, DROP COLUMN starts_on, DROP COLUMN ends_on;
DROP TABLE mall_event_occurrences, mall_event_rules;
