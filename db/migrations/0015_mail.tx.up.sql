-- Domains that mail is sent from, their DKIM keys, what came back, domains that defer.

CREATE TABLE sender_domains (
    id            bigint GENERATED ALWAYS AS IDENTITY,
    domain        text        NOT NULL,             -- lower case
    bounce_domain text        NOT NULL DEFAULT '',  -- of the envelope sender; '' = bounces go to the sender's own address
    created_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sender_domains_pkey PRIMARY KEY (id),
    CONSTRAINT sender_domains_domain_key UNIQUE (domain)
);

CREATE TABLE dkim_keys (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    domain_id   bigint      NOT NULL,
    algorithm   text        NOT NULL,
    selector    text        NOT NULL,
    public_key  bytea       NOT NULL, -- as it stands in the record's p=
    private_key bytea       NOT NULL, -- PKCS #8, encrypted with a key derived from MEGURI_SECRET
    active      boolean     NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT dkim_keys_pkey PRIMARY KEY (id),
    CONSTRAINT dkim_keys_domain_fkey FOREIGN KEY (domain_id) REFERENCES sender_domains (id) ON DELETE CASCADE,
    CONSTRAINT dkim_keys_selector_key UNIQUE (domain_id, selector),
    CONSTRAINT dkim_keys_algorithm_check CHECK (algorithm IN ('RSA','ED25519'))
);

-- Bounces and complaints, one row per report and recipient. No addresses, no text: what was said in codes.
CREATE TABLE bounces (
    id             bigint GENERATED ALWAYS AS IDENTITY,
    received_at    timestamptz NOT NULL,
    digest         bytea       NOT NULL,            -- of the report: it counts once however often it comes in
    kind           text        NOT NULL,
    status         text        NOT NULL DEFAULT '', -- enhanced code, RFC 3463
    customer_id    bigint,                          -- of the message it speaks of; NULL: found none
    delivery_id    bigint,
    delivery_month date,
    value_hash     bytea,                           -- of the address, as in suppressions
    suppressed     boolean     NOT NULL DEFAULT false,
    CONSTRAINT bounces_pkey PRIMARY KEY (id),
    CONSTRAINT bounces_digest_key UNIQUE (digest),
    CONSTRAINT bounces_kind_check CHECK (kind IN ('HARD','SOFT','POLICY','DELAYED','COMPLAINT','UNSUBSCRIBE','AUTO_REPLY','UNKNOWN'))
);
CREATE INDEX bounces_soft_idx ON bounces (value_hash, received_at) WHERE kind = 'SOFT';
CREATE INDEX bounces_received_idx ON bounces (received_at);

-- Who is suppressed, where known, so that the list can lead to the customer; the address itself is not kept.
ALTER TABLE suppressions ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE suppressions ADD COLUMN customer_id bigint;
ALTER TABLE suppressions ADD COLUMN status text NOT NULL DEFAULT ''; -- enhanced code of the bounce
CREATE UNIQUE INDEX suppressions_id_key ON suppressions (id);
CREATE INDEX suppressions_customer_idx ON suppressions (customer_id) WHERE customer_id IS NOT NULL;

ALTER TABLE messages ADD COLUMN complained_at timestamptz;
-- Those that wait for another try.
CREATE INDEX messages_retry_idx ON messages (delivery_id, due_at) WHERE status = 'QUEUED' AND attempts > 0;

-- Receiving domains that defer much: their mails wait until then, whichever process has them.
CREATE TABLE domain_pauses (
    domain      text        NOT NULL,
    paused_until timestamptz NOT NULL,
    strikes     int         NOT NULL DEFAULT 1, -- pauses in a row; each is longer than the last
    status      text        NOT NULL DEFAULT '', -- of the last deferral, e.g. 451 4.7.1
    updated_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT domain_pauses_pkey PRIMARY KEY (domain)
);

CREATE INDEX customers_email_idx ON customers (lower(btrim(email))) WHERE email <> '';

ALTER TABLE consents DROP CONSTRAINT consents_method_check;
ALTER TABLE consents ADD CONSTRAINT consents_method_check CHECK (method IN ('SIGN_UP_FORM','CHECKOUT','STAFF','API','IMPORT','UNSUBSCRIBE_LINK','ONE_CLICK','UNSUBSCRIBE_MAIL','COMPLAINT','STORE'));
