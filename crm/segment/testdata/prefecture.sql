SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND (c.prefecture = ANY($1::text[])) IS NOT TRUE
-- $1 = [東京都]
