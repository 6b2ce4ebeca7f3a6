SELECT count(*)
FROM customers AS c
LEFT JOIN point_accounts AS p ON p.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND p.available + p.pending + p.held >= $1
-- $1 = 1
