SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND EXISTS (SELECT 1 FROM customer_behaviour AS t WHERE t.customer_id = c.id AND t.kind = $1 AND (t.sku = ANY($2::text[]) OR t.category = ANY($3::text[])))
-- $1 = FAVOURITE
-- $2 = [TEA-01]
-- $3 = [お茶]
