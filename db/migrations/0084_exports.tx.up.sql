-- Files of objects, one per line, that partners and staff ask for: what each is
-- about, how far it is, and its parts, which go when its days are over.
CREATE TABLE exports (
    id             bigint GENERATED ALWAYS AS IDENTITY,
    kind           text        NOT NULL,
    changed_since  timestamptz,
    shop_id        bigint,
    segment_id     bigint,
    actor_kind     text        NOT NULL,
    actor_id       bigint      NOT NULL, -- row of staff or of api_clients; 0: the command line
    status         text        NOT NULL DEFAULT 'QUEUED',
    error_code     text,
    estimated      bigint,               -- objects, as counted at the beginning; NULL: not yet
    objects        bigint      NOT NULL DEFAULT 0,
    size           bigint      NOT NULL DEFAULT 0, -- bytes of the lines
    packed         bigint      NOT NULL DEFAULT 0, -- bytes of the parts
    checksum       bigint      NOT NULL DEFAULT 0, -- CRC-32 of the lines
    parts          integer     NOT NULL DEFAULT 0,
    place          text[],               -- key of the last object; NULL: none yet
    lease_owner    text,
    lease_until    timestamptz,
    created_at     timestamptz NOT NULL,
    started_at     timestamptz,
    finished_at    timestamptz,
    expires_at     timestamptz,          -- of one that is done: until when there are parts
    CONSTRAINT exports_pkey PRIMARY KEY (id),
    CONSTRAINT exports_status_check CHECK (status IN ('QUEUED', 'RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
    CONSTRAINT exports_done_check CHECK ((status = 'DONE') = (expires_at IS NOT NULL))
);
-- Each caller has one of a kind under way.
CREATE UNIQUE INDEX exports_underway_key ON exports (actor_kind, actor_id, kind) WHERE status IN ('QUEUED', 'RUNNING');
CREATE INDEX exports_actor_idx ON exports (actor_kind, actor_id, id);
CREATE INDEX exports_expire_idx ON exports (expires_at) WHERE parts > 0;

CREATE TABLE export_parts (
    export_id bigint  NOT NULL,
    seq       integer NOT NULL,
    size      integer NOT NULL, -- bytes of its lines
    bytes     bytea   NOT NULL, -- the lines, deflated, without an end
    CONSTRAINT export_parts_pkey PRIMARY KEY (export_id, seq),
    CONSTRAINT export_parts_export_fkey FOREIGN KEY (export_id) REFERENCES exports (id) ON DELETE CASCADE
);
ALTER TABLE export_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;
