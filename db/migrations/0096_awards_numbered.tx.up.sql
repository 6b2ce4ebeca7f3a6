-- Which award was taken back, and which of its kind: the next is numbered after it without a look at the bookings.
ALTER TABLE point_awards_undone
    ADD COLUMN award  text, -- the key of the first
    ADD COLUMN number int;  -- 0: the first

UPDATE point_awards_undone u
SET award = split_part(b.idempotency_key, E'\x1e', 1), number = coalesce(nullif(split_part(b.idempotency_key, E'\x1e', 2), '')::int, 0)
FROM point_bookings b
WHERE b.customer_id = u.customer_id AND b.id = u.booking_id;

ALTER TABLE point_awards_undone
    ALTER COLUMN award SET NOT NULL,
    ALTER COLUMN number SET NOT NULL;
