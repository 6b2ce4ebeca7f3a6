DROP TABLE referrals;
DROP FUNCTION mailbox_of;
