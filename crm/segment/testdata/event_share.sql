SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM (SELECT o.customer_id, count(*) AS n FROM (VALUES ($1::text, $2::tstzmultirange), ($3::text, $4::tstzmultirange), ($5::text, $6::tstzmultirange), ($7::text, $8::tstzmultirange), ($9::text, $10::tstzmultirange), ($11::text, $12::tstzmultirange), ($13::text, $14::tstzmultirange), ($15::text, $16::tstzmultirange), ($17::text, $18::tstzmultirange), ($19::text, $20::tstzmultirange)) AS m (mall, times) JOIN shops AS h ON h.mall = m.mall CROSS JOIN LATERAL unnest(m.times) AS e (time) CROSS JOIN LATERAL (SELECT o.customer_id FROM orders AS o WHERE o.shop_id = h.id AND o.ordered_at >= lower(e.time) AND o.ordered_at < upper(e.time) AND o.kind = 'SALE' AND o.status <> 'CANCELLED' OFFSET 0) AS o GROUP BY o.customer_id) AS t WHERE t.customer_id = c.id AND t.n * 100 / nullif(s.orders_count, 0) >= $21)
-- $1 = RAKUTEN
-- $2 = {[2026-10-04T11:00:00Z,2026-10-12T15:00:00Z),[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z),[2026-11-10T11:00:00Z,2026-11-17T15:00:00Z)}
-- $3 = AMAZON
-- $4 = {[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z)}
-- $5 = YAHOO
-- $6 = {[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z)}
-- $7 = AU_PAY
-- $8 = {[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z)}
-- $9 = QOO10
-- $10 = {[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z)}
-- $11 = SHOPIFY
-- $12 = {[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z)}
-- $13 = FUTURESHOP
-- $14 = {[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z)}
-- $15 = MAKESHOP
-- $16 = {[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z)}
-- $17 = OWN_SITE
-- $18 = {[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z),[2026-10-31T15:00:00Z,2026-11-03T15:00:00Z)}
-- $19 = STORE
-- $20 = {[2026-10-20T01:00:00Z,2026-10-24T15:00:00Z)}
-- $21 = 80
