SELECT count(*)
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND ((s.next_mall_at AT TIME ZONE $1)::date - (s.first_order_at AT TIME ZONE $1)::date) <= $2
-- $1 = Asia/Tokyo
-- $2 = 60
