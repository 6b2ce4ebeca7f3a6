SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND s.fourth_order_at >= $1
-- $1 = 2026-10-21 15:00:00 +0000 UTC
