SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND s.orders_count BETWEEN $1 AND $2
-- $1 = 2
-- $2 = 5
