DROP INDEX point_bookings_expire_idx;
DROP INDEX point_entries_expired_idx;
DROP INDEX customers_nobody_idx;
DROP TABLE insight_answers;
