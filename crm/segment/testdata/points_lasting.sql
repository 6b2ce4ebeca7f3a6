SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND EXISTS (SELECT 1 FROM point_lots AS t WHERE t.customer_id = c.id AND t.status <> 'DONE' AND t.expires_at IS NULL)
