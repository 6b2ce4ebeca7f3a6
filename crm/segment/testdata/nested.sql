SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
LEFT JOIN member_stages AS m ON m.customer_id = c.id
LEFT JOIN stages AS g ON g.id = m.stage_id
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND ((EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM customer_mall_stats AS t WHERE t.mall = $1 GROUP BY t.customer_id HAVING sum(t.orders_count) >= $2) AS t WHERE t.customer_id = c.id) OR s.net_sales >= $3) AND ((s.malls && $4::text[]) IS NOT TRUE OR (g.code = ANY($5::text[])) IS NOT TRUE) AND coalesce(s.last_order_at, '-infinity') >= $6)
-- $1 = RAKUTEN
-- $2 = 2
-- $3 = 20000
-- $4 = [OWN_SITE]
-- $5 = [GOLD]
-- $6 = 2026-08-22 15:00:00 +0000 UTC
