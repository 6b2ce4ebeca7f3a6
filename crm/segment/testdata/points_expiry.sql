SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM point_lots AS t WHERE t.customer_id = c.id AND t.status <> 'DONE' AND (t.expires_at > $1 AND t.expires_at <= $2))
-- $1 = 2026-11-30 15:00:00 +0000 UTC
-- $2 = 2026-12-31 15:00:00 +0000 UTC
