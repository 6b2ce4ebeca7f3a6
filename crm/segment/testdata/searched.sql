SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM customer_behaviour AS t WHERE t.kind = $1 AND t.day >= $2::date GROUP BY t.customer_id HAVING sum(t.events) BETWEEN $3 AND $4) AS t WHERE t.customer_id = c.id)
-- $1 = SEARCH
-- $2 = 2026-11-14
-- $3 = 1
-- $4 = 5
