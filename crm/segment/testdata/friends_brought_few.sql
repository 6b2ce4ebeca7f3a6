SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND NOT EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM (SELECT referrer_id AS customer_id, status, reason, referred_at FROM referrals) AS t WHERE t.status NOT IN ('REFUSED', 'VOID') AND t.reason <> 'SELF' GROUP BY t.customer_id HAVING NOT (count(*) <= $1)) AS t WHERE t.customer_id = c.id)
-- $1 = 3
