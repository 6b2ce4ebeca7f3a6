SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM customer_behaviour AS t WHERE t.kind = $1 AND t.sku = ANY($2::text[]) AND t.day >= $3::date GROUP BY t.customer_id HAVING sum(t.events) >= $4) AS t WHERE t.customer_id = c.id)
-- $1 = VIEW
-- $2 = [TEA-01]
-- $3 = 2026-10-22
-- $4 = 3
