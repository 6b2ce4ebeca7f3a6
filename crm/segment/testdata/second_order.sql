SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND s.second_order_at < $1
-- $1 = 2026-07-31 15:00:00 +0000 UTC
