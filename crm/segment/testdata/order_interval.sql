SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND floor(extract(epoch FROM s.last_order_at - s.first_order_at) / nullif(86400 * (s.orders_count - 1), 0)) BETWEEN $1 AND $2
-- $1 = 20
-- $2 = 40
