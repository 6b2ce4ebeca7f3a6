-- Invitations, lost passwords, the second step of the sign-in, and the audit log as people search it.

-- Whatever is done to staff, an owner who can sign in is left. The lock makes two
-- transactions that each remove the other's owner look one after the other.
CREATE FUNCTION staff_keep_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('staff.owners', 0));
    IF NOT EXISTS (SELECT FROM staff WHERE role = 'OWNER' AND disabled_at IS NULL) THEN
        RAISE EXCEPTION 'the last owner stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_last_owner';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER staff_last_owner AFTER UPDATE OF role, disabled_at ON staff FOR EACH ROW
    WHEN (OLD.role = 'OWNER' AND OLD.disabled_at IS NULL AND (NEW.role <> 'OWNER' OR NEW.disabled_at IS NOT NULL))
    EXECUTE FUNCTION staff_keep_an_owner();
CREATE TRIGGER staff_last_owner_deleted AFTER DELETE ON staff FOR EACH ROW
    WHEN (OLD.role = 'OWNER' AND OLD.disabled_at IS NULL)
    EXECUTE FUNCTION staff_keep_an_owner();

-- One row per invitation; its account is made when it is accepted. The key in the
-- mail is worked out from nonce and the installation's secret; only its hash is kept.
CREATE TABLE staff_invites (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    email       text        NOT NULL,
    role        text        NOT NULL,
    locale      text        NOT NULL DEFAULT 'ja',
    invited_by  bigint,
    nonce       bytea       NOT NULL,
    key_hash    bytea       NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    mailed_at   timestamptz, -- when the mail server took the mail
    refusal     text        NOT NULL DEFAULT '', -- the code it refused with
    accepted_at timestamptz,
    staff_id    bigint,
    revoked_at  timestamptz,
    CONSTRAINT staff_invites_pkey PRIMARY KEY (id),
    CONSTRAINT staff_invites_key_hash_key UNIQUE (key_hash),
    CONSTRAINT staff_invites_role_check CHECK (role IN ('OWNER', 'MANAGER', 'MARKETER', 'ANALYST', 'SUPPORT')),
    CONSTRAINT staff_invites_email_check CHECK (email = lower(email) AND email LIKE '%_@_%'),
    CONSTRAINT staff_invites_end_check CHECK (accepted_at IS NULL OR revoked_at IS NULL),
    CONSTRAINT staff_invites_accepted_check CHECK ((accepted_at IS NULL) = (staff_id IS NULL)),
    CONSTRAINT staff_invites_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES staff (id),
    CONSTRAINT staff_invites_staff_fkey FOREIGN KEY (staff_id) REFERENCES staff (id)
);
CREATE UNIQUE INDEX staff_invites_open_key ON staff_invites (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- One row per request, also for an address nobody has: it costs the same, so that
-- the time of the answer does not tell who has an account.
CREATE TABLE password_resets (
    id         bigint GENERATED ALWAYS AS IDENTITY,
    staff_id   bigint,
    nonce      bytea       NOT NULL,
    key_hash   bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    CONSTRAINT password_resets_pkey PRIMARY KEY (id),
    CONSTRAINT password_resets_key_hash_key UNIQUE (key_hash),
    CONSTRAINT password_resets_staff_fkey FOREIGN KEY (staff_id) REFERENCES staff (id)
);
CREATE INDEX password_resets_staff_idx ON password_resets (staff_id) WHERE used_at IS NULL;

-- The second step of the sign-in (RFC 6238). It is asked for once confirmed_at is
-- set; last_step is the last time step that was used, and none works twice.
CREATE TABLE staff_totp (
    staff_id     bigint      NOT NULL,
    secret       bytea       NOT NULL, -- sealed under MEGURI_SECRET
    created_at   timestamptz NOT NULL,
    confirmed_at timestamptz,
    last_step    bigint      NOT NULL DEFAULT 0,
    CONSTRAINT staff_totp_pkey PRIMARY KEY (staff_id),
    CONSTRAINT staff_totp_staff_fkey FOREIGN KEY (staff_id) REFERENCES staff (id)
);
CREATE TABLE staff_recovery_codes (
    staff_id  bigint NOT NULL,
    code_hash bytea  NOT NULL,
    CONSTRAINT staff_recovery_codes_pkey PRIMARY KEY (staff_id, code_hash),
    CONSTRAINT staff_recovery_codes_totp_fkey FOREIGN KEY (staff_id) REFERENCES staff_totp (staff_id) ON DELETE CASCADE
);

-- Mails that hold the key to an account are not for everybody who may look into the mailbox.
ALTER TABLE mailbox_mails ADD COLUMN private boolean NOT NULL DEFAULT false;

-- The log is read by time, narrowed by person, action or subject, and never rewritten.
DROP INDEX audit_log_object_idx, audit_log_actor_idx;
CREATE INDEX audit_log_at_idx ON audit_log (at DESC, id DESC);
CREATE INDEX audit_log_object_idx ON audit_log (object_kind, object_id, at DESC, id DESC);
CREATE INDEX audit_log_actor_idx ON audit_log (actor_kind, actor_id, at DESC, id DESC);
CREATE INDEX audit_log_action_idx ON audit_log (action, at DESC, id DESC);
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
