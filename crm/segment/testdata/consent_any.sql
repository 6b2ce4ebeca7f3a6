SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND EXISTS (SELECT 1 FROM consents AS t WHERE t.customer_id = c.id AND t.channel = ANY($1::text[]) AND t.purpose = 'MARKETING' AND t.state = 'GIVEN' AND NOT EXISTS (SELECT 1 FROM consents AS n WHERE n.customer_id = t.customer_id AND n.channel = t.channel AND n.purpose = 'MARKETING' AND n.origin_shop_id = t.origin_shop_id AND (n.occurred_at, n.id) > (t.occurred_at, t.id)))
-- $1 = [LINE SMS]
