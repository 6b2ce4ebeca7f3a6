-- Staff, their sessions and refresh tokens, the audit log, settings of the merchant.

CREATE TABLE staff (
    id              bigint GENERATED ALWAYS AS IDENTITY,
    email           text        NOT NULL,
    name            text        NOT NULL,
    role            text        NOT NULL,
    password_hash   text        NOT NULL,
    locale          text        NOT NULL DEFAULT 'ja',
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    last_sign_in_at timestamptz,
    disabled_at     timestamptz,
    CONSTRAINT staff_pkey PRIMARY KEY (id),
    CONSTRAINT staff_role_check CHECK (role IN ('OWNER', 'MANAGER', 'MARKETER', 'ANALYST', 'SUPPORT')),
    CONSTRAINT staff_email_check CHECK (email = lower(email) AND email LIKE '%_@_%')
);
CREATE UNIQUE INDEX staff_email_key ON staff (email);

-- One row per sign-in; a session is the family its refresh tokens belong to.
CREATE TABLE staff_sessions (
    id             bigint GENERATED ALWAYS AS IDENTITY,
    staff_id       bigint      NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    last_used_at   timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz NOT NULL,
    revoked_at     timestamptz,
    revoked_reason text,
    user_agent     text        NOT NULL DEFAULT '',
    ip             text        NOT NULL DEFAULT '',
    CONSTRAINT staff_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT staff_sessions_staff_fkey FOREIGN KEY (staff_id) REFERENCES staff (id),
    CONSTRAINT staff_sessions_revoked_reason_check CHECK (revoked_reason IN ('SIGN_OUT', 'TOKEN_REUSE', 'STAFF', 'DISABLED'))
);
CREATE INDEX staff_sessions_staff_idx ON staff_sessions (staff_id);

-- Only hashes are kept. A token is used once; using it again revokes its session.
CREATE TABLE refresh_tokens (
    token_hash bytea       NOT NULL,
    session_id bigint      NOT NULL,
    issued_at  timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz,
    CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash),
    CONSTRAINT refresh_tokens_session_fkey FOREIGN KEY (session_id) REFERENCES staff_sessions (id) ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_session_idx ON refresh_tokens (session_id);

-- Sign-ins per key (keyed hash of the address, or of the network) within a window, shared by all nodes.
CREATE TABLE sign_in_throttles (
    key           bytea       NOT NULL,
    failures      int         NOT NULL,
    window_starts timestamptz NOT NULL,
    CONSTRAINT sign_in_throttles_pkey PRIMARY KEY (key)
);

CREATE TABLE audit_log (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    at          timestamptz NOT NULL DEFAULT now(),
    actor_kind  text        NOT NULL, -- STAFF, CUSTOMER, SYSTEM, COMMAND
    actor_id    bigint,
    action      text        NOT NULL, -- noun.verb, e.g. campaign.send
    object_kind text        NOT NULL,
    object_id   bigint,
    detail      jsonb       NOT NULL DEFAULT '{}',
    request_id  text        NOT NULL DEFAULT '',
    CONSTRAINT audit_log_pkey PRIMARY KEY (id),
    CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind IN ('STAFF', 'CUSTOMER', 'SYSTEM', 'COMMAND'))
);
CREATE INDEX audit_log_object_idx ON audit_log (object_kind, object_id, id DESC);
CREATE INDEX audit_log_actor_idx ON audit_log (actor_kind, actor_id, id DESC);

CREATE TABLE settings (
    key        text        NOT NULL,
    value      jsonb       NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT settings_pkey PRIMARY KEY (key)
);
