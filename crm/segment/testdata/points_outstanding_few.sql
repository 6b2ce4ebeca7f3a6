SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND NOT EXISTS (SELECT 1 FROM (SELECT coalesce(k.now, t.customer_id) AS customer_id FROM (SELECT p.customer_id, p.available + p.pending + p.held AS points FROM point_accounts AS p UNION ALL SELECT g.customer_id, -sum(g.outstanding)::bigint FROM point_bookings AS g WHERE g.occurred_at > $1 AND g.outstanding <> 0 GROUP BY g.customer_id) AS t LEFT JOIN (SELECT m.id, survivor_of(m.id) AS now FROM customers AS m WHERE m.merged_into IS NOT NULL) AS k ON k.id = t.customer_id GROUP BY coalesce(k.now, t.customer_id) HAVING NOT (sum(t.points) <= $2)) AS t WHERE t.customer_id = c.id)
-- $1 = 2026-10-31 15:00:00 +0000 UTC
-- $2 = 0
