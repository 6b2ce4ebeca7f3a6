SELECT count(*)
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND NOT EXISTS (SELECT 1 FROM consents AS t WHERE t.customer_id = c.id AND t.channel = 'MAIL' AND t.purpose = 'MARKETING' AND t.state = 'GIVEN' AND t.origin_shop_id IN (SELECT h.id FROM shops AS h WHERE h.mall = $1) AND NOT EXISTS (SELECT 1 FROM consents AS n WHERE n.customer_id = t.customer_id AND n.channel = 'MAIL' AND n.purpose = 'MARKETING' AND n.origin_shop_id = t.origin_shop_id AND (n.occurred_at, n.id) > (t.occurred_at, t.id)))
-- $1 = OWN_SITE
