-- Partner clients: programs of partners that call the API in their own name (OAuth 2 client credentials).

ALTER TABLE audit_log DROP CONSTRAINT audit_log_actor_kind_check,
    ADD CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind IN ('STAFF','CUSTOMER','SYSTEM','COMMAND','CLIENT'));
ALTER TABLE point_bookings DROP CONSTRAINT point_bookings_actor_kind_check,
    ADD CONSTRAINT point_bookings_actor_kind_check CHECK (actor_kind IN ('STAFF','CUSTOMER','SYSTEM','COMMAND','CLIENT'));
ALTER TABLE stage_changes DROP CONSTRAINT stage_changes_actor_kind_check,
    ADD CONSTRAINT stage_changes_actor_kind_check CHECK (actor_kind IN ('STAFF','CUSTOMER','SYSTEM','COMMAND','CLIENT'));

CREATE TABLE api_clients (
    id            bigint GENERATED ALWAYS AS IDENTITY,
    client_id     text        NOT NULL, -- its name in OAuth; no secret
    name          text        NOT NULL,
    scopes        text[]      NOT NULL,
    maximum_cost  int         NOT NULL, -- what its bucket holds
    restore_rate  int         NOT NULL, -- what comes back per second
    token_version int         NOT NULL DEFAULT 0, -- tokens of an older version, its own and those it issued, are over
    created_by    bigint,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    last_used_at  timestamptz,
    disabled_at   timestamptz,
    CONSTRAINT api_clients_pkey PRIMARY KEY (id),
    CONSTRAINT api_clients_client_id_key UNIQUE (client_id),
    CONSTRAINT api_clients_staff_fkey FOREIGN KEY (created_by) REFERENCES staff (id),
    CONSTRAINT api_clients_rate_check CHECK (maximum_cost > 0 AND restore_rate > 0)
);
CREATE UNIQUE INDEX api_clients_name_key ON api_clients (lower(name));

-- Only hashes are kept. Two slots: the secret in use and the next one, while the partner changes over.
CREATE TABLE api_client_secrets (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    client_id    bigint      NOT NULL,
    slot         smallint    NOT NULL,
    hash         bytea       NOT NULL, -- SHA-256
    hint         text        NOT NULL, -- its last four characters, to tell the two apart
    created_by   bigint,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at   timestamptz,
    CONSTRAINT api_client_secrets_pkey PRIMARY KEY (id),
    CONSTRAINT api_client_secrets_client_fkey FOREIGN KEY (client_id) REFERENCES api_clients (id) ON DELETE CASCADE,
    CONSTRAINT api_client_secrets_staff_fkey FOREIGN KEY (created_by) REFERENCES staff (id),
    CONSTRAINT api_client_secrets_slot_check CHECK (slot IN (1, 2))
);
CREATE UNIQUE INDEX api_client_secrets_slot_key ON api_client_secrets (client_id, slot) WHERE revoked_at IS NULL;

-- What a client asked for, by day in the merchant's zone; written in batches.
CREATE TABLE api_client_usage (
    client_id bigint NOT NULL,
    day       date   NOT NULL,
    requests  bigint NOT NULL,
    cost      bigint NOT NULL,
    throttled bigint NOT NULL, -- requests among them that were refused for want of cost
    failed    bigint NOT NULL, -- requests among them that ended with an error otherwise
    CONSTRAINT api_client_usage_pkey PRIMARY KEY (client_id, day),
    CONSTRAINT api_client_usage_client_fkey FOREIGN KEY (client_id) REFERENCES api_clients (id) ON DELETE CASCADE
);
