CREATE OR REPLACE FUNCTION point_bookings_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('meguri', 'points:' || w.customer_id)
        FROM (SELECT DISTINCT customer_id FROM added) b JOIN member_watches w ON w.customer_id = b.customer_id
        WHERE w.until > clock_timestamp();
    RETURN NULL;
END $$;

ALTER TABLE audit_log DROP CONSTRAINT audit_log_actor_kind_check,
    ADD CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind IN ('STAFF','CUSTOMER','SYSTEM','COMMAND','CLIENT'));
ALTER TABLE point_holds DROP CONSTRAINT point_holds_status_check,
    ADD CONSTRAINT point_holds_status_check CHECK (status IN ('OPEN','CAPTURED','RELEASED','LAPSED'));
ALTER TABLE point_lots DROP CONSTRAINT point_lots_status_check, DROP CONSTRAINT point_lots_origin_check, DROP CONSTRAINT point_lots_rolling_check,
    ADD CONSTRAINT point_lots_status_check CHECK (status IN ('PENDING','USABLE','DONE')),
    ADD CONSTRAINT point_lots_origin_check CHECK (origin IN ('FREE','PAID')),
    ADD CONSTRAINT point_lots_rolling_check CHECK ((rolling_months IS NULL) = (rolling_to IS NULL) AND rolling_months BETWEEN 1 AND 120 AND rolling_to IN ('DAY','MONTH','QUARTER','YEAR'));
ALTER TABLE point_entries DROP CONSTRAINT point_entries_account_check,
    ADD CONSTRAINT point_entries_account_check CHECK (account IN ('AVAILABLE','PENDING','HELD','DEBT','ISSUED','REDEEMED','EXPIRED','CLAWED_BACK','ADJUSTED','TRANSFERRED'));
ALTER TABLE point_bookings DROP CONSTRAINT point_bookings_kind_check, DROP CONSTRAINT point_bookings_actor_kind_check,
    ADD CONSTRAINT point_bookings_kind_check CHECK (kind IN ('GRANT','MATURE','HOLD','CAPTURE','RELEASE','REDEEM','ADJUST','EXPIRE','CLAWBACK','RESTORE','TRANSFER_OUT','TRANSFER_IN','DEBT_OUT','DEBT_IN')),
    ADD CONSTRAINT point_bookings_actor_kind_check CHECK (actor_kind IN ('STAFF','CUSTOMER','SYSTEM','COMMAND','CLIENT'));

CREATE INDEX point_bookings_occurred_idx ON point_bookings USING brin (occurred_at);
CREATE INDEX point_accounts_expiring_idx ON point_accounts (expiring_next_on) WHERE expiring_next_on IS NOT NULL;

-- point_grant and point_spend are left out: nothing calls them.
