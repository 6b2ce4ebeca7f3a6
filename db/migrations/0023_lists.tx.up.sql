-- Lists of the admin as staff keep them, fixed lists of customers, and the
-- index that the last of the list's orders lacked.

CREATE TABLE saved_views (
    id         bigint GENERATED ALWAYS AS IDENTITY,
    staff_id   bigint      NOT NULL,               -- whose it is
    list       text        NOT NULL,               -- which list of the admin, e.g. customers
    name       text        NOT NULL,
    shared     boolean     NOT NULL DEFAULT false, -- with all staff
    search     jsonb       NOT NULL,               -- what the address of the list holds: filters, columns, order
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT saved_views_pkey PRIMARY KEY (id),
    CONSTRAINT saved_views_staff_fkey FOREIGN KEY (staff_id) REFERENCES staff (id),
    CONSTRAINT saved_views_name_key UNIQUE (staff_id, list, name),
    CONSTRAINT saved_views_list_check CHECK (list ~ '^[a-z][a-z-]{0,39}$'),
    CONSTRAINT saved_views_search_check CHECK (jsonb_typeof(search) = 'object')
);
CREATE INDEX saved_views_shared_idx ON saved_views (list) WHERE shared;

-- The columns somebody chose last, in their order.
CREATE TABLE list_columns (
    staff_id bigint NOT NULL,
    list     text   NOT NULL,
    columns  text[] NOT NULL,
    CONSTRAINT list_columns_pkey PRIMARY KEY (staff_id, list),
    CONSTRAINT list_columns_staff_fkey FOREIGN KEY (staff_id) REFERENCES staff (id),
    CONSTRAINT list_columns_list_check CHECK (list ~ '^[a-z][a-z-]{0,39}$')
);

-- A fixed segment has no rule of its own: who is in it was chosen by hand.
ALTER TABLE segments ADD COLUMN fixed boolean NOT NULL DEFAULT false;
CREATE TABLE segment_picks (
    customer_id bigint      NOT NULL,
    segment_id  bigint      NOT NULL,
    picked_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT segment_picks_pkey PRIMARY KEY (customer_id, segment_id),
    CONSTRAINT segment_picks_segment_fkey FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE CASCADE
);
CREATE INDEX segment_picks_segment_idx ON segment_picks (segment_id, customer_id);

CREATE INDEX customer_stats_orders_count_idx ON customer_stats (orders_count, customer_id);
