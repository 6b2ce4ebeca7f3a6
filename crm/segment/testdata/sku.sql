SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND EXISTS (SELECT 1 FROM order_lines AS l JOIN orders AS o ON o.customer_id = l.customer_id AND o.id = l.order_id WHERE l.customer_id = c.id AND l.sku = ANY($1::text[]) AND o.kind = 'SALE' AND o.status <> 'CANCELLED')
-- $1 = [TEA-01 TEA-02]
