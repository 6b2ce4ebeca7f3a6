-- A booking writes to two indexes fewer, and less is to be worked out for it.

-- The program has long booked without them. A down leaves them out, so they may be gone.
DROP FUNCTION IF EXISTS point_grant, point_spend;

-- Bookings are found by time through point_bookings_newest_idx, and nobody looks for accounts by what ends next.
DROP INDEX point_bookings_occurred_idx, point_accounts_expiring_idx;

-- Every statement that writes rows reads the checks of its table anew. A list that is one value takes half the time of
-- a list of values.
ALTER TABLE point_bookings DROP CONSTRAINT point_bookings_kind_check, DROP CONSTRAINT point_bookings_actor_kind_check,
    ADD CONSTRAINT point_bookings_kind_check CHECK (kind = ANY ('{GRANT,MATURE,HOLD,CAPTURE,RELEASE,REDEEM,ADJUST,EXPIRE,CLAWBACK,RESTORE,TRANSFER_OUT,TRANSFER_IN,DEBT_OUT,DEBT_IN}')),
    ADD CONSTRAINT point_bookings_actor_kind_check CHECK (actor_kind = ANY ('{STAFF,CUSTOMER,SYSTEM,COMMAND,CLIENT}'));
ALTER TABLE point_entries DROP CONSTRAINT point_entries_account_check,
    ADD CONSTRAINT point_entries_account_check CHECK (account = ANY ('{AVAILABLE,PENDING,HELD,DEBT,ISSUED,REDEEMED,EXPIRED,CLAWED_BACK,ADJUSTED,TRANSFERRED}'));
ALTER TABLE point_lots DROP CONSTRAINT point_lots_status_check, DROP CONSTRAINT point_lots_origin_check, DROP CONSTRAINT point_lots_rolling_check,
    ADD CONSTRAINT point_lots_status_check CHECK (status = ANY ('{PENDING,USABLE,DONE}')),
    ADD CONSTRAINT point_lots_origin_check CHECK (origin = ANY ('{FREE,PAID}')),
    ADD CONSTRAINT point_lots_rolling_check CHECK ((rolling_months IS NULL) = (rolling_to IS NULL) AND rolling_months BETWEEN 1 AND 120 AND rolling_to = ANY ('{DAY,MONTH,QUARTER,YEAR}'));
ALTER TABLE point_holds DROP CONSTRAINT point_holds_status_check,
    ADD CONSTRAINT point_holds_status_check CHECK (status = ANY ('{OPEN,CAPTURED,RELEASED,LAPSED}'));
ALTER TABLE audit_log DROP CONSTRAINT audit_log_actor_kind_check,
    ADD CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind = ANY ('{STAFF,CUSTOMER,SYSTEM,COMMAND,CLIENT}'));

-- Mostly nobody watches; then there is nothing to look up.
CREATE OR REPLACE FUNCTION point_bookings_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM member_watches) THEN
        PERFORM pg_notify('meguri', 'points:' || w.customer_id)
            FROM (SELECT DISTINCT customer_id FROM added) b JOIN member_watches w ON w.customer_id = b.customer_id
            WHERE w.until > clock_timestamp();
    END IF;
    RETURN NULL;
END $$;
