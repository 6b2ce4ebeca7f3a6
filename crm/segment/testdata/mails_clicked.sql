SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM messages AS t WHERE t.clicked_at IS NOT NULL GROUP BY t.customer_id HAVING count(*) >= $1) AS t WHERE t.customer_id = c.id)
-- $1 = 2
