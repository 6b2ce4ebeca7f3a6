SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND (s.last_order_at >= $1) IS NOT TRUE
-- $1 = 2026-08-22 15:00:00 +0000 UTC
