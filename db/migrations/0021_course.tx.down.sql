ALTER TABLE customer_stats DROP COLUMN first_order_id, DROP COLUMN second_order_at, DROP COLUMN third_order_at, DROP COLUMN fourth_order_at,
    DROP COLUMN fifth_order_at, DROP COLUMN second_mall, DROP COLUMN next_mall, DROP COLUMN next_mall_at;
