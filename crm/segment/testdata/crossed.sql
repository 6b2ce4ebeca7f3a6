SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND (s.next_mall_at >= $1 AND s.next_mall_at < $2)
-- $1 = 2025-12-31 15:00:00 +0000 UTC
-- $2 = 2026-06-30 15:00:00 +0000 UTC
