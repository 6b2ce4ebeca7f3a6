SELECT count(*)
FROM customers AS c
WHERE NOT c.anonymous AND c.merged_into IS NULL
AND c.prefecture = ANY($1::text[])
-- $1 = [三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県]
