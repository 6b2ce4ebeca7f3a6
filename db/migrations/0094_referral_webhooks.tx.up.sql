-- Partners hear when a friend whom a member brought earns both their points, and when these are taken back.
CREATE FUNCTION referrals_webhook() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind CONSTANT text := CASE NEW.status WHEN 'REWARDED' THEN 'referral.rewarded' ELSE 'referral.taken_back' END;
BEGIN
    IF webhook_wanted(kind) THEN
        INSERT INTO webhook_events (kind, customer_id, at, told)
            VALUES (kind, NEW.referrer_id, NEW.changed_at, jsonb_build_object('referral', NEW.id, 'friend', NEW.customer_id,
                'points', NEW.referrer_points, 'friendPoints', NEW.friend_points, 'reason', nullif(NEW.reason, '')));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER referrals_webhook AFTER UPDATE OF status ON referrals FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND NEW.status IN ('REWARDED','TAKEN_BACK')) EXECUTE FUNCTION referrals_webhook();
