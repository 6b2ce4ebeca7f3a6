SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND NOT EXISTS (SELECT 1 FROM order_lines AS l JOIN orders AS o ON o.customer_id = l.customer_id AND o.id = l.order_id WHERE l.customer_id = c.id AND l.sku = ANY($1::text[]) AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at >= $2)
-- $1 = [TEA-01]
-- $2 = 2025-11-20 15:00:00 +0000 UTC
