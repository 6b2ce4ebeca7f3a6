-- Answers computed over everybody, as they were last computed.
CREATE TABLE kept_answers (
    name   text        NOT NULL, -- which: audience, usage …
    of     bigint      NOT NULL, -- the row it is about; 0 where it is about all
    print  bytea       NOT NULL, -- SHA-256 of what it was asked with
    as_of  timestamptz NOT NULL,
    answer json        NOT NULL, -- figures only, nothing of any person
    CONSTRAINT kept_answers_pkey PRIMARY KEY (name, of)
);
