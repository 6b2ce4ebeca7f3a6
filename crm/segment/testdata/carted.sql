SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND EXISTS (SELECT 1 FROM customer_behaviour AS t WHERE t.customer_id = c.id AND t.kind = $1 AND t.category = ANY($2::text[]))
-- $1 = CART_ADD
-- $2 = [お茶]
