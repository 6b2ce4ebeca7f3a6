DROP INDEX customer_stats_recent_idx;
CREATE INDEX customer_stats_recent_idx ON customer_stats (coalesce(last_order_at, '-infinity'), customer_id);
CREATE INDEX customer_stats_last_order_idx ON customer_stats (last_order_at) WHERE last_order_at IS NOT NULL;
DROP INDEX point_lots_expiry_idx;
DROP INDEX customers_member_idx;
