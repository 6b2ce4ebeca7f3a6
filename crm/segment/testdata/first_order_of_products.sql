SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND ((s.first_order_at >= $2 AND s.first_order_at < $3) AND EXISTS (SELECT 1 FROM order_lines AS l WHERE l.customer_id = c.id AND l.order_id = s.first_order_id AND l.sku IN (SELECT k.sku FROM products AS k WHERE k.category = ANY($1::text[]))))
-- $1 = [お茶]
-- $2 = 2025-12-31 15:00:00 +0000 UTC
-- $3 = 2026-01-31 15:00:00 +0000 UTC
