WITH hit AS MATERIALIZED (
SELECT c.id
FROM customers AS c
LEFT JOIN customer_stats AS s ON s.customer_id = c.id
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND s.orders_count >= $1
)
SELECT (SELECT count(*) FROM hit),
ARRAY(SELECT id FROM hit ORDER BY (id % 1048576 * 2654435761) % 4294967296, id LIMIT $2)
