-- Orders pulled from the services of malls: the connections, the pulls, and what they fetched until it is taken in.

CREATE TABLE pull_connections (
    id              bigint GENERATED ALWAYS AS IDENTITY,
    shop_id         bigint      NOT NULL,
    service         text        NOT NULL,
    status          text        NOT NULL DEFAULT 'ACTIVE',
    settings        jsonb       NOT NULL DEFAULT '{}', -- what was entered and is no secret
    sealed          bytea       NOT NULL,              -- the secrets, encrypted
    entered_at      timestamptz NOT NULL,              -- when the secrets were
    expires_at      timestamptz,                       -- when what was entered ends; NULL: never, or not known
    expires_known   boolean     NOT NULL DEFAULT false, -- told by the service, not by staff
    checked_at      timestamptz,                       -- when the service last answered as it should
    every_minutes   int         NOT NULL,
    first_from      timestamptz NOT NULL,              -- orders made before are not asked for
    pulled_to       timestamptz,                       -- everything until then has come
    next_at         timestamptz NOT NULL,
    failures        int         NOT NULL DEFAULT 0,    -- in a row
    trouble         jsonb,                             -- the last one, while it lasts
    trouble_since   timestamptz,
    lease_owner     text,
    lease_until     timestamptz,
    created_at      timestamptz NOT NULL,
    created_by      bigint,                            -- staff
    CONSTRAINT pull_connections_pkey PRIMARY KEY (id),
    CONSTRAINT pull_connections_shop_key UNIQUE (shop_id),
    CONSTRAINT pull_connections_shop_fkey FOREIGN KEY (shop_id) REFERENCES shops (id),
    CONSTRAINT pull_connections_status_check CHECK (status IN ('ACTIVE','STOPPED')),
    CONSTRAINT pull_connections_every_check CHECK (every_minutes BETWEEN 5 AND 1440)
);

-- One pull of one span. At most one of a connection is open; it keeps its cursor until it is done.
CREATE TABLE pulls (
    id            bigint GENERATED ALWAYS AS IDENTITY,
    connection_id bigint      NOT NULL,
    status        text        NOT NULL DEFAULT 'OPEN',
    first         boolean     NOT NULL,
    from_at       timestamptz NOT NULL,
    to_at         timestamptz NOT NULL,
    cursor        jsonb,                               -- of the source; NULL: at the beginning
    fetched       bigint      NOT NULL DEFAULT 0,      -- orders that came
    known         bigint      NOT NULL DEFAULT 0,      -- of them, those that came just so the last time
    expected      bigint      NOT NULL DEFAULT 0,      -- orders of the span; 0: the service does not say
    pending       int         NOT NULL DEFAULT 0,      -- orders in pull_pages
    complete      boolean     NOT NULL DEFAULT false,  -- every page has come
    started_at    timestamptz NOT NULL,
    finished_at   timestamptz,
    CONSTRAINT pulls_pkey PRIMARY KEY (id),
    CONSTRAINT pulls_connection_fkey FOREIGN KEY (connection_id) REFERENCES pull_connections (id) ON DELETE CASCADE,
    CONSTRAINT pulls_status_check CHECK (status IN ('OPEN','DONE'))
);
CREATE UNIQUE INDEX pulls_open_key ON pulls (connection_id) WHERE status = 'OPEN';
CREATE INDEX pulls_connection_idx ON pulls (connection_id, id);

-- Pages that came and are not yet in an upload: written with the cursor behind them, gone with the import's beginning.
CREATE TABLE pull_pages (
    pull_id bigint NOT NULL,
    seq     bigint GENERATED ALWAYS AS IDENTITY,
    content bytea  NOT NULL,                           -- zstd of JSON: orders as rows
    CONSTRAINT pull_pages_pkey PRIMARY KEY (pull_id, seq),
    CONSTRAINT pull_pages_pull_fkey FOREIGN KEY (pull_id) REFERENCES pulls (id) ON DELETE CASCADE
);
ALTER TABLE pull_pages ALTER COLUMN content SET STORAGE EXTERNAL; -- compressed already

-- How an order was told the last time, so that what comes again unchanged (spans overlap) is not taken in again.
CREATE TABLE pull_seen (
    connection_id bigint      NOT NULL,
    order_no      text COLLATE "C" NOT NULL,
    hash          bytea       NOT NULL,
    seen_at       timestamptz NOT NULL,
    CONSTRAINT pull_seen_pkey PRIMARY KEY (connection_id, order_no),
    CONSTRAINT pull_seen_connection_fkey FOREIGN KEY (connection_id) REFERENCES pull_connections (id) ON DELETE CASCADE
);
CREATE INDEX pull_seen_at_idx ON pull_seen (seen_at);

ALTER TABLE imports ADD COLUMN pull_id bigint,
    ADD CONSTRAINT imports_pull_fkey FOREIGN KEY (pull_id) REFERENCES pulls (id) ON DELETE SET NULL;
CREATE INDEX imports_pull_idx ON imports (pull_id) WHERE pull_id IS NOT NULL;
