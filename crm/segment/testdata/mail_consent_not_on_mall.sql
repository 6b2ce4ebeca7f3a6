SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND NOT EXISTS (SELECT 1 FROM (SELECT DISTINCT ON (t.customer_id, t.origin_shop_id) t.customer_id, t.state FROM consents AS t WHERE t.channel = 'MAIL' AND t.purpose = 'MARKETING' AND t.origin_shop_id IN (SELECT h.id FROM shops AS h WHERE h.mall = $1) ORDER BY t.customer_id, t.origin_shop_id, t.occurred_at DESC, t.id DESC) AS t WHERE t.customer_id = c.id AND t.state = 'GIVEN')
-- $1 = OWN_SITE
