SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND extract(year FROM age($1::date, c.birth_date)) BETWEEN $2 AND $3
-- $1 = 2026-11-21
-- $2 = 20
-- $3 = 39
