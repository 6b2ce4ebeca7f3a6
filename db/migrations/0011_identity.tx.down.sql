DROP TRIGGER consents_move_only ON consents;
DROP FUNCTION consents_move_only;
DROP TRIGGER consents_append_only ON consents;
CREATE TRIGGER consents_append_only BEFORE UPDATE OR DELETE ON consents FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
DROP FUNCTION survivor_of;
DROP TABLE customer_merge_keys, customer_merge_rows, customer_merges, identity_candidates;
ALTER TABLE identity_keys DROP COLUMN learned_by;
ALTER TABLE orders DROP COLUMN known_by;
ALTER TABLE customers DROP COLUMN hint_phone, DROP COLUMN hint_address;
