SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND floor(extract(epoch FROM s.last_order_at - s.first_order_at) / nullif(86400 * (s.orders_count - 1), 0)) BETWEEN $1 AND $2
-- $1 = 20
-- $2 = 40
