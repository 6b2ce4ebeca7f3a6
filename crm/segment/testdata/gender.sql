SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND c.gender = ANY($1::text[])
-- $1 = [FEMALE]
