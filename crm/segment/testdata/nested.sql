SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
LEFT JOIN member_stages AS m ON m.customer_id = c.id
LEFT JOIN stages AS g ON g.id = m.stage_id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND (s.last_order_at >= $1 AND (EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM customer_mall_stats AS t WHERE t.mall = $2 GROUP BY t.customer_id HAVING sum(t.orders_count) >= $3) AS t WHERE t.customer_id = c.id) OR s.net_sales >= $4) AND ((s.malls && $5::text[]) IS NOT TRUE OR (g.code = ANY($6::text[])) IS NOT TRUE))
-- $1 = 2026-08-22 15:00:00 +0000 UTC
-- $2 = RAKUTEN
-- $3 = 2
-- $4 = 20000
-- $5 = [OWN_SITE]
-- $6 = [GOLD]
