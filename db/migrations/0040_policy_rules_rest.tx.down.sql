ALTER TABLE policy_rules DISABLE TRIGGER policy_rules_append_only;
CREATE TEMP TABLE shipped_with_0040 ON COMMIT DROP AS
SELECT id, version FROM policy_rules WHERE created_by IS NULL AND (version = 2 AND id IN ('RK-01', 'RK-05', 'AM-01') OR version = 1 AND id IN ('RK-02', 'RK-06', 'RK-09', 'RK-10', 'AM-03', 'AM-04', 'AM-05', 'AM-06', 'AU-01', 'LAW-06', 'LAW-07', 'LAW-08', 'LAW-09', 'LAW-10', 'LAW-11', 'LAW-12', 'LAW-13', 'LAW-14', 'LN-01', 'LN-02', 'LN-03', 'OPS-01'));
DELETE FROM policy_reviews r USING shipped_with_0040 s WHERE r.rule_id = s.id AND r.version = s.version;
DELETE FROM policy_overrides o USING shipped_with_0040 s WHERE o.rule_id = s.id AND o.rule_version = s.version;
DELETE FROM policy_rules r USING shipped_with_0040 s WHERE r.id = s.id AND r.version = s.version;
ALTER TABLE policy_rules ENABLE TRIGGER policy_rules_append_only;
ALTER TABLE brand_pictures DROP COLUMN codes;
ALTER TABLE policy_overrides DROP COLUMN valid_until;
