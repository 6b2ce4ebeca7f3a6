-- Lists of customers that say since when people are members, and folders whose files are taken in by themselves.

ALTER TABLE imports ADD COLUMN without_members boolean NOT NULL DEFAULT false; -- nobody becomes a member, though the file says since when

-- A folder of the server, below the one that the installation is configured with.
CREATE TABLE inboxes (
    id              bigint GENERATED ALWAYS AS IDENTITY,
    folder          text COLLATE "C" NOT NULL,
    shop_id         bigint      NOT NULL,
    mapping         text        NOT NULL DEFAULT '',    -- its name; '': told by the header row
    consent_wording text        NOT NULL DEFAULT '',
    without_members boolean     NOT NULL DEFAULT false,
    status          text        NOT NULL DEFAULT 'ACTIVE',
    next_at         timestamptz NOT NULL,
    looked_at       timestamptz,                        -- when it was last looked into
    trouble         text,                               -- a code; NULL: none
    trouble_since   timestamptz,
    lease_owner     text,
    lease_until     timestamptz,
    created_at      timestamptz NOT NULL,
    created_by      bigint,                             -- staff
    CONSTRAINT inboxes_pkey PRIMARY KEY (id),
    CONSTRAINT inboxes_folder_key UNIQUE (folder),
    CONSTRAINT inboxes_shop_fkey FOREIGN KEY (shop_id) REFERENCES shops (id),
    CONSTRAINT inboxes_status_check CHECK (status IN ('ACTIVE','STOPPED'))
);

-- What lay in such a folder. SEEN: it may still grow; TAKEN: its imports have begun; DONE, FAILED: it was moved away.
CREATE TABLE inbox_files (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    inbox_id    bigint      NOT NULL,
    name        text        NOT NULL,
    size        bigint      NOT NULL,
    modified_at timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,                   -- since when it is of this size and time
    status      text        NOT NULL DEFAULT 'SEEN',
    sha256      bytea,                                  -- of the file as it lay there; NULL until it is taken
    same_as     bigint,                                 -- the file of the same content that came before
    code        text,                                   -- why it failed
    detail      text        NOT NULL DEFAULT '',        -- without personal data
    moved_to    text        NOT NULL DEFAULT '',        -- its name in done or failed
    settled_at  timestamptz,
    cleared_at  timestamptz,                            -- of one that failed: when staff had taken it out of failed
    CONSTRAINT inbox_files_pkey PRIMARY KEY (id),
    CONSTRAINT inbox_files_inbox_fkey FOREIGN KEY (inbox_id) REFERENCES inboxes (id) ON DELETE CASCADE,
    CONSTRAINT inbox_files_same_fkey FOREIGN KEY (same_as) REFERENCES inbox_files (id) ON DELETE SET NULL,
    CONSTRAINT inbox_files_status_check CHECK (status IN ('SEEN','TAKEN','DONE','FAILED'))
);
-- Of one name at most one lies there.
CREATE UNIQUE INDEX inbox_files_open_key ON inbox_files (inbox_id, name) WHERE status IN ('SEEN','TAKEN');
CREATE UNIQUE INDEX inbox_files_content_key ON inbox_files (inbox_id, sha256) WHERE status IN ('TAKEN','DONE') AND same_as IS NULL;
CREATE INDEX inbox_files_latest_idx ON inbox_files (inbox_id, id);

ALTER TABLE imports ADD COLUMN inbox_file_id bigint,
    ADD CONSTRAINT imports_inbox_file_fkey FOREIGN KEY (inbox_file_id) REFERENCES inbox_files (id) ON DELETE SET NULL;
CREATE INDEX imports_inbox_file_idx ON imports (inbox_file_id) WHERE inbox_file_id IS NOT NULL;
