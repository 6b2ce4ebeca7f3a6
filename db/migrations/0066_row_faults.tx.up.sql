-- What else is wrong with a refused row, beside the first fault: an array of {code, field, detail}.
ALTER TABLE import_quarantine ADD COLUMN more jsonb NOT NULL DEFAULT '[]';

-- Orders that came in, but whose file says things that do not agree; swept with what can be undone.
CREATE TABLE import_notices (
    import_id bigint NOT NULL,
    order_id  bigint NOT NULL,
    code      text   NOT NULL,
    detail    jsonb  NOT NULL, -- what the file says, and what its parts come to
    CONSTRAINT import_notices_pkey PRIMARY KEY (import_id, order_id, code),
    CONSTRAINT import_notices_code_check CHECK (code = 'SUMS_DIFFER')
);
CREATE INDEX import_notices_order_idx ON import_notices (order_id);
