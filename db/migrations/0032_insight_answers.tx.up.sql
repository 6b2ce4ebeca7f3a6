-- Answers of crm/insight that took longer to compute than people wait for. A job computes them anew; a row that is of
-- another day, or too old, is not given out.
CREATE TABLE insight_answers (
    report   text        NOT NULL, -- which: dashboard, conversion …
    period   int         NOT NULL, -- its days or months
    within   int         NOT NULL, -- the days a next order counts in; 0 where there is no such choice
    day      date        NOT NULL, -- the day of the merchant's zone it was computed on
    as_of    timestamptz NOT NULL,
    took_ms  int         NOT NULL,
    asked_at timestamptz NOT NULL, -- by somebody, to the minute
    answer   json        NOT NULL, -- figures and rules; text, because rules are kept as they are written
    CONSTRAINT insight_answers_pkey PRIMARY KEY (report, period, within)
);

-- Who does not count among customers: few, so that figures leave them out without reading everybody.
CREATE INDEX customers_nobody_idx ON customers (id) WHERE anonymous OR merged_into IS NOT NULL;
-- What expired, and who lost it.
CREATE INDEX point_entries_expired_idx ON point_entries (lot_id) INCLUDE (amount) WHERE account = 'EXPIRED';
CREATE INDEX point_bookings_expire_idx ON point_bookings (occurred_at) INCLUDE (customer_id) WHERE kind = 'EXPIRE';
