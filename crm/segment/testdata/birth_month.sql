SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND extract(month FROM c.birth_date) = ANY($1::bigint[])
-- $1 = [1 12]
