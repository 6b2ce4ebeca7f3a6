-- Points across merges of customers.
--
-- A merge hands over all lots and holds of the customer it ends, open or not: their rows go to the survivor with their
-- ids, dates, order and rule. What they hold goes by one pair of bookings, TRANSFER_OUT on the one side and TRANSFER_IN
-- on the other, and a debt by DEBT_OUT and DEBT_IN; both sides of a pair post on TRANSFERRED, where they cancel out.
-- An undo hands back the same lots and holds with what remains of them.

ALTER TABLE point_bookings DROP CONSTRAINT point_bookings_kind_check;
ALTER TABLE point_bookings ADD CONSTRAINT point_bookings_kind_check CHECK (kind IN ('GRANT','MATURE','HOLD','CAPTURE','RELEASE','REDEEM','ADJUST',
    'EXPIRE','CLAWBACK','RESTORE','TRANSFER_OUT','TRANSFER_IN','DEBT_OUT','DEBT_IN'));
ALTER TABLE point_entries DROP CONSTRAINT point_entries_account_check;
ALTER TABLE point_entries ADD CONSTRAINT point_entries_account_check CHECK (account IN ('AVAILABLE','PENDING','HELD','DEBT',
    'ISSUED','REDEEMED','EXPIRED','CLAWED_BACK','ADJUSTED','TRANSFERRED'));

-- Of a lot that is a part of another: what a hold had reserved when hold and lot went different ways at an undo.
ALTER TABLE point_lots ADD COLUMN parent_id bigint;

-- The customer has ever been part of a merge: his keys and orders have traces under other customers too.
ALTER TABLE point_accounts ADD COLUMN kin boolean NOT NULL DEFAULT false;

CREATE TABLE point_merges (
    customer_id bigint      NOT NULL,               -- the survivor
    merge_id    bigint      NOT NULL,
    from_id     bigint      NOT NULL,               -- whose points came over
    lots        bigint[]    NOT NULL,               -- what came over, and goes back with an undo
    holds       bigint[]    NOT NULL,
    debt        bigint      NOT NULL,               -- what of the debt that came over an undo may give back at most
    merged_at   timestamptz NOT NULL,
    undone_at   timestamptz,
    CONSTRAINT point_merges_pkey PRIMARY KEY (customer_id, merge_id),
    CONSTRAINT point_merges_customers_check CHECK (customer_id <> from_id),
    CONSTRAINT point_merges_debt_check CHECK (debt >= 0)
);
CREATE INDEX point_merges_from_idx ON point_merges (from_id);
-- A customer is in one merge at a time.
CREATE UNIQUE INDEX point_merges_one_idx ON point_merges (from_id) WHERE undone_at IS NULL;

-- Requests for a merged customer, which were booked for the survivor: after an undo their keys still give the first result.
CREATE TABLE point_key_aliases (
    customer_id     bigint NOT NULL, -- who was asked for
    idempotency_key text   NOT NULL,
    booked_for      bigint NOT NULL,
    booking_id      bigint NOT NULL,
    CONSTRAINT point_key_aliases_pkey PRIMARY KEY (customer_id, idempotency_key)
);

-- The two common bookings leave the accounts of those who were ever merged to crm/points.
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

-- The ladder in full: a stage asks for spend, orders or points, and may ask for less to be kept. The rules that hold for
-- all stages are the settings key "stages". 0 = not asked for.
ALTER TABLE stages
    ADD COLUMN order_threshold bigint NOT NULL DEFAULT 0,
    ADD COLUMN point_threshold bigint NOT NULL DEFAULT 0, -- points earned with purchases
    ADD COLUMN keep_spend      bigint,                    -- NULL: as much as reaches it
    ADD COLUMN keep_orders     bigint,
    ADD COLUMN keep_points     bigint,
    ADD COLUMN archived_at     timestamptz,               -- taken off the ladder; histories still name it
    ADD CONSTRAINT stages_amounts_check CHECK (order_threshold >= 0 AND point_threshold >= 0
        AND keep_spend BETWEEN 1 AND spend_threshold AND keep_orders BETWEEN 1 AND order_threshold AND keep_points BETWEEN 1 AND point_threshold);
ALTER TABLE stages DROP CONSTRAINT stages_position_key;
CREATE UNIQUE INDEX stages_position_key ON stages (position) WHERE archived_at IS NULL;

ALTER TABLE member_stages
    ADD COLUMN earned_stage_id  bigint,                    -- what the purchases give, where another was given by hand; NULL: stage_id
    ADD COLUMN lost_on          date,                      -- since when too little counts to keep it; NULL: it is kept
    ADD COLUMN by_hand_stage_id bigint,                    -- given by hand …
    ADD COLUMN by_hand_until    date,                      -- … until the end of this day; NULL: for good
    ADD COLUMN orders           bigint NOT NULL DEFAULT 0, -- as spend
    ADD COLUMN points           bigint NOT NULL DEFAULT 0,
    ADD COLUMN missing_orders   bigint NOT NULL DEFAULT 0, -- as missing
    ADD COLUMN missing_points   bigint NOT NULL DEFAULT 0,
    ADD COLUMN falls_to         bigint,                    -- without another purchase, on falls_on; NULL: he keeps his stage
    ADD COLUMN falls_on         date,
    ADD COLUMN keep_by          date,                      -- the last day on which the three below keep it
    ADD COLUMN keep_spend       bigint NOT NULL DEFAULT 0,
    ADD COLUMN keep_orders      bigint NOT NULL DEFAULT 0,
    ADD COLUMN keep_points      bigint NOT NULL DEFAULT 0,
    ADD COLUMN ladder_version   bigint NOT NULL DEFAULT 0, -- of the ladder he was placed by
    ADD CONSTRAINT member_stages_falls_to_fkey FOREIGN KEY (falls_to) REFERENCES stages (id),
    ADD CONSTRAINT member_stages_falls_check CHECK ((falls_to IS NULL) = (falls_on IS NULL) AND (falls_to IS NULL) = (keep_by IS NULL)),
    ADD CONSTRAINT member_stages_by_hand_check CHECK (by_hand_stage_id IS NOT NULL OR by_hand_until IS NULL);
CREATE INDEX member_stages_version_idx ON member_stages (ladder_version);
CREATE INDEX member_stages_falls_idx ON member_stages (falls_on) WHERE falls_on IS NOT NULL;

ALTER TABLE stage_changes
    ADD COLUMN orders     bigint NOT NULL DEFAULT 0,
    ADD COLUMN points     bigint NOT NULL DEFAULT 0,
    ADD COLUMN note       text   NOT NULL DEFAULT '',      -- of what was done by hand
    ADD COLUMN until      date,                            -- of a stage given by hand
    ADD COLUMN actor_kind text   NOT NULL DEFAULT 'SYSTEM',
    ADD COLUMN actor_id   bigint,
    ADD CONSTRAINT stage_changes_actor_kind_check CHECK (actor_kind IN ('STAFF','CUSTOMER','SYSTEM','COMMAND')),
    DROP CONSTRAINT stage_changes_reason_check,
    ADD CONSTRAINT stage_changes_reason_check CHECK (reason IN ('JOINED','SPEND','REVIEW','STAFF','LADDER','MERGE','MERGE_UNDONE'));

-- Where a merged customer stood, and his survivor at the merge: an undo puts both back.
CREATE TABLE stage_merges (
    customer_id         bigint      NOT NULL, -- who is merged
    to_id               bigint      NOT NULL,
    stage_id            bigint      NOT NULL,
    earned_stage_id     bigint,
    since               timestamptz NOT NULL,
    lost_on             date,
    by_hand_stage_id    bigint,
    by_hand_until       date,
    to_earned_stage_id  bigint      NOT NULL,
    to_lost_on          date,
    to_by_hand_stage_id bigint,
    to_by_hand_until    date,
    CONSTRAINT stage_merges_pkey PRIMARY KEY (customer_id)
);
