SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
LEFT JOIN member_stages AS m ON m.customer_id = c.id
LEFT JOIN stages AS g ON g.id = m.stage_id
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND (((s.orders_count >= $1) IS NOT TRUE OR (g.code = ANY($2::text[])) IS NOT TRUE) AND FALSE)
-- $1 = 2
-- $2 = [GOLD]
