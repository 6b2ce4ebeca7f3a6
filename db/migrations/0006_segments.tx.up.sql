CREATE TABLE segments (
    id            bigint GENERATED ALWAYS AS IDENTITY,
    name          text        NOT NULL,
    description   text        NOT NULL DEFAULT '',
    rule          jsonb       NOT NULL,
    member_count  bigint,                      -- when last computed
    computed_at   timestamptz,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    created_by    bigint,
    archived_at   timestamptz,
    CONSTRAINT segments_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX segments_name_key ON segments (name) WHERE archived_at IS NULL;

CREATE TABLE segment_members (
    customer_id bigint      NOT NULL,
    segment_id  bigint      NOT NULL,
    entered_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT segment_members_pkey PRIMARY KEY (customer_id, segment_id),
    CONSTRAINT segment_members_segment_fkey FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE CASCADE
);
CREATE INDEX segment_members_segment_idx ON segment_members (segment_id, customer_id);
