-- Campaign control: a holdout with its comparison, exclusions, a schedule, a throttle.

ALTER TABLE campaigns
    ADD COLUMN holdout_rate    int  NOT NULL DEFAULT 0,  -- basis points of those who would be sent to
    ADD COLUMN frequency_days  int  NOT NULL DEFAULT 0,  -- who got a campaign within so many days gets nothing; 0: no such limit
    ADD COLUMN rate_per_minute int,                      -- mails a minute; NULL: as fast as the wire takes them
    ADD COLUMN scheduled_at    timestamptz,              -- SCHEDULED: when sending begins
    ADD COLUMN scheduled_by    bigint,                   -- staff
    ADD COLUMN missed_at       timestamptz,              -- when a scheduled start did not happen, until it is scheduled or sent again
    ADD COLUMN missed_because  text[] NOT NULL DEFAULT '{}', -- codes of the findings that blocked, or SCHEDULE_TOO_LATE
    ADD CONSTRAINT campaigns_holdout_rate_check CHECK (holdout_rate BETWEEN 0 AND 5000),
    ADD CONSTRAINT campaigns_frequency_days_check CHECK (frequency_days BETWEEN 0 AND 365),
    ADD CONSTRAINT campaigns_rate_per_minute_check CHECK (rate_per_minute BETWEEN 1 AND 100000),
    DROP CONSTRAINT campaigns_status_check,
    ADD CONSTRAINT campaigns_status_check CHECK (status IN ('DRAFT','SCHEDULED','SENDING','PAUSED','SENT','CANCELLED')),
    ADD CONSTRAINT campaigns_scheduled_check CHECK ((status = 'SCHEDULED') = (scheduled_at IS NOT NULL));
CREATE INDEX campaigns_due_idx ON campaigns (scheduled_at) WHERE status = 'SCHEDULED';

-- Segments whose members get nothing of a campaign.
CREATE TABLE campaign_exclusions (
    campaign_id bigint NOT NULL,
    segment_id  bigint NOT NULL,
    CONSTRAINT campaign_exclusions_pkey PRIMARY KEY (campaign_id, segment_id),
    CONSTRAINT campaign_exclusions_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE,
    CONSTRAINT campaign_exclusions_segment_fkey FOREIGN KEY (segment_id) REFERENCES segments (id)
);

ALTER TABLE deliveries
    ADD COLUMN rate_per_minute int,         -- as in campaigns; may change while it is sent
    ADD COLUMN rate_spent_to   timestamptz, -- up to which instant the allowed mails are used up
    ADD CONSTRAINT deliveries_rate_per_minute_check CHECK (rate_per_minute BETWEEN 1 AND 100000);
-- One request begins one delivery.
CREATE UNIQUE INDEX deliveries_idempotency_key ON deliveries (campaign_id, idempotency_key) WHERE idempotency_key <> '';

ALTER TABLE delivery_audience ADD COLUMN excluded_by bigint; -- the segment that excludes the customer

ALTER TABLE messages
    ADD COLUMN in_trial   boolean NOT NULL DEFAULT false, -- drawn for the comparison: HELD_OUT, or sent to
    ADD COLUMN reason_ref bigint,                         -- what the reason names: EXCLUDED_SEGMENT the segment, RECENT_CAMPAIGN the campaign
    DROP CONSTRAINT messages_status_check,
    ADD CONSTRAINT messages_status_check CHECK (status IN ('SUPPRESSED','HELD_OUT','QUEUED','SENDING','SENT','UNCERTAIN','FAILED','BOUNCED','CANCELLED'));

-- Orders of the people in a comparison, both arms, within the window: what lift is computed from.
CREATE TABLE trial_orders (
    customer_id bigint  NOT NULL,
    order_id    bigint  NOT NULL,
    campaign_id bigint  NOT NULL,
    held_out    boolean NOT NULL,
    bought      boolean NOT NULL,            -- a sale that is not cancelled; false: a return or a correction, which only changes the money
    currency    text    NOT NULL,
    sales       bigint  NOT NULL,            -- net, minor unit
    CONSTRAINT trial_orders_pkey PRIMARY KEY (customer_id, order_id, campaign_id)
);
CREATE INDEX trial_orders_campaign_idx ON trial_orders (campaign_id, customer_id);
CREATE INDEX trial_orders_order_idx ON trial_orders (order_id);
