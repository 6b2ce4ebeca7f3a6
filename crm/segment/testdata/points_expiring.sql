SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM point_lots AS t WHERE t.status = 'USABLE' AND t.expires_at > $1 AND t.expires_at < $2 GROUP BY t.customer_id HAVING sum(t.remaining) >= $3) AS t WHERE t.customer_id = c.id)
-- $1 = 2026-11-20 16:30:00 +0000 UTC
-- $2 = 2026-12-21 15:00:00 +0000 UTC
-- $3 = 100
