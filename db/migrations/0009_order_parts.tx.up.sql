-- Malls that export an order in two files: what each file told, and imports that belong together.

-- What a file told of an order, once per telling that said something new; the latest one holds. What an
-- import told goes away with it when it is undone, and what was told before holds again.
CREATE TABLE order_parts (
    id         bigint GENERATED ALWAYS AS IDENTITY, -- in the order of telling
    shop_id    bigint      NOT NULL,
    order_no   text        NOT NULL,
    format     text        NOT NULL,            -- whose files tell this share of the order: YAHOO_ITEMS …
    content    jsonb       NOT NULL,            -- the share in normal form, without the buyer
    buyer      jsonb,                           -- personal data: who ordered, as the file has it
    hash       bytea       NOT NULL,            -- of both; equal = told again
    ordered_at timestamptz,                     -- NULL: this share does not tell
    waiting    boolean     NOT NULL,            -- the latest of its format, and the order is not whole yet
    import_id  bigint      NOT NULL,            -- that told it
    told_at    timestamptz NOT NULL,
    CONSTRAINT order_parts_pkey PRIMARY KEY (shop_id, order_no, format, id),
    CONSTRAINT order_parts_shop_fkey FOREIGN KEY (shop_id) REFERENCES shops (id)
);
CREATE INDEX order_parts_import_idx ON order_parts (import_id);
CREATE INDEX order_parts_waiting_idx ON order_parts (import_id) WHERE waiting;

ALTER TABLE imports
    ADD COLUMN companion_id bigint, -- the import of the other half of the same orders, when both were started together
    ADD CONSTRAINT imports_companion_fkey FOREIGN KEY (companion_id) REFERENCES imports (id);
