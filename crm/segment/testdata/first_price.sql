SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND s.first_net_sales <= $1
-- $1 = 3000
