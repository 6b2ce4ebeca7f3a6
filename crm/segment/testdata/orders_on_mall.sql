SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM customer_mall_stats AS t WHERE t.mall = $1 GROUP BY t.customer_id HAVING sum(t.orders_count) >= $2) AS t WHERE t.customer_id = c.id)
-- $1 = RAKUTEN
-- $2 = 2
