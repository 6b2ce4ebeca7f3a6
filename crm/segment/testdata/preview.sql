SELECT hit.count, ARRAY(SELECT c.id FROM unnest(hit.ids) AS c (id) ORDER BY (c.id % 1048576 * 2654435761) % 4294967296, c.id LIMIT $2)
FROM (SELECT count(*) AS count, array_agg(c.id) FILTER (WHERE (c.id % 1048576 * 2654435761) % 4294967296 < 268435456) AS ids
FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c
WHERE NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))
AND s.orders_count >= $1
) AS hit
