SELECT count(*)
FROM customers AS c
LEFT JOIN member_stages AS m ON m.customer_id = c.id
LEFT JOIN stages AS g ON g.id = m.stage_id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND g.code = ANY($1::text[])
-- $1 = [SILVER GOLD]
