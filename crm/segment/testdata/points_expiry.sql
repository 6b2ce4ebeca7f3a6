SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND EXISTS (SELECT 1 FROM point_lots AS t WHERE t.customer_id = c.id AND t.status <> 'DONE' AND (t.expires_at > $1 AND t.expires_at <= $2))
-- $1 = 2026-11-30 15:00:00 +0000 UTC
-- $2 = 2026-12-31 15:00:00 +0000 UTC
