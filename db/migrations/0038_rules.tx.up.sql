-- What rules of segments and lists under them are answered from.

-- Everybody has a row of figures; who came before that was so gets one.
INSERT INTO customer_stats (customer_id) SELECT c.id FROM customers c WHERE NOT EXISTS (SELECT FROM customer_stats s WHERE s.customer_id = c.id);

-- The members who count, without reading profiles.
CREATE INDEX customers_member_idx ON customers (id) WHERE member_since IS NOT NULL AND NOT anonymous AND merged_into IS NULL;
-- What expires soon. The points left in a lot are not in it: spending them should not touch an index.
CREATE INDEX point_lots_expiry_idx ON point_lots (expires_at, customer_id) WHERE status <> 'DONE';
-- The order of the list by last order answers the rules on the last order, too. Orders and sales, which have indexes
-- of their own anyway, ride along for rules that ask for them beside it.
DROP INDEX customer_stats_last_order_idx;
DROP INDEX customer_stats_recent_idx;
CREATE INDEX customer_stats_recent_idx ON customer_stats (coalesce(last_order_at, '-infinity'), customer_id)
    INCLUDE (last_order_at, orders_count, net_sales);
