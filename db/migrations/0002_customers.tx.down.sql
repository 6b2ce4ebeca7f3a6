DROP TABLE suppressions, consents, identity_keys, identities, customers, shops;
DROP FUNCTION forbid_change();
