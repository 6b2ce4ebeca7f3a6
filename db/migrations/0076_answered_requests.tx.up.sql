-- Requests with an idempotency key, by who sent them: the same again gets the answer of the first.
CREATE TABLE answered_requests (
    actor_kind  text        NOT NULL,
    actor_id    bigint      NOT NULL, -- row of staff or of api_clients; 0: the command line
    key         text        NOT NULL, -- chosen by the caller
    hash        bytea       NOT NULL, -- of what was asked for
    answer      jsonb,                -- NULL only within the transaction that answers
    answered_at timestamptz NOT NULL,
    CONSTRAINT answered_requests_pkey PRIMARY KEY (actor_kind, actor_id, key)
);
CREATE INDEX answered_requests_at_idx ON answered_requests (answered_at);
