SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM (SELECT h.customer_id FROM (SELECT DISTINCT ON (t.customer_id) t.customer_id, t.to_stage FROM stage_changes AS t WHERE t.at < $1 ORDER BY t.customer_id, t.at DESC, t.id DESC) AS h JOIN stages AS g ON g.id = h.to_stage WHERE g.code = ANY($2::text[])) AS t WHERE t.customer_id = c.id)
-- $1 = 2026-10-31 15:00:00 +0000 UTC
-- $2 = [GOLD]
