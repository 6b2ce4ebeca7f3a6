SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND EXISTS (SELECT 1 FROM customer_behaviour AS t WHERE t.customer_id = c.id AND t.kind = $1 AND t.day >= $2::date)
-- $1 = VIEW
-- $2 = 2026-10-22
