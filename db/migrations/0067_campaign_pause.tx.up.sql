-- Who paused a campaign, when and why, for as long as it is paused; afterwards
-- the audit log has it.

ALTER TABLE campaigns
    ADD COLUMN paused_at    timestamptz,
    ADD COLUMN paused_by    bigint,                     -- staff; NULL: nobody of the staff
    ADD COLUMN pause_reason text NOT NULL DEFAULT '';

-- Those that are paused already: as the audit log has it.
UPDATE campaigns SET paused_at = updated_at WHERE status = 'PAUSED';
UPDATE campaigns c SET paused_at = a.at, paused_by = CASE a.actor_kind WHEN 'STAFF' THEN a.actor_id END
FROM (SELECT DISTINCT ON (object_id) object_id, at, actor_kind, actor_id FROM audit_log
      WHERE action = 'campaign.pause' AND object_kind = 'Campaign' ORDER BY object_id, id DESC) a
WHERE c.id = a.object_id AND c.status = 'PAUSED';

ALTER TABLE campaigns
    ADD CONSTRAINT campaigns_pause_check CHECK ((status = 'PAUSED') = (paused_at IS NOT NULL)
        AND (paused_at IS NOT NULL OR paused_by IS NULL AND pause_reason = '')),
    ADD CONSTRAINT campaigns_pause_reason_check CHECK (length(pause_reason) <= 200);
