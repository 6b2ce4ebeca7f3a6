SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND EXISTS (SELECT 1 FROM customer_mall_stats AS t WHERE t.customer_id = c.id AND t.mall = $1 AND t.currency = $2 AND t.net_sales BETWEEN $3 AND $4)
-- $1 = YAHOO
-- $2 = JPY
-- $3 = 1
-- $4 = 999
