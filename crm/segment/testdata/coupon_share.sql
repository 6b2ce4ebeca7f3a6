SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND s.coupon_orders * 100 / nullif(s.orders_count, 0) >= $1
-- $1 = 80
