ALTER TABLE consents DROP CONSTRAINT consents_method_check;
ALTER TABLE consents ADD CONSTRAINT consents_method_check CHECK (method IN
    ('SIGN_UP_FORM','CHECKOUT','STAFF','API','IMPORT','UNSUBSCRIBE_LINK','ONE_CLICK','UNSUBSCRIBE_MAIL','COMPLAINT','STORE')) NOT VALID;
DROP TABLE sign_ups;
DROP TABLE sign_up_form_versions;
DROP TABLE sign_up_forms;
