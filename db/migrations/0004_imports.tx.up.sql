-- Import sessions: the file, how it is read, how far it has come, and the rows that were refused.

CREATE TABLE uploads (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    name        text        NOT NULL,
    size        bigint      NOT NULL DEFAULT 0,  -- bytes of the content, decompressed
    sha256      bytea       NOT NULL DEFAULT '', -- of the content
    encoding    text        NOT NULL DEFAULT '', -- utf-8, utf-8-bom, cp932; told from the whole content
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  bigint,
    CONSTRAINT uploads_pkey PRIMARY KEY (id)
);
CREATE TABLE upload_chunks (
    upload_id bigint NOT NULL,
    seq       int    NOT NULL,
    bytes     bytea  NOT NULL,                   -- zstd of at most 1 MiB of content
    CONSTRAINT upload_chunks_pkey PRIMARY KEY (upload_id, seq),
    CONSTRAINT upload_chunks_upload_fkey FOREIGN KEY (upload_id) REFERENCES uploads (id) ON DELETE CASCADE
);
ALTER TABLE upload_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL; -- compressed already

CREATE TABLE import_mappings (
    id         bigint GENERATED ALWAYS AS IDENTITY,
    name       text        NOT NULL,
    definition jsonb       NOT NULL,
    built_in   boolean     NOT NULL DEFAULT false,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT import_mappings_pkey PRIMARY KEY (id),
    CONSTRAINT import_mappings_name_key UNIQUE (name)
);

CREATE TABLE imports (
    id               bigint GENERATED ALWAYS AS IDENTITY,
    shop_id          bigint      NOT NULL,
    upload_id        bigint      NOT NULL,
    file_name        text        NOT NULL,
    format           text        NOT NULL,             -- RAKUTEN_ORDERS, MAPPING
    mapping          jsonb,                            -- the mapping as it was when the import began
    fingerprint      bytea       NOT NULL,             -- file, shop and mapping: an unfinished import with it is resumed
    status           text        NOT NULL DEFAULT 'QUEUED',
    phase            text        NOT NULL DEFAULT 'READING', -- READING the file into the stage, APPLYING it
    error_code       text,
    error_detail     text,
    lines_total      bigint,                           -- data rows in the file, once known
    bytes_total      bigint      NOT NULL DEFAULT 0,
    bytes_read       bigint      NOT NULL DEFAULT 0,
    applied_to       bigint      NOT NULL DEFAULT 0,   -- line up to which orders that begin there are applied
    rows_inserted    bigint      NOT NULL DEFAULT 0,
    rows_updated     bigint      NOT NULL DEFAULT 0,
    rows_unchanged   bigint      NOT NULL DEFAULT 0,
    rows_quarantined bigint      NOT NULL DEFAULT 0,
    rows_without_customer bigint NOT NULL DEFAULT 0,
    rows_rounded     bigint      NOT NULL DEFAULT 0,   -- prices finer than the minor unit, rounded half up
    orders_count     bigint      NOT NULL DEFAULT 0,   -- without cancellations
    cancellations_count bigint   NOT NULL DEFAULT 0,
    customers_count  bigint      NOT NULL DEFAULT 0,
    quantity_sum     bigint      NOT NULL DEFAULT 0,
    busy_ms          bigint      NOT NULL DEFAULT 0,   -- time spent working, without pauses between attempts
    rows_per_second  double precision,                 -- of the last batch; NULL when it does not run
    lease_owner      text,
    lease_until      timestamptz,
    stop_requested   boolean     NOT NULL DEFAULT false,
    created_at       timestamptz NOT NULL DEFAULT now(),
    created_by       bigint,
    started_at       timestamptz,
    finished_at      timestamptz,
    CONSTRAINT imports_pkey PRIMARY KEY (id),
    CONSTRAINT imports_shop_fkey FOREIGN KEY (shop_id) REFERENCES shops (id),
    CONSTRAINT imports_upload_fkey FOREIGN KEY (upload_id) REFERENCES uploads (id),
    CONSTRAINT imports_status_check CHECK (status IN ('QUEUED','RUNNING','STOPPED','DONE','FAILED')),
    CONSTRAINT imports_phase_check CHECK (phase IN ('READING','APPLYING'))
);
CREATE INDEX imports_claim_idx ON imports (status, lease_until) WHERE status IN ('QUEUED','RUNNING');
CREATE INDEX imports_fingerprint_idx ON imports (fingerprint);

CREATE TABLE import_quarantine (
    import_id bigint NOT NULL,
    line_no   bigint NOT NULL,        -- 1 = the header's line
    code      text   NOT NULL,        -- BAD_DATE, BAD_AMOUNT, MISSING_ORDER_NO …
    field     text   NOT NULL DEFAULT '',
    detail    text   NOT NULL DEFAULT '',
    raw       text   NOT NULL,
    CONSTRAINT import_quarantine_pkey PRIMARY KEY (import_id, line_no),
    CONSTRAINT import_quarantine_import_fkey FOREIGN KEY (import_id) REFERENCES imports (id) ON DELETE CASCADE
);
