-- A stage that a file of members told is taken back with it.
ALTER TABLE stage_changes ADD COLUMN import_id bigint; -- that told the stage; NULL: it came about here

-- Of a file that brings refused rows back: what of its figures the file they were refused in had not counted.
ALTER TABLE imports
    ADD COLUMN orders_added        bigint NOT NULL DEFAULT 0,
    ADD COLUMN cancellations_added bigint NOT NULL DEFAULT 0,
    ADD COLUMN customers_added     bigint NOT NULL DEFAULT 0;
