SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND NOT EXISTS (SELECT 1 FROM customer_behaviour AS t WHERE t.customer_id = c.id AND t.kind = $1 AND t.sku <> '' AND t.sku = ANY($2::text[]) AND t.day >= $3::date AND NOT EXISTS (SELECT 1 FROM order_lines AS l JOIN orders AS o ON o.customer_id = l.customer_id AND o.id = l.order_id WHERE l.customer_id = t.customer_id AND l.sku = t.sku AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at >= t.last_at OFFSET 0))
-- $1 = VIEW
-- $2 = [TEA-01]
-- $3 = 2026-11-07
