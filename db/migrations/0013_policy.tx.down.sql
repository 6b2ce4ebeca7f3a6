DROP TABLE tasks, mall_mails, policy_overrides, policy_reviews;
DROP TRIGGER policy_rules_append_only ON policy_rules;
DELETE FROM policy_rules WHERE id NOT IN ('LAW-01', 'LAW-02', 'LAW-03', 'RK-07', 'AM-02') OR version > 1;
ALTER TABLE policy_rules DROP COLUMN note, DROP COLUMN created_at, DROP COLUMN created_by;
