-- Settings of the merchant: addresses of shops, pictures of the brand, quiet hours and caps, fees and product costs.

-- Further addresses of a shop's own site, beside the one that links in mails lead to.
ALTER TABLE shops ADD COLUMN more_urls text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT shops_more_urls_check CHECK (cardinality(more_urls) <= 20);

-- Pictures the merchant uploaded, by what is in them, so that an address always shows the same: mails that are
-- out keep theirs when the logo changes.
CREATE TABLE brand_pictures (
    hash       text        NOT NULL, -- SHA-256, hex
    media_type text        NOT NULL,
    width      int         NOT NULL,
    height     int         NOT NULL,
    data       bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT brand_pictures_pkey PRIMARY KEY (hash),
    CONSTRAINT brand_pictures_media_type_check CHECK (media_type IN ('image/png','image/jpeg')),
    CONSTRAINT brand_pictures_size_check CHECK (octet_length(data) <= 524288)
);

-- What a campaign is let off, by whom and why stands in the audit log.
ALTER TABLE campaigns
    ADD COLUMN ignores_caps  boolean NOT NULL DEFAULT false,
    ADD COLUMN ignores_quiet boolean NOT NULL DEFAULT false;
-- Until when the delivery waits because its channel is quiet; of meaning only while ahead of now.
ALTER TABLE deliveries ADD COLUMN quiet_until timestamptz;
-- When the gate let the message pass under a cap: from then on it counts for its customer, until it is known not to arrive.
ALTER TABLE messages ADD COLUMN slot_at timestamptz;

-- What a mall, or one shop on it, takes of an order. A row holds from its day until the next of the same kind; rows
-- of a shop go before those of its mall. Rows are never changed: what was charged once stays charged.
CREATE TABLE fee_rates (
    id             bigint GENERATED ALWAYS AS IDENTITY,
    mall           text        NOT NULL,
    shop_id        bigint,                            -- NULL: every shop on the mall
    kind           text        NOT NULL,
    basis          text        NOT NULL,              -- what the rate is of: NET_SALES, TOTAL (with shipping and fees)
    rate           int         NOT NULL,              -- basis points
    amount         bigint      NOT NULL DEFAULT 0,    -- per order, minor unit of the shop's currency
    effective_from date        NOT NULL,
    estimated      boolean     NOT NULL DEFAULT false, -- came with the program: a figure to begin with
    source         text        NOT NULL DEFAULT '',
    checked_on     date,                              -- when the source was read
    note           text        NOT NULL DEFAULT '',
    created_at     timestamptz NOT NULL DEFAULT now(),
    created_by     bigint,                            -- staff
    withdrawn_at   timestamptz,                       -- before it held
    CONSTRAINT fee_rates_pkey PRIMARY KEY (id),
    CONSTRAINT fee_rates_shop_fkey FOREIGN KEY (shop_id) REFERENCES shops (id),
    CONSTRAINT fee_rates_mall_check CHECK (mall IN ('RAKUTEN','AMAZON','YAHOO','AU_PAY','QOO10','SHOPIFY','FUTURESHOP','MAKESHOP','OWN_SITE','STORE')),
    CONSTRAINT fee_rates_kind_check CHECK (kind IN ('SYSTEM','PAYMENT','POINTS','AFFILIATE','OTHER')),
    CONSTRAINT fee_rates_basis_check CHECK (basis IN ('NET_SALES','TOTAL')),
    CONSTRAINT fee_rates_rate_check CHECK (rate BETWEEN 0 AND 10000),
    CONSTRAINT fee_rates_amount_check CHECK (amount >= 0)
);
CREATE UNIQUE INDEX fee_rates_key ON fee_rates (mall, coalesce(shop_id, 0), kind, effective_from) WHERE withdrawn_at IS NULL;

INSERT INTO fee_rates (mall, kind, basis, rate, effective_from, estimated, source, checked_on, note) VALUES
('RAKUTEN', 'SYSTEM',  'NET_SALES', 400,  '1970-01-01', true, 'https://d2c.mynavi.jp/?p=8832', '2026-11-22', 'スタンダードプラン 2.0–4.5%、がんばれ！プラン 3.5–7.0%'),
('RAKUTEN', 'PAYMENT', 'TOTAL',     300,  '1970-01-01', true, 'https://rokujigen.co.jp/6plus/5124/', '2026-11-22', '楽天ペイ 2.5–3.5%'),
('RAKUTEN', 'POINTS',  'NET_SALES', 100,  '1970-01-01', true, 'https://d2c.mynavi.jp/?p=8832', '2026-11-22', '楽天ポイントの店舗負担 1.0%（倍率アップ分は含みません）'),
('RAKUTEN', 'OTHER',   'NET_SALES', 10,   '1970-01-01', true, 'https://d2c.mynavi.jp/?p=8832', '2026-11-22', '安全性・利便性向上のための利用料 0.1%'),
('AMAZON',  'SYSTEM',  'NET_SALES', 1000, '1970-01-01', true, 'https://sell.amazon.co.jp/pricing', '2026-11-22', '販売手数料 多くのカテゴリーで 8–15%'),
('YAHOO',   'POINTS',  'NET_SALES', 100,  '1970-01-01', true, 'https://ecgrowthlabo.com/yahoo-commission', '2026-11-22', 'ストアポイント原資 1–15%（1%は必須）'),
('YAHOO',   'OTHER',   'NET_SALES', 150,  '1970-01-01', true, 'https://ecgrowthlabo.com/yahoo-commission', '2026-11-22', 'キャンペーン原資 1.5%'),
('YAHOO',   'PAYMENT', 'TOTAL',     300,  '1970-01-01', true, 'https://ecgrowthlabo.com/yahoo-commission', '2026-11-22', 'ストア決済サービス 3.0–4.48%');

-- What a product costs the merchant, from a day on.
CREATE TABLE product_costs (
    sku        text COLLATE "C" NOT NULL,
    currency   text        NOT NULL,
    valid_from date        NOT NULL,  -- 1970-01-01: from the beginning
    cost       bigint      NOT NULL,  -- minor unit, of one piece
    updated_at timestamptz NOT NULL,
    updated_by bigint,                -- staff
    CONSTRAINT product_costs_pkey PRIMARY KEY (sku, currency, valid_from),
    CONSTRAINT product_costs_cost_check CHECK (cost >= 0),
    CONSTRAINT product_costs_currency_check CHECK (currency ~ '^[A-Z]{3}$')
);
