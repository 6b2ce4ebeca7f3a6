ALTER TABLE campaigns
    DROP CONSTRAINT campaigns_pause_reason_check, DROP CONSTRAINT campaigns_pause_check,
    DROP COLUMN pause_reason, DROP COLUMN paused_by, DROP COLUMN paused_at;
