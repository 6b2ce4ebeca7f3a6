SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND NOT EXISTS (SELECT 1 FROM messages AS t WHERE t.customer_id = c.id AND t.opened_at >= $1)
-- $1 = 2026-08-22 15:00:00 +0000 UTC
