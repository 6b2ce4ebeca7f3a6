SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
LEFT JOIN member_stages AS m ON m.customer_id = c.id
LEFT JOIN stages AS g ON g.id = m.stage_id
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND g.code = ANY($1::text[])
-- $1 = [SILVER GOLD]
