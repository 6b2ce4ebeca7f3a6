SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND ((s.fourth_order_at AT TIME ZONE $1)::date - (s.third_order_at AT TIME ZONE $1)::date) BETWEEN $2 AND $3
-- $1 = Asia/Tokyo
-- $2 = 0
-- $3 = 30
