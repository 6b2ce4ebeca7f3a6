DROP INDEX customer_stats_orders_count_idx;
DROP TABLE segment_picks;
DELETE FROM segment_members m USING segments s WHERE s.id = m.segment_id AND s.fixed;
UPDATE segments SET archived_at = now() WHERE fixed AND archived_at IS NULL;
ALTER TABLE segments DROP COLUMN fixed;
DROP TABLE list_columns;
DROP TABLE saved_views;
