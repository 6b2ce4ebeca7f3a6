-- Referrals that have lapsed are looked at for a while only, and stay for good.
DROP INDEX referrals_moving_idx;
CREATE INDEX referrals_moving_idx ON referrals (id) WHERE status IN ('WAITING','QUALIFIED','FLAGGED');
CREATE INDEX referrals_lapsed_idx ON referrals (order_by) WHERE status = 'LAPSED';
