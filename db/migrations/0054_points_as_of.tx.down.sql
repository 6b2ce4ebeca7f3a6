CREATE OR REPLACE FUNCTION point_grant(
    p_customer bigint, p_now timestamptz, p_key text, p_hash bytea, p_amount bigint,
    p_earned_at timestamptz, p_usable_at timestamptz, p_expires_at timestamptz, p_rule jsonb,
    p_reason text, p_note text, p_shop bigint, p_order_no text, p_order bigint, p_actor_kind text, p_actor bigint, p_detail jsonb,
    OUT outcome text, OUT booking point_bookings
) LANGUAGE plpgsql AS $$
DECLARE
    acct   point_accounts;
    v_lot  bigint;
    v_at   timestamptz; -- of the booking: never before the one before it, however the clocks of two nodes differ
    v_now  boolean;     -- usable at once
BEGIN
    SELECT * INTO acct FROM point_accounts WHERE customer_id = p_customer FOR UPDATE;
    IF NOT FOUND OR acct.kin OR acct.debt > 0 OR acct.due_at <= greatest(p_now, acct.updated_at)
        OR NOT EXISTS (SELECT FROM customers WHERE id = p_customer AND merged_into IS NULL AND member_since IS NOT NULL) THEN
        outcome := 'GENERAL';
        RETURN;
    END IF;
    SELECT * INTO booking FROM point_bookings WHERE customer_id = p_customer AND idempotency_key = p_key;
    IF FOUND THEN
        outcome := CASE WHEN booking.request_hash = p_hash THEN 'REPLAYED' ELSE 'REUSED' END;
        RETURN;
    END IF;

    v_at := greatest(p_now, acct.updated_at);
    v_now := coalesce(p_usable_at <= v_at, false);
    v_lot := nextval('point_lots_id_seq');
    INSERT INTO point_bookings (customer_id, kind, amount, available_after, occurred_at, idempotency_key, request_hash, reason, note,
        shop_id, order_no, order_id, lot_id, actor_kind, actor_id, detail)
    VALUES (p_customer, 'GRANT', p_amount, acct.available + CASE WHEN v_now THEN p_amount ELSE 0 END, v_at, p_key, p_hash, p_reason, p_note,
        p_shop, p_order_no, p_order, v_lot, p_actor_kind, p_actor, p_detail)
    RETURNING * INTO booking;
    INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, status, earned_at, usable_at, expires_at, order_id, rule)
    VALUES (p_customer, v_lot, booking.id, p_amount, p_amount, CASE WHEN v_now THEN 'USABLE' ELSE 'PENDING' END,
        p_earned_at, p_usable_at, p_expires_at, p_order, p_rule);
    INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id)
    VALUES (p_customer, booking.id, CASE WHEN v_now THEN 'AVAILABLE' ELSE 'PENDING' END, p_amount, v_lot),
           (p_customer, booking.id, 'ISSUED', -p_amount, v_lot);
    UPDATE point_accounts SET
        available = acct.available + CASE WHEN v_now THEN p_amount ELSE 0 END,
        pending = acct.pending + CASE WHEN v_now THEN 0 ELSE p_amount END,
        expiring_next_amount = CASE
            WHEN NOT v_now OR p_expires_at IS NULL OR p_expires_at > acct.expiring_next_on THEN acct.expiring_next_amount
            WHEN p_expires_at = acct.expiring_next_on THEN acct.expiring_next_amount + p_amount
            ELSE p_amount END,
        expiring_next_on = CASE WHEN v_now THEN least(acct.expiring_next_on, p_expires_at) ELSE acct.expiring_next_on END,
        due_at = least(acct.due_at, CASE WHEN v_now THEN p_expires_at ELSE p_usable_at END),
        updated_at = v_at
    WHERE customer_id = p_customer;
    INSERT INTO events (customer_id, occurred_at, kind, shop_id, ref_id, data)
    VALUES (p_customer, v_at, 'points.granted', p_shop, booking.id, jsonb_build_object('amount', p_amount, 'reason', p_reason));
    outcome := 'BOOKED';
END $$;

CREATE OR REPLACE FUNCTION point_spend(
    p_customer bigint, p_now timestamptz, p_key text, p_hash bytea, p_amount bigint, p_kind text, p_counter text,
    p_reason text, p_note text, p_shop bigint, p_order_no text, p_order bigint, p_actor_kind text, p_actor bigint, p_detail jsonb,
    OUT outcome text, OUT booking point_bookings
) LANGUAGE plpgsql AS $$
DECLARE
    acct     point_accounts;
    v_at     timestamptz;
    v_on     timestamptz;
    v_amount bigint;
BEGIN
    SELECT * INTO acct FROM point_accounts WHERE customer_id = p_customer FOR UPDATE;
    IF NOT FOUND OR acct.kin OR acct.available < p_amount OR acct.due_at <= greatest(p_now, acct.updated_at)
        OR NOT EXISTS (SELECT FROM customers WHERE id = p_customer AND merged_into IS NULL) THEN
        outcome := 'GENERAL';
        RETURN;
    END IF;
    SELECT * INTO booking FROM point_bookings WHERE customer_id = p_customer AND idempotency_key = p_key;
    IF FOUND THEN
        outcome := CASE WHEN booking.request_hash = p_hash THEN 'REPLAYED' ELSE 'REUSED' END;
        RETURN;
    END IF;

    v_at := greatest(p_now, acct.updated_at);
    INSERT INTO point_bookings (customer_id, kind, amount, available_after, occurred_at, idempotency_key, request_hash, reason, note,
        shop_id, order_no, order_id, actor_kind, actor_id, detail)
    VALUES (p_customer, p_kind, p_amount, acct.available - p_amount, v_at, p_key, p_hash, p_reason, p_note,
        p_shop, p_order_no, p_order, p_actor_kind, p_actor, p_detail)
    RETURNING * INTO booking;
    WITH usable AS (
        SELECT id, remaining - held AS free, sum(remaining - held) OVER (ORDER BY expires_at NULLS LAST, earned_at, id) AS upto
        FROM point_lots WHERE customer_id = p_customer AND status = 'USABLE' AND remaining > held
    ), taken AS (
        SELECT id, least(free, p_amount - (upto - free)) AS n FROM usable WHERE upto - free < p_amount
    ), shrunk AS (
        UPDATE point_lots l SET remaining = l.remaining - n, status = CASE WHEN l.remaining = n THEN 'DONE' ELSE l.status END
        FROM taken WHERE l.customer_id = p_customer AND l.id = taken.id
    )
    INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id)
    SELECT p_customer, booking.id, side.account, side.sign * taken.n, taken.id
    FROM taken, (VALUES ('AVAILABLE', -1), (p_counter, 1)) AS side (account, sign);
    SELECT expires_at, sum(remaining - held) INTO v_on, v_amount
    FROM point_lots WHERE customer_id = p_customer AND status = 'USABLE' AND remaining > held AND expires_at IS NOT NULL
    GROUP BY expires_at ORDER BY expires_at LIMIT 1;
    -- due_at may stay too early; whoever comes when it is reached finds nothing due and sets it right.
    UPDATE point_accounts SET available = acct.available - p_amount, expiring_next_on = v_on, expiring_next_amount = coalesce(v_amount, 0), updated_at = v_at
    WHERE customer_id = p_customer;
    INSERT INTO events (customer_id, occurred_at, kind, shop_id, ref_id, data)
    VALUES (p_customer, v_at, point_event_kind(p_kind), p_shop, booking.id, jsonb_build_object('amount', p_amount, 'reason', p_reason));
    outcome := 'BOOKED';
END $$;
DROP INDEX point_bookings_outstanding_idx;
ALTER TABLE point_bookings DROP COLUMN outstanding;
