-- Imports of customers, the mending of refused rows, and the undoing of imports.

ALTER TABLE imports
    ADD COLUMN kind             text   NOT NULL DEFAULT 'ORDERS', -- what the rows of the file are: ORDERS, CUSTOMERS
    ADD COLUMN header           text[],                           -- the names of the columns as they stood; NULL: not read yet
    ADD COLUMN delimiter        text   NOT NULL DEFAULT ',',
    ADD COLUMN mends_id         bigint,                           -- the import whose refused rows this file brings back mended
    ADD COLUMN rows_mended      bigint NOT NULL DEFAULT 0,        -- of rows_quarantined, those that went in after all
    ADD COLUMN rows_known       bigint NOT NULL DEFAULT 0,        -- of a mending file, rows that an earlier one had mended
    ADD COLUMN customers_made   bigint NOT NULL DEFAULT 0,
    ADD COLUMN consents_count   bigint NOT NULL DEFAULT 0,        -- words of consent that a file of customers brought
    ADD COLUMN consent_wording  text   NOT NULL DEFAULT '',       -- what its customers agreed to; '' = its consents are left out
    ADD COLUMN mode             text   NOT NULL DEFAULT 'IMPORT', -- what status tells of: IMPORT, or UNDO of what went in
    ADD COLUMN undo_total       bigint NOT NULL DEFAULT 0,        -- orders, or customers, to look at
    ADD COLUMN undo_removed     bigint NOT NULL DEFAULT 0,        -- orders that the import had made
    ADD COLUMN undo_restored    bigint NOT NULL DEFAULT 0,        -- orders that are again as they were before
    ADD COLUMN undo_kept        bigint NOT NULL DEFAULT 0,        -- orders, or customers, that something later stands on
    ADD COLUMN undo_customers   bigint NOT NULL DEFAULT 0,        -- customers that are gone
    ADD COLUMN undo_begun_at    timestamptz,
    ADD CONSTRAINT imports_kind_check CHECK (kind IN ('ORDERS','CUSTOMERS')),
    ADD CONSTRAINT imports_mode_check CHECK (mode IN ('IMPORT','UNDO')),
    ADD CONSTRAINT imports_undo_check CHECK ((mode = 'UNDO') = (undo_begun_at IS NOT NULL)),
    ADD CONSTRAINT imports_mended_check CHECK (rows_mended BETWEEN 0 AND rows_quarantined),
    ADD CONSTRAINT imports_mends_fkey FOREIGN KEY (mends_id) REFERENCES imports (id);
CREATE INDEX imports_mends_idx ON imports (mends_id) WHERE mends_id IS NOT NULL;
CREATE INDEX imports_upload_idx ON imports (upload_id);
-- Two files at once would mend the same row in two ways.
CREATE UNIQUE INDEX imports_mending_key ON imports (mends_id) WHERE mends_id IS NOT NULL AND status IN ('QUEUED','RUNNING');

ALTER TABLE import_quarantine
    ADD COLUMN patch      jsonb,       -- the row as it was mended: an array of cells by the import's header; null cells as they stood
    ADD COLUMN patched_by bigint,      -- the import that brought it
    ADD COLUMN mended_at  timestamptz, -- when it went in
    ADD COLUMN order_id   bigint,      -- and into which order
    ADD CONSTRAINT import_quarantine_patch_check CHECK ((patch IS NULL) = (patched_by IS NULL)),
    ADD CONSTRAINT import_quarantine_mended_check CHECK (mended_at IS NULL OR patch IS NOT NULL);
CREATE INDEX import_quarantine_patched_idx ON import_quarantine (import_id, line_no) WHERE patch IS NOT NULL;

-- What an import did to orders, so that it can be undone; swept after a while.
CREATE TABLE import_orders (
    import_id bigint NOT NULL,
    order_id  bigint NOT NULL,
    before    jsonb,          -- {order, lines, movedFrom} as they stood; NULL: the import made the order
    CONSTRAINT import_orders_pkey PRIMARY KEY (import_id, order_id)
);

-- The customers that a file of customers made, or whose consent it brought.
CREATE TABLE import_customers (
    import_id   bigint NOT NULL,
    customer_id bigint NOT NULL,
    CONSTRAINT import_customers_pkey PRIMARY KEY (import_id, customer_id)
);
