SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.id AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND (o.ordered_at >= $1 AND o.ordered_at < $2))
-- $1 = 2026-10-31 15:00:00 +0000 UTC
-- $2 = 2026-11-30 15:00:00 +0000 UTC
