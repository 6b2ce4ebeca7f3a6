SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM (SELECT t.customer_id FROM customer_behaviour AS t WHERE t.kind = ANY($1::text[]) AND t.day >= $2::date GROUP BY t.customer_id HAVING count(DISTINCT t.day) >= $3) AS t WHERE t.customer_id = c.id)
-- $1 = [APP_OPEN CART_ADD CART_REMOVE CHECKOUT_START CUSTOM FAVOURITE PAGE_VIEW REDEMPTION_VISIT RESTOCK_REQUEST SEARCH VIEW]
-- $2 = 2026-10-22
-- $3 = 3
