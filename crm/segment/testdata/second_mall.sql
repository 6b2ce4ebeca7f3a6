SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND s.second_mall = ANY($1::text[])
-- $1 = [RAKUTEN]
