-- Who buys in sales: orders by shop and instant, with whose they are.
CREATE INDEX orders_sales_idx ON orders (shop_id, ordered_at, customer_id) WHERE kind = 'SALE' AND status <> 'CANCELLED';

-- Seasons that were missing, and sales of past years as their malls announced them: habits of
-- buying are judged by them. Sources as in 0026.
INSERT INTO mall_event_rules (code, mall, name, name_en, kind, major, months, weekday, nth, certainty, source, reviewed_on) VALUES
    ('COMING_OF_AGE',  NULL, '成人の日', 'Coming of Age Day',      'NTH_WEEKDAY', true, '{1}', 1, 2, 'VH', '1月の第2月曜日', '2026-11-22'),
    ('RESPECT_AGED',   NULL, '敬老の日', 'Respect for the Aged Day', 'NTH_WEEKDAY', true, '{9}', 1, 3, 'VH', '9月の第3月曜日', '2026-11-22');

INSERT INTO mall_event_occurrences (rule_code, predicted_on, mall, starts_at, ends_at, status, source)
SELECT v.rule_code, v.predicted_on::date, v.mall, v.starts_at::timestamptz, v.ends_at::timestamptz, 'ANNOUNCED', v.source FROM (VALUES
    ('YAHOO_PAYPAY',        NULL,         'YAHOO',  '2020-10-17 00:00+09', '2020-11-15 23:59+09', 'Yahoo!ショッピングの発表'),
    ('YAHOO_PAYPAY',        NULL,         'YAHOO',  '2021-10-18 00:00+09', '2021-11-28 23:59+09', 'Yahoo!ショッピングの発表'),
    ('YAHOO_PAYPAY',        NULL,         'YAHOO',  '2022-02-14 00:00+09', '2022-03-21 23:59+09', 'Yahoo!ショッピングの発表'),
    ('YAHOO_PAYPAY',        NULL,         'YAHOO',  '2022-07-01 00:00+09', '2022-07-19 23:59+09', 'Yahoo!ショッピングの発表'),
    ('AMAZON_PRIME_DAY',    '2019-07-08', 'AMAZON', '2019-07-15 00:00+09', '2019-07-16 23:59+09', 'Amazonの発表'),
    ('AMAZON_PRIME_DAY',    '2020-07-08', 'AMAZON', '2020-10-13 00:00+09', '2020-10-14 23:59+09', 'Amazonの発表'),
    ('AMAZON_PRIME_DAY',    '2021-07-08', 'AMAZON', '2021-06-21 00:00+09', '2021-06-22 23:59+09', 'Amazonの発表'),
    ('AMAZON_BLACK_FRIDAY', '2024-11-25', 'AMAZON', '2024-11-29 00:00+09', '2024-12-06 23:59+09', 'Amazonの発表（先行は11月27日から）')
) AS v (rule_code, predicted_on, mall, starts_at, ends_at, source)
ON CONFLICT ON CONSTRAINT mall_event_occurrences_predicted_key DO NOTHING; -- what staff said stays
