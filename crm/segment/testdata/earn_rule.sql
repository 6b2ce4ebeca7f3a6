SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM earn_uses AS u WHERE u.customer_id = c.id AND u.rule_id = ANY($1::bigint[]))
-- $1 = [1 2]
