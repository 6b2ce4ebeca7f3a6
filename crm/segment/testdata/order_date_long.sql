SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND (s.first_order_at < $2 AND s.last_order_at >= $1 AND (s.last_order_at < $2 OR s.first_order_at >= $1 OR s.second_order_at >= $1 AND s.second_order_at < $2 OR s.third_order_at >= $1 AND s.third_order_at < $2 OR s.fourth_order_at >= $1 AND s.fourth_order_at < $2 OR s.fifth_order_at >= $1 AND s.fifth_order_at < $2 OR s.fifth_order_at < $1 AND (SELECT TRUE FROM orders AS o WHERE o.customer_id = c.id AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at >= $1 AND o.ordered_at < $2 LIMIT 1)))
-- $1 = 2024-12-31 15:00:00 +0000 UTC
-- $2 = 2025-12-31 15:00:00 +0000 UTC
