SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND (SELECT greatest(1, count(*)) FROM household_members AS t JOIN household_members AS n ON n.household_id = t.household_id WHERE t.customer_id = c.id) >= $1
-- $1 = 2
