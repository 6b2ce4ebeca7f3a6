-- What was said stays said: the older program knows these two as an unsubscribe.
ALTER TABLE consents DISABLE TRIGGER USER;
UPDATE consents SET method = 'UNSUBSCRIBE_LINK' WHERE method IN ('UNSUBSCRIBE_MAIL','COMPLAINT');
ALTER TABLE consents ENABLE TRIGGER USER;
ALTER TABLE consents DROP CONSTRAINT consents_method_check;
ALTER TABLE consents ADD CONSTRAINT consents_method_check CHECK (method IN ('SIGN_UP_FORM','CHECKOUT','STAFF','API','IMPORT','UNSUBSCRIBE_LINK','ONE_CLICK','STORE'));
DROP INDEX customers_email_idx;
DROP TABLE domain_pauses;
DROP INDEX messages_retry_idx;
ALTER TABLE messages DROP COLUMN complained_at;
DROP INDEX suppressions_customer_idx;
DROP INDEX suppressions_id_key;
ALTER TABLE suppressions DROP COLUMN status;
ALTER TABLE suppressions DROP COLUMN customer_id;
ALTER TABLE suppressions DROP COLUMN id;
DROP TABLE bounces;
DROP TABLE dkim_keys;
DROP TABLE sender_domains;
