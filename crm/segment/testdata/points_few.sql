SELECT count(*)
FROM customers AS c
LEFT JOIN point_accounts AS p ON p.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND coalesce(p.available, 0) <= $1
-- $1 = 0
