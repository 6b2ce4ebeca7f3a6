-- Alerts, who gets them by mail, and the nightly check of the points' books.

CREATE TABLE alerts (
    id              bigint GENERATED ALWAYS AS IDENTITY,
    kind            text        NOT NULL,
    cause           text        NOT NULL,            -- tells it from others of its kind: the id of its subject; '' where there is one only
    severity        text        NOT NULL,
    subject_kind    text        NOT NULL DEFAULT '', -- type in the API; '' = the installation
    subject_id      bigint,
    subject_name    text        NOT NULL DEFAULT '', -- as it was when last seen; of things, never of people
    figures         jsonb       NOT NULL DEFAULT '{}',
    times           int         NOT NULL DEFAULT 1,  -- how often it came up; within a day it comes back as the same alert
    first_seen_at   timestamptz NOT NULL,
    last_seen_at    timestamptz NOT NULL,
    resolved_at     timestamptz,                     -- the cause is gone
    acknowledged_at timestamptz,
    acknowledged_by bigint,                          -- staff
    CONSTRAINT alerts_pkey PRIMARY KEY (id),
    CONSTRAINT alerts_severity_check CHECK (severity IN ('WARNING','CRITICAL')),
    CONSTRAINT alerts_subject_check CHECK ((subject_kind = '') = (subject_id IS NULL)),
    CONSTRAINT alerts_acknowledged_check CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
    CONSTRAINT alerts_times_check CHECK (times > 0)
);
-- One open alert per cause.
CREATE UNIQUE INDEX alerts_open_key ON alerts (kind, cause) WHERE resolved_at IS NULL;
CREATE INDEX alerts_resolved_idx ON alerts (kind, resolved_at) WHERE resolved_at IS NOT NULL;

-- Who was told by mail: once per alert and person.
CREATE TABLE alert_mails (
    alert_id bigint      NOT NULL,
    staff_id bigint      NOT NULL,
    sent_at  timestamptz NOT NULL,
    CONSTRAINT alert_mails_pkey PRIMARY KEY (alert_id, staff_id),
    CONSTRAINT alert_mails_alert_fkey FOREIGN KEY (alert_id) REFERENCES alerts (id) ON DELETE CASCADE
);

-- Staff who chose; for others the role decides.
CREATE TABLE alert_subscriptions (
    staff_id bigint  NOT NULL,
    by_mail  boolean NOT NULL,
    CONSTRAINT alert_subscriptions_pkey PRIMARY KEY (staff_id),
    CONSTRAINT alert_subscriptions_staff_fkey FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE CASCADE
);

-- The nightly replays of the ledger, with what was counted and found.
CREATE TABLE ledger_checks (
    id            bigint GENERATED ALWAYS AS IDENTITY,
    started_at    timestamptz NOT NULL,
    finished_at   timestamptz NOT NULL,
    bookings      bigint      NOT NULL,
    entries       bigint      NOT NULL,
    entries_sum   bigint      NOT NULL, -- of all amounts: zero when the books balance
    accounts      bigint      NOT NULL,
    lots          bigint      NOT NULL,
    outstanding   bigint      NOT NULL, -- points available, pending and held
    discrepancies jsonb       NOT NULL, -- the first of them: [{customer, what, id, kept, replayed}]
    CONSTRAINT ledger_checks_pkey PRIMARY KEY (id),
    CONSTRAINT ledger_checks_discrepancies_check CHECK (jsonb_typeof(discrepancies) = 'array')
);

-- What was sent and refused lately, over all campaigns.
CREATE INDEX campaign_series_minute_idx ON campaign_series (minute) WHERE metric IN ('SENT', 'BOUNCED');
