DROP INDEX referrals_moving_idx, referrals_lapsed_idx;
CREATE INDEX referrals_moving_idx ON referrals (id) WHERE status IN ('WAITING','QUALIFIED','FLAGGED','LAPSED');
