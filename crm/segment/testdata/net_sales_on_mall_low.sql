SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND NOT EXISTS (SELECT 1 FROM customer_mall_stats AS t WHERE t.customer_id = c.id AND t.mall = $1 AND t.currency = $2 AND NOT (t.net_sales BETWEEN $3 AND $4))
-- $1 = YAHOO
-- $2 = JPY
-- $3 = -999
-- $4 = 999
