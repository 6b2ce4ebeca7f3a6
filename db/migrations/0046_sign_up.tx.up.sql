-- Sign-up forms that shoppers fill in, and what they said on them until they confirm it.

CREATE TABLE sign_up_forms (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    shop_id     bigint      NOT NULL, -- whose consents it takes
    slug        text        NOT NULL, -- the end of its address
    version     int         NOT NULL, -- of its content in force
    created_at  timestamptz NOT NULL,
    archived_at timestamptz,          -- takes nobody any more
    CONSTRAINT sign_up_forms_pkey PRIMARY KEY (id),
    CONSTRAINT sign_up_forms_shop_fkey FOREIGN KEY (shop_id) REFERENCES shops (id),
    CONSTRAINT sign_up_forms_slug_key UNIQUE (slug),
    CONSTRAINT sign_up_forms_slug_check CHECK (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$')
);

-- What a form said, when: evidence of what somebody agreed to, so that it is never changed.
CREATE TABLE sign_up_form_versions (
    form_id    bigint      NOT NULL,
    version    int         NOT NULL,
    content    jsonb       NOT NULL, -- texts, fields, consents with their wording; see crm/signup
    created_at timestamptz NOT NULL,
    created_by bigint,               -- staff
    CONSTRAINT sign_up_form_versions_pkey PRIMARY KEY (form_id, version),
    CONSTRAINT sign_up_form_versions_form_fkey FOREIGN KEY (form_id) REFERENCES sign_up_forms (id)
);
CREATE TRIGGER sign_up_form_versions_append_only BEFORE UPDATE OR DELETE ON sign_up_form_versions FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();

-- A form that somebody sent. Its answers are nobody's until the address is confirmed.
CREATE TABLE sign_ups (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    form_id      bigint      NOT NULL,
    form_version int         NOT NULL,
    address_hash bytea       NOT NULL, -- as in suppressions
    answers      jsonb,                -- NULL once they are in the profile, or nobody confirmed them in time
    locale       text        NOT NULL, -- of the form as it was shown
    ip           text        NOT NULL, -- it was sent from
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL, -- of the link in the last mail
    mails        int         NOT NULL DEFAULT 1, -- asked for
    mailed_at    timestamptz,
    refusal      text        NOT NULL DEFAULT '', -- of the mail server, in codes
    confirmed_at timestamptz,
    customer_id  bigint,               -- whom it made or found
    CONSTRAINT sign_ups_pkey PRIMARY KEY (id),
    CONSTRAINT sign_ups_form_fkey FOREIGN KEY (form_id, form_version) REFERENCES sign_up_form_versions (form_id, version),
    CONSTRAINT sign_ups_locale_check CHECK (locale IN ('ja','en')),
    CONSTRAINT sign_ups_confirmed_check CHECK ((confirmed_at IS NULL) = (customer_id IS NULL))
);
CREATE INDEX sign_ups_address_idx ON sign_ups (address_hash, created_at);
CREATE INDEX sign_ups_form_idx ON sign_ups (form_id, created_at);
CREATE INDEX sign_ups_waiting_idx ON sign_ups (created_at) WHERE answers IS NOT NULL;
CREATE INDEX sign_ups_customer_idx ON sign_ups (customer_id) WHERE customer_id IS NOT NULL;

-- Consents also come from a form that the person has confirmed by mail, and from the page where he chooses what he gets.
ALTER TABLE consents DROP CONSTRAINT consents_method_check;
ALTER TABLE consents ADD CONSTRAINT consents_method_check CHECK (method IN
    ('SIGN_UP_FORM','CHECKOUT','STAFF','API','IMPORT','UNSUBSCRIBE_LINK','ONE_CLICK','UNSUBSCRIBE_MAIL','COMPLAINT','STORE','PREFERENCES'));
