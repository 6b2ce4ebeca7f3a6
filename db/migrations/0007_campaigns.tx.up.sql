-- Offers and their codes, campaigns, variants, deliveries, messages, live counters, policy rules, mailbox.

CREATE TABLE offers (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    name        text        NOT NULL,
    mall        text        NOT NULL,           -- where it can be used: the destination
    kind        text        NOT NULL,           -- COUPON_AMOUNT, COUPON_RATE, FREE_SHIPPING, POINT_MULTIPLIER
    value       bigint      NOT NULL DEFAULT 0, -- minor unit, basis points, or multiplier in basis points, by kind
    proof       text        NOT NULL,           -- SHARED_CODE, CODE_POOL, NONE
    shared_code text        NOT NULL DEFAULT '',
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL,
    terms       text        NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    archived_at timestamptz,
    CONSTRAINT offers_pkey PRIMARY KEY (id),
    CONSTRAINT offers_kind_check CHECK (kind IN ('COUPON_AMOUNT','COUPON_RATE','FREE_SHIPPING','POINT_MULTIPLIER')),
    CONSTRAINT offers_proof_check CHECK (proof IN ('SHARED_CODE','CODE_POOL','NONE')),
    CONSTRAINT offers_shared_code_check CHECK ((proof = 'SHARED_CODE') = (shared_code <> '')),
    CONSTRAINT offers_period_check CHECK (starts_at < ends_at)
);
CREATE TABLE offer_codes (
    offer_id    bigint      NOT NULL,
    code        text        NOT NULL,
    customer_id bigint,
    message_id  bigint,
    issued_at   timestamptz,
    used_at     timestamptz,
    used_order_id bigint,
    CONSTRAINT offer_codes_pkey PRIMARY KEY (offer_id, code),
    CONSTRAINT offer_codes_offer_fkey FOREIGN KEY (offer_id) REFERENCES offers (id)
);
CREATE INDEX offer_codes_free_idx ON offer_codes (offer_id, code) WHERE customer_id IS NULL;
CREATE INDEX offer_codes_code_idx ON offer_codes (code);
CREATE INDEX offer_codes_used_idx ON offer_codes (used_order_id) WHERE used_order_id IS NOT NULL;

CREATE TABLE campaigns (
    id             bigint GENERATED ALWAYS AS IDENTITY,
    name           text        NOT NULL,
    theme          text        NOT NULL DEFAULT '',
    segment_id     bigint,
    status         text        NOT NULL DEFAULT 'DRAFT', -- DRAFT, SENDING, PAUSED, SENT, CANCELLED
    destination_choice text    NOT NULL DEFAULT 'USUAL_MALL', -- USUAL_MALL: the mall the customer last bought on if a variant has it, else the default variant; DEFAULT_ONLY: the default variant for all
    sender_name    text        NOT NULL DEFAULT '',
    conversion_days int        NOT NULL DEFAULT 14,
    version        int         NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    created_by     bigint,
    sent_at        timestamptz, -- when sending began
    finished_at    timestamptz,
    archived_at    timestamptz,
    CONSTRAINT campaigns_pkey PRIMARY KEY (id),
    CONSTRAINT campaigns_segment_fkey FOREIGN KEY (segment_id) REFERENCES segments (id),
    CONSTRAINT campaigns_destination_choice_check CHECK (destination_choice IN ('USUAL_MALL','DEFAULT_ONLY')),
    CONSTRAINT campaigns_conversion_days_check CHECK (conversion_days BETWEEN 1 AND 90),
    CONSTRAINT campaigns_status_check CHECK (status IN ('DRAFT','SENDING','PAUSED','SENT','CANCELLED'))
);

-- One variant of offer and content per destination mall.
CREATE TABLE campaign_variants (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    campaign_id bigint  NOT NULL,
    mall        text    NOT NULL,
    is_default  boolean NOT NULL DEFAULT false,
    offer_id    bigint,
    subject     text    NOT NULL DEFAULT '',  -- Liquid
    mjml        text    NOT NULL DEFAULT '',  -- MJML with Liquid
    text_body   text    NOT NULL DEFAULT '',  -- Liquid; empty = made from the HTML
    CONSTRAINT campaign_variants_pkey PRIMARY KEY (id),
    CONSTRAINT campaign_variants_mall_key UNIQUE (campaign_id, mall),
    CONSTRAINT campaign_variants_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE,
    CONSTRAINT campaign_variants_offer_fkey FOREIGN KEY (offer_id) REFERENCES offers (id)
);
CREATE UNIQUE INDEX campaign_variants_default_key ON campaign_variants (campaign_id) WHERE is_default;

CREATE TABLE deliveries (
    id             bigint GENERATED ALWAYS AS IDENTITY,
    campaign_id    bigint,
    channel        text        NOT NULL DEFAULT 'MAIL',
    status         text        NOT NULL DEFAULT 'EXPANDING', -- EXPANDING, SENDING, PAUSED, DONE, CANCELLED
    delivery_month date        NOT NULL,                     -- copied once to each message, which is partitioned by it
    audience_at    timestamptz,                              -- when delivery_audience was filled
    expanded_to    bigint      NOT NULL DEFAULT 0,           -- customer id up to which the audience is expanded
    expanded_at    timestamptz,                              -- when the last customer was
    content        jsonb       NOT NULL,                     -- variants as they were when sending began
    created_at     timestamptz NOT NULL DEFAULT now(),
    finished_at    timestamptz,
    idempotency_key text       NOT NULL DEFAULT '',          -- of the request that began it
    CONSTRAINT deliveries_pkey PRIMARY KEY (id),
    CONSTRAINT deliveries_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id),
    CONSTRAINT deliveries_status_check CHECK (status IN ('EXPANDING','SENDING','PAUSED','DONE','CANCELLED'))
);
CREATE INDEX deliveries_active_idx ON deliveries (id) WHERE finished_at IS NULL;
CREATE INDEX deliveries_campaign_idx ON deliveries (campaign_id);

-- The segment's members at the moment of sending; emptied as soon as they are expanded to messages.
CREATE TABLE delivery_audience (
    customer_id bigint NOT NULL,
    delivery_id bigint NOT NULL,
    CONSTRAINT delivery_audience_pkey PRIMARY KEY (customer_id, delivery_id),
    CONSTRAINT delivery_audience_delivery_fkey FOREIGN KEY (delivery_id) REFERENCES deliveries (id)
);
CREATE INDEX delivery_audience_delivery_idx ON delivery_audience (delivery_id, customer_id);

CREATE TABLE messages (
    customer_id    bigint      NOT NULL,
    delivery_id    bigint      NOT NULL,
    delivery_month date        NOT NULL,
    id             bigint      NOT NULL GENERATED BY DEFAULT AS IDENTITY,
    campaign_id    bigint,
    variant_id     bigint,
    mall           text        NOT NULL DEFAULT '',  -- destination
    origin_shop_id bigint,                           -- whose consent lets one speak; NULL when suppressed for want of one
    origin_mall    text        NOT NULL DEFAULT '',
    status         text        NOT NULL,             -- SUPPRESSED, QUEUED, SENDING, SENT, UNCERTAIN, FAILED, BOUNCED, CANCELLED
    reason         text        NOT NULL DEFAULT '',  -- of a no: a rule id (LAW-01 …) or a code (NO_ADDRESS, NO_CODE_LEFT …)
    findings       jsonb,                            -- all rules that said no
    attempts       int         NOT NULL DEFAULT 0,
    due_at         timestamptz,                      -- QUEUED: when it may be tried; SENDING: when the lease of its worker ends
    lease_owner    text,
    uncertain      boolean     NOT NULL DEFAULT false, -- the outcome of an attempt was lost: it may arrive twice
    sent_at        timestamptz,
    bounced_at     timestamptz,
    opened_at      timestamptz,                      -- first open not by a machine
    machine_opened_at timestamptz,                   -- first fetch of the pixel by a privacy proxy
    clicked_at     timestamptz,
    unsubscribed_at timestamptz,
    converted_at   timestamptz,
    offer_code     text        NOT NULL DEFAULT '',
    smtp_reply     text        NOT NULL DEFAULT '',  -- code and enhanced code only
    created_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT messages_pkey PRIMARY KEY (customer_id, delivery_id, delivery_month),
    CONSTRAINT messages_status_check CHECK (status IN ('SUPPRESSED','QUEUED','SENDING','SENT','UNCERTAIN','FAILED','BOUNCED','CANCELLED'))
) PARTITION BY RANGE (delivery_month);
CREATE TABLE messages_default PARTITION OF messages DEFAULT;
CREATE INDEX messages_claim_idx ON messages (delivery_id, due_at, customer_id) WHERE status IN ('QUEUED','SENDING');
CREATE INDEX messages_delivery_idx ON messages (delivery_id, id);
CREATE INDEX messages_id_idx ON messages (id);

-- Where a tracked link leads; the link itself carries only signed ids.
CREATE TABLE tracked_links (
    delivery_id bigint NOT NULL,
    variant_id  bigint NOT NULL,
    position    int    NOT NULL,
    url         text   NOT NULL,             -- Liquid already resolved for links that are the same for all
    CONSTRAINT tracked_links_pkey PRIMARY KEY (delivery_id, variant_id, position)
);

-- Conversions: an order credited to the message that was clicked, or whose code was used.
CREATE TABLE conversions (
    customer_id  bigint      NOT NULL,
    order_id     bigint      NOT NULL,
    campaign_id  bigint      NOT NULL,
    delivery_id  bigint      NOT NULL,
    variant_id   bigint      NOT NULL,
    message_id   bigint      NOT NULL,
    mall         text        NOT NULL,   -- of the order
    via          text        NOT NULL,   -- CLICK, CODE
    currency     text        NOT NULL,
    sales        bigint      NOT NULL,
    at           timestamptz NOT NULL,
    CONSTRAINT conversions_pkey PRIMARY KEY (customer_id, order_id), -- an order is credited once
    CONSTRAINT conversions_via_check CHECK (via IN ('CLICK','CODE'))
);
CREATE INDEX conversions_campaign_idx ON conversions (campaign_id);
CREATE INDEX conversions_order_idx ON conversions (order_id);
CREATE INDEX conversions_message_idx ON conversions (message_id);

-- Live figures, added up per batch in the transaction of the facts.
CREATE TABLE campaign_counters (
    campaign_id bigint NOT NULL,
    delivery_id bigint NOT NULL,
    variant_id  bigint NOT NULL,               -- 0: no variant (suppressed before one was chosen)
    mall        text   NOT NULL,               -- destination
    metric      text   NOT NULL,               -- AUDIENCE, SUPPRESSED, QUEUED, SENT, FAILED, UNCERTAIN, BOUNCED, OPENED, MACHINE_OPENED, CLICKED, CONVERTED, SALES, UNSUBSCRIBED
    label       text   NOT NULL DEFAULT '',    -- the reason for SUPPRESSED, the currency for SALES, REFUSED or LATER for BOUNCED
    value       bigint NOT NULL,
    CONSTRAINT campaign_counters_pkey PRIMARY KEY (campaign_id, delivery_id, variant_id, mall, metric, label)
);

-- The same per minute, for the moving chart.
CREATE TABLE campaign_series (
    campaign_id bigint      NOT NULL,
    minute      timestamptz NOT NULL,
    metric      text        NOT NULL,
    value       bigint      NOT NULL,
    CONSTRAINT campaign_series_pkey PRIMARY KEY (campaign_id, minute, metric)
);

CREATE TABLE policy_rules (
    id             text        NOT NULL,       -- RK-07
    version        int         NOT NULL,
    effective_from date        NOT NULL,
    scope          jsonb       NOT NULL,       -- {origin: [], channel: []}
    condition      text        NOT NULL,       -- name of the check
    params         jsonb       NOT NULL DEFAULT '{}',
    severity       text        NOT NULL,
    override       text        NOT NULL DEFAULT 'NONE',
    message        jsonb       NOT NULL,       -- {ja, en}
    remedy         jsonb       NOT NULL,
    sources        text[]      NOT NULL,
    certainty      text        NOT NULL,       -- VH, H, M, L
    reviewed_on    date        NOT NULL,
    enabled        boolean     NOT NULL DEFAULT true,
    CONSTRAINT policy_rules_pkey PRIMARY KEY (id, version),
    CONSTRAINT policy_rules_severity_check CHECK (severity IN ('BLOCK','WARN','INFO')),
    CONSTRAINT policy_rules_override_check CHECK (override IN ('NONE','REASON','EVIDENCE')),
    CONSTRAINT policy_rules_certainty_check CHECK (certainty IN ('VH','H','M','L'))
);

-- The built-in sink: what would have gone out, while no SMTP is set. The last 5,000 mails, 7 days.
CREATE TABLE mailbox_mails (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    received_at timestamptz NOT NULL DEFAULT now(),
    mail_from   text        NOT NULL,
    rcpt_to     text        NOT NULL,
    from_header text        NOT NULL DEFAULT '',
    subject     text        NOT NULL DEFAULT '',
    message_id  text        NOT NULL DEFAULT '',
    raw         bytea       NOT NULL,
    CONSTRAINT mailbox_mails_pkey PRIMARY KEY (id)
);
