SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND floor(100 * extract(epoch FROM $1::timestamptz - s.last_order_at) * (s.orders_count - 1) / nullif(extract(epoch FROM s.last_order_at - s.first_order_at), 0)) >= $2
-- $1 = 2026-11-20 16:30:00 +0000 UTC
-- $2 = 150
