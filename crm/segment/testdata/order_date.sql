SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.id AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.shop_id IN (SELECT h.id FROM shops AS h) AND o.ordered_at >= $1 AND o.ordered_at < $2)
-- $1 = 2026-10-31 15:00:00 +0000 UTC
-- $2 = 2026-11-30 15:00:00 +0000 UTC
