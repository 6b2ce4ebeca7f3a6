-- What the ledger of points came to at the ends of months, so that a year of its figures is read without its entries.
-- Kept by crm/insight from the entries; a row that no longer counts all bookings up to its end is not believed.
CREATE TABLE point_month_ends (
    ends_at     timestamptz NOT NULL, -- when a month of the merchant's zone ends; what was booked at that instant belongs to it
    bookings    bigint      NOT NULL, -- up to it, as are the sums of postings below
    issued      bigint      NOT NULL,
    redeemed    bigint      NOT NULL,
    expired     bigint      NOT NULL,
    clawed_back bigint      NOT NULL,
    other       bigint      NOT NULL,
    CONSTRAINT point_month_ends_pkey PRIMARY KEY (ends_at)
);
