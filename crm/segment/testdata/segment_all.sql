SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
LEFT JOIN member_stages AS m ON m.customer_id = c.id
LEFT JOIN stages AS g ON g.id = m.stage_id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND (((s.orders_count >= $1) IS NOT TRUE OR (g.code = ANY($2::text[])) IS NOT TRUE) OR FALSE)
-- $1 = 2
-- $2 = [GOLD]
