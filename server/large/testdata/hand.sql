-- The rows that the product writes for earn, hold and capture, by hand: a statement
-- each in the product's own tables, which knows the lot that the points are of. It
-- does not ask who is a member or merged, for an earlier use of the key, which lot
-- ends first or what is due. Bookings are numbered once their account is locked, as the
-- product's are.
\set c random(1, :members)
WITH a AS (UPDATE point_accounts SET available = available + 1, updated_at = now() WHERE customer_id = :c
        RETURNING available, nextval('point_bookings_id_seq') AS booking, nextval('point_lots_id_seq') AS lot),
    b AS (INSERT INTO point_bookings (customer_id, id, kind, amount, available_after, occurred_at, idempotency_key, request_hash, reason, lot_id, actor_kind, actor_id, outstanding)
        SELECT :c, booking, 'GRANT', 1, available, now(), 'hand ' || booking, '\x00', 'STAFF', lot, 'CLIENT', 1, 1 FROM a),
    l AS (INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, status, earned_at, usable_at)
        SELECT :c, lot, booking, 1, 1, 'USABLE', now(), now() FROM a),
    entries AS (INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id)
        SELECT :c, booking, p.account, p.amount, p.lot FROM a, LATERAL (VALUES ('AVAILABLE', 1, a.lot), ('ISSUED', -1, 0)) AS p (account, amount, lot)),
    events_of AS (INSERT INTO events (customer_id, occurred_at, kind, ref_id, data)
        SELECT :c, now(), point_event_kind('GRANT'), booking, jsonb_build_object('amount', 1, 'reason', 'API') FROM a),
    audit AS (INSERT INTO audit_log (actor_kind, actor_id, action, object_kind, object_id, detail)
        SELECT 'CLIENT', 1, 'points.grant', 'Customer', :c, jsonb_build_object('booking', booking, 'amount', 1) FROM a)
SELECT lot FROM a \gset
WITH a AS (UPDATE point_accounts SET available = available - 1, held = held + 1, updated_at = now(), due_at = least(due_at, now() + interval '10 minutes')
        WHERE customer_id = :c RETURNING available, nextval('point_bookings_id_seq') AS booking, nextval('point_holds_id_seq') AS hold),
    b AS (INSERT INTO point_bookings (customer_id, id, kind, amount, available_after, occurred_at, idempotency_key, request_hash, reason, hold_id, actor_kind, actor_id, outstanding)
        SELECT :c, booking, 'HOLD', 1, available, now(), 'hand ' || booking, '\x00', 'API', hold, 'CLIENT', 1, 0 FROM a),
    l AS (UPDATE point_lots SET held = held + 1 WHERE customer_id = :c AND id = :lot),
    h AS (INSERT INTO point_holds (customer_id, id, amount, allocations, created_at, expires_at)
        SELECT :c, hold, 1, jsonb_build_array(jsonb_build_object('lot', :lot::bigint, 'amount', 1)), now(), now() + interval '10 minutes' FROM a),
    entries AS (INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id)
        SELECT :c, booking, p.account, p.amount, p.lot FROM a, LATERAL (VALUES ('AVAILABLE', -1, :lot::bigint), ('HELD', 1, :lot)) AS p (account, amount, lot)),
    events_of AS (INSERT INTO events (customer_id, occurred_at, kind, ref_id, data)
        SELECT :c, now(), point_event_kind('HOLD'), booking, jsonb_build_object('amount', 1, 'reason', 'API') FROM a),
    audit AS (INSERT INTO audit_log (actor_kind, actor_id, action, object_kind, object_id, detail)
        SELECT 'CLIENT', 1, 'points.hold', 'Customer', :c, jsonb_build_object('booking', booking, 'amount', 1) FROM a)
SELECT hold FROM a \gset
WITH a AS (UPDATE point_accounts SET held = held - 1, updated_at = now() WHERE customer_id = :c RETURNING available, nextval('point_bookings_id_seq') AS booking),
    b AS (INSERT INTO point_bookings (customer_id, id, kind, amount, available_after, occurred_at, idempotency_key, request_hash, reason, hold_id, actor_kind, actor_id, outstanding)
        SELECT :c, booking, 'CAPTURE', 1, available, now(), 'hand ' || booking, '\x00', 'API', :hold, 'CLIENT', 1, -1 FROM a),
    l AS (UPDATE point_lots SET held = held - 1, remaining = remaining - 1, status = 'DONE' WHERE customer_id = :c AND id = :lot),
    h AS (UPDATE point_holds SET status = 'CAPTURED', captured = 1 WHERE customer_id = :c AND id = :hold),
    entries AS (INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id)
        SELECT :c, booking, p.account, p.amount, p.lot FROM a, LATERAL (VALUES ('HELD', -1, :lot::bigint), ('REDEEMED', 1, 0)) AS p (account, amount, lot)),
    events_of AS (INSERT INTO events (customer_id, occurred_at, kind, ref_id, data)
        SELECT :c, now(), point_event_kind('CAPTURE'), booking, jsonb_build_object('amount', 1, 'reason', 'API') FROM a),
    audit AS (INSERT INTO audit_log (actor_kind, actor_id, action, object_kind, object_id, detail)
        SELECT 'CLIENT', 1, 'points.capture', 'Customer', :c, jsonb_build_object('booking', booking, 'amount', 1) FROM a)
SELECT booking FROM a \gset
