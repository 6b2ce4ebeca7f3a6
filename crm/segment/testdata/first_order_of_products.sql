SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND ((s.first_order_at >= $2 AND s.first_order_at < $3) AND EXISTS (SELECT 1 FROM order_lines AS l WHERE l.customer_id = c.id AND l.order_id = s.first_order_id AND l.sku IN (SELECT k.sku FROM products AS k WHERE k.category = ANY($1::text[]))))
-- $1 = [お茶]
-- $2 = 2025-12-31 15:00:00 +0000 UTC
-- $3 = 2026-01-31 15:00:00 +0000 UTC
