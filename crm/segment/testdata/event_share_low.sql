SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM (SELECT a.customer_id, sum(a.orders_count)::bigint AS n FROM customer_mall_stats AS a WHERE a.mall = $3 GROUP BY a.customer_id HAVING sum(a.orders_count) > 0) AS a LEFT JOIN (SELECT o.customer_id, count(*) AS n FROM (VALUES ($1::text, $2::tstzmultirange)) AS m (mall, times) JOIN shops AS h ON h.mall = m.mall CROSS JOIN LATERAL unnest(m.times) AS e (time) CROSS JOIN LATERAL (SELECT o.customer_id FROM orders AS o WHERE o.shop_id = h.id AND o.ordered_at >= lower(e.time) AND o.ordered_at < upper(e.time) AND o.kind = 'SALE' AND o.status <> 'CANCELLED' OFFSET 0) AS o GROUP BY o.customer_id) AS t ON t.customer_id = a.customer_id WHERE a.customer_id = c.id AND coalesce(t.n, 0) * 100 / a.n <= $4)
-- $1 = RAKUTEN
-- $2 = {[2026-10-04T11:00:00Z,2026-10-12T15:00:00Z),[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z),[2026-11-10T11:00:00Z,2026-11-17T15:00:00Z)}
-- $3 = RAKUTEN
-- $4 = 20
