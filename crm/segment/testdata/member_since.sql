SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND c.member_since >= $1
-- $1 = 2026-10-21 15:00:00 +0000 UTC
