-- Malls that export an order in two files: what each file told, kept until and after both are there, and
-- imports of two files at once.

CREATE TABLE order_parts (
    shop_id    bigint NOT NULL,
    order_no   text   NOT NULL,
    format     text   NOT NULL,            -- whose files tell this share of the order: YAHOO_ITEMS …
    content    jsonb  NOT NULL,            -- the share in normal form, without the buyer
    buyer      jsonb,                      -- personal data: who ordered, as the file has it
    hash       bytea  NOT NULL,            -- of both; equal = told again
    ordered_at timestamptz,                -- NULL: this share does not tell
    import_id  bigint NOT NULL,            -- that told it last
    updated_at timestamptz NOT NULL,
    CONSTRAINT order_parts_pkey PRIMARY KEY (shop_id, order_no, format),
    CONSTRAINT order_parts_shop_fkey FOREIGN KEY (shop_id) REFERENCES shops (id)
);
CREATE INDEX order_parts_import_idx ON order_parts (import_id);

ALTER TABLE imports
    ADD COLUMN companion_upload_id bigint,             -- a second file that tells the rest of the same orders
    ADD COLUMN companion_name      text,
    ADD COLUMN companion_format    text,
    ADD COLUMN orders_waiting      bigint NOT NULL DEFAULT 0, -- told in part: they count once another file tells the rest
    ADD CONSTRAINT imports_companion_fkey FOREIGN KEY (companion_upload_id) REFERENCES uploads (id),
    ADD CONSTRAINT imports_companion_check CHECK ((companion_upload_id IS NULL) = (companion_format IS NULL)
        AND (companion_upload_id IS NULL) = (companion_name IS NULL));
COMMENT ON COLUMN import_quarantine.line_no IS '1 = the header''s line; lines of the companion file come after those of the file, from 2^40';
