SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND (s.first_order_at IS NOT NULL AND NOT coalesce(s.first_order_at <@ CASE s.first_mall WHEN $1 THEN $2::tstzmultirange END, FALSE))
-- $1 = YAHOO
-- $2 = {[2026-11-04T15:00:00Z,2026-11-05T15:00:00Z),[2026-11-14T15:00:00Z,2026-11-15T15:00:00Z)}
