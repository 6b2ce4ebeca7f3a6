-- Awards that were taken back because what they were for was undone: the same thing, known again, earns again.
CREATE TABLE point_awards_undone (
    customer_id bigint NOT NULL, -- of the booking that gave them
    booking_id  bigint NOT NULL, -- of several lots the first
    import_id   bigint NOT NULL, -- that was undone
    CONSTRAINT point_awards_undone_pkey PRIMARY KEY (customer_id, booking_id)
);
