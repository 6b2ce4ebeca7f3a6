DROP TABLE point_days_state, point_days, point_reversals;
DROP INDEX point_bookings_newest_idx, point_bookings_id_idx, point_bookings_order_idx, point_bookings_number_idx, point_lots_paid_idx;
ALTER TABLE point_lots DROP COLUMN origin;
