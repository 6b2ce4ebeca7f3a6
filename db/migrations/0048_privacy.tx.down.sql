DROP TRIGGER consents_append_only ON consents;
DROP FUNCTION forbid_early_delete;
CREATE TRIGGER consents_append_only BEFORE DELETE ON consents FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
DROP TABLE retention_runs;
DROP TABLE erased_addresses;
DROP TABLE privacy_requests;
ALTER TABLE customers DROP COLUMN erased_at;
