SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM customer_mall_stats AS t WHERE t.mall = $1 GROUP BY t.customer_id HAVING max(t.last_order_at) >= $2) AS t WHERE t.customer_id = c.id)
-- $1 = AMAZON
-- $2 = 2026-10-21 15:00:00 +0000 UTC
