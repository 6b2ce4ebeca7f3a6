-- What people ask about their own data, and what is kept for how long.

ALTER TABLE customers ADD COLUMN erased_at timestamptz; -- since when nothing of the person is left in it

CREATE TABLE privacy_requests (
    customer_id     bigint      NOT NULL,
    id              bigint GENERATED ALWAYS AS IDENTITY,
    kind            text        NOT NULL,
    asked_via       text        NOT NULL, -- how the person asked
    asked_on        date        NOT NULL,
    due_on          date        NOT NULL,
    status          text        NOT NULL, -- OPEN; WORKING; DONE; REFUSED; FAILED, which may be tried again
    created_at      timestamptz NOT NULL,
    created_by      bigint,               -- staff
    decided_at      timestamptz,
    decided_by      bigint,               -- staff who did or refused it
    refusal         text        NOT NULL DEFAULT '', -- why, without personal data
    steps           int         NOT NULL DEFAULT 0,  -- of the work
    steps_done      int         NOT NULL DEFAULT 0,
    outcome         jsonb       NOT NULL DEFAULT '{}', -- rows by table that were exported, or erased and kept
    file            bytea,                -- the export, until it expires
    file_expires_at timestamptz,
    CONSTRAINT privacy_requests_pkey PRIMARY KEY (customer_id, id),
    CONSTRAINT privacy_requests_id_key UNIQUE (id),
    CONSTRAINT privacy_requests_kind_check CHECK (kind IN ('EXPORT','ERASURE')),
    CONSTRAINT privacy_requests_via_check CHECK (asked_via IN ('MAIL','PHONE','STORE','LETTER','OTHER')),
    CONSTRAINT privacy_requests_status_check CHECK (status IN ('OPEN','WORKING','DONE','REFUSED','FAILED'))
);
CREATE INDEX privacy_requests_list_idx ON privacy_requests (status, id DESC);
CREATE UNIQUE INDEX privacy_requests_one_open ON privacy_requests (customer_id, kind) WHERE status IN ('OPEN','WORKING','FAILED');

-- Addresses of people who were erased, as hashes under a key that is not in the database: an old file must not bring them back.
CREATE TABLE erased_addresses (
    hash      bytea       NOT NULL,
    erased_at timestamptz NOT NULL,
    CONSTRAINT erased_addresses_pkey PRIMARY KEY (hash)
);

-- What the nightly sweep removed.
CREATE TABLE retention_runs (
    id      bigint GENERATED ALWAYS AS IDENTITY,
    ran_at  timestamptz NOT NULL,
    removed jsonb       NOT NULL, -- rows by kind of data
    CONSTRAINT retention_runs_pkey PRIMARY KEY (id)
);

-- Records of consent go only when their time is over, and then by the sweep alone.
DROP TRIGGER consents_append_only ON consents;
CREATE FUNCTION forbid_early_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('meguri.retention', true), '') <> 'on' THEN
        RAISE EXCEPTION 'rows of % are never deleted before their time', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER consents_append_only BEFORE DELETE ON consents FOR EACH STATEMENT EXECUTE FUNCTION forbid_early_delete();
