-- What files of products, stock, costs and behaviour changed, so that it can be taken back: each row says which import told it last, and import_rows how it stood before.

CREATE TABLE import_rows (
    import_id bigint NOT NULL,
    told      text COLLATE "C" NOT NULL, -- table of the row
    row_key   jsonb  NOT NULL,           -- its primary key by column
    line_no   bigint NOT NULL,           -- of the file that told it, as far as one line did
    before    jsonb,                     -- the row as it stood; NULL: there was none
    CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, told, row_key),
    CONSTRAINT import_rows_import_fkey FOREIGN KEY (import_id) REFERENCES imports (id) ON DELETE CASCADE
);

ALTER TABLE products ADD COLUMN import_id bigint; -- NULL: orders, behaviour or staff told it last
ALTER TABLE product_costs ADD COLUMN import_id bigint;
ALTER TABLE product_stock ADD COLUMN import_id bigint;

-- Behaviours never change; they are taken back by the keys that keep them from coming twice.
ALTER TABLE events ADD COLUMN import_id bigint;
ALTER TABLE visitor_events ADD COLUMN import_id bigint;
ALTER TABLE event_keys ADD COLUMN import_id bigint;
CREATE INDEX events_import_idx ON events (import_id, occurred_at) WHERE import_id IS NOT NULL;
CREATE INDEX visitor_events_import_idx ON visitor_events (import_id, occurred_at) WHERE import_id IS NOT NULL;
CREATE INDEX event_keys_import_idx ON event_keys (import_id, occurred_at) WHERE import_id IS NOT NULL;
