SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND NOT EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM messages AS t WHERE t.sent_at >= $1 GROUP BY t.customer_id HAVING NOT (count(*) <= $2)) AS t WHERE t.customer_id = c.id)
-- $1 = 2026-10-21 15:00:00 +0000 UTC
-- $2 = 3
