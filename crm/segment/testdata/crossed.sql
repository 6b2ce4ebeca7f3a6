SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND (s.next_mall_at >= $1 AND s.next_mall_at < $2)
-- $1 = 2025-12-31 15:00:00 +0000 UTC
-- $2 = 2026-06-30 15:00:00 +0000 UTC
