DELETE FROM mall_event_occurrences WHERE created_by IS NULL AND (
    rule_code = 'YAHOO_PAYPAY' AND starts_at < '2023-01-01'
    OR rule_code = 'AMAZON_PRIME_DAY' AND predicted_on < '2022-01-01'
    OR rule_code = 'AMAZON_BLACK_FRIDAY' AND predicted_on = '2024-11-25');
DELETE FROM mall_event_occurrences WHERE rule_code IN ('COMING_OF_AGE', 'RESPECT_AGED');
DELETE FROM mall_event_rules WHERE code IN ('COMING_OF_AGE', 'RESPECT_AGED');
DROP INDEX orders_sales_idx;
