DELETE FROM policy_rules WHERE (id, version) IN (('LAW-01', 1), ('LAW-02', 1), ('LAW-03', 1), ('RK-07', 1), ('AM-02', 1));
