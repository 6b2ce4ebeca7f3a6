-- How often somebody wants to hear from the merchant at most, as he said himself.
CREATE TABLE contact_wishes (
    customer_id bigint      NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY, -- for merges
    channel     text        NOT NULL,
    per_month   int         NOT NULL, -- messages within any 30 days
    said_at     timestamptz NOT NULL,
    CONSTRAINT contact_wishes_pkey PRIMARY KEY (customer_id, channel),
    CONSTRAINT contact_wishes_id_key UNIQUE (id),
    CONSTRAINT contact_wishes_channel_check CHECK (channel IN ('MAIL','LINE','SMS','PUSH','POSTAL')),
    CONSTRAINT contact_wishes_per_month_check CHECK (per_month BETWEEN 1 AND 30)
);
