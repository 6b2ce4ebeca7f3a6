-- The course of a customer's purchases: what the first order was, when the next ones came, and when he went on to
-- another mall. Kept with the other rollups, in the transaction that changes an order; sales that are not cancelled, of
-- any currency, by the instant they were ordered and then by id. NULL: there is no such order.

ALTER TABLE customer_stats
    ADD COLUMN first_order_id  bigint,
    ADD COLUMN second_order_at timestamptz,
    ADD COLUMN third_order_at  timestamptz,
    ADD COLUMN fourth_order_at timestamptz,
    ADD COLUMN fifth_order_at  timestamptz,
    ADD COLUMN second_mall     text,        -- of the second order, the first one's or another
    ADD COLUMN next_mall       text,        -- the first mall bought on that is not first_mall …
    ADD COLUMN next_mall_at    timestamptz; -- … and when

WITH course AS (
    SELECT o.customer_id, array_agg(o.id ORDER BY o.ordered_at, o.id) AS ids, array_agg(o.ordered_at ORDER BY o.ordered_at, o.id) AS times,
        array_agg(s.mall ORDER BY o.ordered_at, o.id) AS malls
    FROM orders o JOIN shops s ON s.id = o.shop_id JOIN customer_stats c ON c.customer_id = o.customer_id AND c.orders_count > 0
    WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED'
    GROUP BY o.customer_id
)
UPDATE customer_stats c SET first_order_id = f.ids[1], second_order_at = f.times[2], third_order_at = f.times[3],
    fourth_order_at = f.times[4], fifth_order_at = f.times[5], second_mall = f.malls[2], next_mall = other.mall, next_mall_at = other.at
FROM course f LEFT JOIN LATERAL (
    SELECT m.mall, m.at FROM unnest(f.malls, f.times) WITH ORDINALITY AS m (mall, at, n) WHERE m.mall <> f.malls[1] ORDER BY m.n LIMIT 1) other ON true
WHERE c.customer_id = f.customer_id;
