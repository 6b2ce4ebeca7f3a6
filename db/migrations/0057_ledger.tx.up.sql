-- Spendings that are taken back, points that were paid for, and the ledger as its readers ask for it: the newest
-- first, by order, and added up by day.

-- A point that was bought is a prepaid means of payment; what is unused of it is reported at the end of March and of September.
ALTER TABLE point_lots ADD COLUMN origin text NOT NULL DEFAULT 'FREE',
    ADD CONSTRAINT point_lots_origin_check CHECK (origin IN ('FREE','PAID'));
CREATE INDEX point_lots_paid_idx ON point_lots (id) WHERE origin = 'PAID';

-- Which spending a booking took back; how much of which lot say its entries.
CREATE TABLE point_reversals (
    customer_id bigint NOT NULL, -- of the booking that takes back
    booking_id  bigint NOT NULL,
    of_customer bigint NOT NULL, -- of the spending
    of_booking  bigint NOT NULL,
    CONSTRAINT point_reversals_pkey PRIMARY KEY (customer_id, booking_id)
);
CREATE INDEX point_reversals_of_idx ON point_reversals (of_booking);

-- For the ledger of all customers. New rows go to the end of the first, and to the end of the second as ids grow.
CREATE INDEX point_bookings_newest_idx ON point_bookings (occurred_at, id);
CREATE INDEX point_bookings_id_idx ON point_bookings (id);
CREATE INDEX point_bookings_order_idx ON point_bookings (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX point_bookings_number_idx ON point_bookings (order_no) WHERE order_no IS NOT NULL;

-- What bookings up to settled_to came to, by day of the merchant's zone. A booking may be written for a day long past,
-- so it is its id that tells whether it is in. Ids up to candidate_to are all there, or never will be, once no
-- transaction is left that began before candidate_xmax.
CREATE TABLE point_days (
    day     date   NOT NULL, -- what is booked at midnight belongs to the day that ends
    kind    text   NOT NULL, -- of the booking
    account text   NOT NULL,
    origin  text   NOT NULL,
    amount  bigint NOT NULL,
    CONSTRAINT point_days_pkey PRIMARY KEY (day, kind, account, origin)
);
CREATE TABLE point_days_state (
    one            boolean NOT NULL DEFAULT true,
    zone           text    NOT NULL DEFAULT '', -- of the days; another one begins anew
    settled_to     bigint  NOT NULL DEFAULT 0,
    candidate_to   bigint  NOT NULL DEFAULT 0,
    candidate_xmax text    NOT NULL DEFAULT '0',
    CONSTRAINT point_days_state_pkey PRIMARY KEY (one),
    CONSTRAINT point_days_state_one_check CHECK (one)
);
INSERT INTO point_days_state DEFAULT VALUES;
