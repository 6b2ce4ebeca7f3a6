DROP TABLE trial_orders;
DELETE FROM messages WHERE status = 'HELD_OUT';
ALTER TABLE messages
    DROP CONSTRAINT messages_status_check,
    ADD CONSTRAINT messages_status_check CHECK (status IN ('SUPPRESSED','QUEUED','SENDING','SENT','UNCERTAIN','FAILED','BOUNCED','CANCELLED')),
    DROP COLUMN reason_ref,
    DROP COLUMN in_trial;
ALTER TABLE delivery_audience DROP COLUMN excluded_by;
DROP INDEX deliveries_idempotency_key;
ALTER TABLE deliveries DROP COLUMN rate_spent_to, DROP COLUMN rate_per_minute;
DROP TABLE campaign_exclusions;
UPDATE campaigns SET status = 'DRAFT', scheduled_at = NULL WHERE status = 'SCHEDULED';
ALTER TABLE campaigns
    DROP CONSTRAINT campaigns_scheduled_check,
    DROP CONSTRAINT campaigns_status_check,
    ADD CONSTRAINT campaigns_status_check CHECK (status IN ('DRAFT','SENDING','PAUSED','SENT','CANCELLED')),
    DROP COLUMN holdout_rate, DROP COLUMN frequency_days, DROP COLUMN rate_per_minute, DROP COLUMN scheduled_at,
    DROP COLUMN scheduled_by, DROP COLUMN missed_at, DROP COLUMN missed_because;
