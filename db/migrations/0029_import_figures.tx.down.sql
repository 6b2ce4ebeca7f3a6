ALTER TABLE imports
    DROP COLUMN orders_added,
    DROP COLUMN cancellations_added,
    DROP COLUMN customers_added;
ALTER TABLE stage_changes DROP COLUMN import_id;
