DROP TRIGGER customers_referral ON customers;
DROP TRIGGER orders_referral_gone ON orders;
DROP TRIGGER orders_referral ON orders;
DROP FUNCTION customers_referral, orders_referral;
DROP TABLE referral_looks;
DROP INDEX referrals_moving_idx, referrals_order_idx;
CREATE INDEX referrals_moving_idx ON referrals (id) WHERE status IN ('WAITING','QUALIFIED','FLAGGED');
-- What was taken back came to nothing.
UPDATE referrals SET status = 'VOID', rewarded_at = NULL, referrer_points = 0, friend_points = 0 WHERE status = 'TAKEN_BACK';
ALTER TABLE referrals
    DROP CONSTRAINT referrals_status_check,
    DROP CONSTRAINT referrals_reason_check,
    DROP CONSTRAINT referrals_rewarded_check,
    DROP CONSTRAINT referrals_order_check,
    ADD CONSTRAINT referrals_status_check CHECK (status IN ('WAITING','QUALIFIED','FLAGGED','REWARDED','REFUSED','LAPSED','VOID')),
    ADD CONSTRAINT referrals_reason_check CHECK ((status IN ('LAPSED','VOID')) = (reason <> '')),
    ADD CONSTRAINT referrals_rewarded_check CHECK ((status = 'REWARDED') = (rewarded_at IS NOT NULL) AND (rewarded_at IS NOT NULL OR referrer_points = 0 AND friend_points = 0)),
    ADD CONSTRAINT referrals_order_check CHECK (status NOT IN ('QUALIFIED','FLAGGED','REWARDED') OR order_id IS NOT NULL);
UPDATE point_awards_undone SET import_id = 0 WHERE import_id IS NULL;
ALTER TABLE point_awards_undone ALTER COLUMN import_id SET NOT NULL;
