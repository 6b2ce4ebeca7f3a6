-- What a referral brought is taken back when its order is cancelled or comes back, or both turn out to be one person.
ALTER TABLE referrals
    DROP CONSTRAINT referrals_status_check,
    DROP CONSTRAINT referrals_reason_check,
    DROP CONSTRAINT referrals_rewarded_check,
    DROP CONSTRAINT referrals_order_check,
    ADD CONSTRAINT referrals_status_check CHECK (status IN ('WAITING','QUALIFIED','FLAGGED','REWARDED','TAKEN_BACK','REFUSED','LAPSED','VOID')),
    ADD CONSTRAINT referrals_reason_check CHECK ((status IN ('LAPSED','VOID','TAKEN_BACK')) = (reason <> '')),
    -- Of TAKEN_BACK the points are those that were given, and are taken back.
    ADD CONSTRAINT referrals_rewarded_check CHECK ((status IN ('REWARDED','TAKEN_BACK')) = (rewarded_at IS NOT NULL) AND (rewarded_at IS NOT NULL OR referrer_points = 0 AND friend_points = 0)),
    ADD CONSTRAINT referrals_order_check CHECK (status NOT IN ('QUALIFIED','FLAGGED','REWARDED','TAKEN_BACK') OR order_id IS NOT NULL);
DROP INDEX referrals_moving_idx;
CREATE INDEX referrals_moving_idx ON referrals (id) WHERE status IN ('WAITING','QUALIFIED','FLAGGED','TAKEN_BACK');
CREATE INDEX referrals_order_idx ON referrals (order_id) WHERE order_id IS NOT NULL;

-- Referrals whose order or whose people changed, which may move them though they had come to rest: what the worker looks
-- at next. Rows are only added, so that nobody who changes an order or merges people waits for one who moves referrals;
-- and whatever the referral's status, which somebody may change at this moment by what the order was before.
CREATE TABLE referral_looks (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    referral_id bigint NOT NULL,
    CONSTRAINT referral_looks_pkey PRIMARY KEY (id)
);
CREATE INDEX referral_looks_referral_idx ON referral_looks (referral_id);

CREATE FUNCTION orders_referral() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO referral_looks (referral_id)
        SELECT r.id FROM referrals r WHERE r.order_id = OLD.id AND r.status <> 'REFUSED'
        UNION SELECT r.id FROM referrals r WHERE r.customer_id = OLD.customer_id AND r.status <> 'REFUSED';
    RETURN NULL;
END $$;
CREATE TRIGGER orders_referral AFTER UPDATE ON orders FOR EACH ROW
    WHEN ((OLD.kind, OLD.status, OLD.currency, OLD.goods_amount, OLD.shop_coupon, OLD.customer_id)
        IS DISTINCT FROM (NEW.kind, NEW.status, NEW.currency, NEW.goods_amount, NEW.shop_coupon, NEW.customer_id))
    EXECUTE FUNCTION orders_referral();
CREATE TRIGGER orders_referral_gone AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION orders_referral();

CREATE FUNCTION customers_referral() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO referral_looks (referral_id)
        WITH RECURSIVE family AS (
            SELECT unnest(ARRAY[NEW.id, OLD.merged_into, NEW.merged_into]) AS id
            UNION SELECT c.id FROM family f JOIN customers c ON c.merged_into = f.id)
        SELECT r.id FROM family f JOIN referrals r ON r.customer_id = f.id WHERE r.status IN ('REWARDED','TAKEN_BACK','VOID')
        UNION SELECT r.id FROM family f JOIN referrals r ON r.referrer_id = f.id WHERE r.status IN ('REWARDED','TAKEN_BACK','VOID');
    RETURN NULL;
END $$;
CREATE TRIGGER customers_referral AFTER UPDATE OF merged_into ON customers FOR EACH ROW
    WHEN (OLD.merged_into IS DISTINCT FROM NEW.merged_into) EXECUTE FUNCTION customers_referral();

-- Not only the undo of an import takes awards back.
ALTER TABLE point_awards_undone ALTER COLUMN import_id DROP NOT NULL;
