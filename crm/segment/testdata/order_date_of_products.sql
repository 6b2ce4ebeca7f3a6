SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM order_lines AS l JOIN orders AS o ON o.customer_id = l.customer_id AND o.id = l.order_id WHERE l.customer_id = c.id AND (l.sku = ANY($1::text[]) OR l.sku IN (SELECT k.sku FROM products AS k WHERE k.category = ANY($2::text[]))) AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.shop_id IN (SELECT h.id FROM shops AS h WHERE h.mall = $3) AND o.ordered_at >= $4)
-- $1 = [TEA-01]
-- $2 = [お茶]
-- $3 = RAKUTEN
-- $4 = 2026-08-22 15:00:00 +0000 UTC
