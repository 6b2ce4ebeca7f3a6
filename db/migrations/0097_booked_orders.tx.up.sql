-- What an order earned, or lost, names its row; partners hear its number.
CREATE OR REPLACE FUNCTION point_bookings_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF webhook_wanted('points.booked') THEN
        INSERT INTO webhook_events (kind, customer_id, at, told)
            SELECT 'points.booked', customer_id, occurred_at, jsonb_build_object('booking', id, 'kind', kind, 'points', amount, 'available', available_after,
                'reason', reason, 'shop', shop_id, 'orderNo', coalesce(order_no, (SELECT o.order_no FROM orders o WHERE o.id = added.order_id))) FROM added ORDER BY id;
    END IF;
    RETURN NULL;
END $$;
