SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM (SELECT o.customer_id FROM (VALUES ($1::text, $2::tstzmultirange)) AS m (mall, times) JOIN shops AS h ON h.mall = m.mall CROSS JOIN LATERAL unnest(m.times) AS e (time) CROSS JOIN LATERAL (SELECT o.customer_id FROM orders AS o WHERE o.shop_id = h.id AND o.ordered_at >= lower(e.time) AND o.ordered_at < upper(e.time) AND o.kind = 'SALE' AND o.status <> 'CANCELLED' OFFSET 0) AS o GROUP BY o.customer_id) AS t WHERE t.customer_id = c.id)
-- $1 = RAKUTEN
-- $2 = {[2026-10-04T11:00:00Z,2026-10-04T15:00:00Z)}
