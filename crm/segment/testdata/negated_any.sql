SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND ((s.orders_count >= $1) IS NOT TRUE AND NOT EXISTS (SELECT 1 FROM order_lines AS l JOIN orders AS o ON o.customer_id = l.customer_id AND o.id = l.order_id WHERE l.customer_id = c.id AND l.sku = ANY($2::text[]) AND o.kind = 'SALE' AND o.status <> 'CANCELLED'))
-- $1 = 2
-- $2 = [TEA-01]
