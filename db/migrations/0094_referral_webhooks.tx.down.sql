DROP TRIGGER referrals_webhook ON referrals;
DROP FUNCTION referrals_webhook;
