SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND (s.last_order_at >= $1 AND s.last_order_at < $2)
-- $1 = 2026-01-31 15:00:00 +0000 UTC
-- $2 = 2026-02-28 15:00:00 +0000 UTC
