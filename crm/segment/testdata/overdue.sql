SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND floor(100 * extract(epoch FROM $1::timestamptz - s.last_order_at) * (s.orders_count - 1) / nullif(extract(epoch FROM s.last_order_at - s.first_order_at), 0)) >= $2
-- $1 = 2026-11-20 16:30:00 +0000 UTC
-- $2 = 150
