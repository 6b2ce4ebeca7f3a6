-- Files that are neither of orders nor of customers: products, stock, behaviour, and what campaigns cost.

ALTER TABLE imports DROP CONSTRAINT imports_kind_check,
    ADD CONSTRAINT imports_kind_check CHECK (kind IN ('ORDERS','CUSTOMERS','PRODUCTS','EVENTS','COSTS'));

-- How much of a product a shop has, as its last file told.
CREATE TABLE product_stock (
    sku      text COLLATE "C" NOT NULL,
    shop_id  bigint      NOT NULL,
    quantity bigint      NOT NULL,
    told_at  timestamptz NOT NULL,
    CONSTRAINT product_stock_pkey PRIMARY KEY (sku, shop_id),
    CONSTRAINT product_stock_sku_fkey FOREIGN KEY (sku) REFERENCES products (sku) ON DELETE CASCADE,
    CONSTRAINT product_stock_shop_fkey FOREIGN KEY (shop_id) REFERENCES shops (id)
);

-- What the merchant paid for a campaign beside what its orders cost: advertisements, printing, postage.
CREATE TABLE campaign_costs (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    campaign_id bigint      NOT NULL,
    spent_on    date        NOT NULL,
    purpose     text        NOT NULL DEFAULT '', -- what for, as the file says
    note        text        NOT NULL DEFAULT '',
    currency    text        NOT NULL,
    amount      bigint      NOT NULL,            -- minor unit; below zero: money that came back
    import_id   bigint      NOT NULL,            -- the file that told it last
    line_no     bigint      NOT NULL,
    updated_at  timestamptz NOT NULL,
    CONSTRAINT campaign_costs_pkey PRIMARY KEY (id),
    CONSTRAINT campaign_costs_once_key UNIQUE (campaign_id, spent_on, purpose, note, currency),
    CONSTRAINT campaign_costs_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE,
    CONSTRAINT campaign_costs_import_fkey FOREIGN KEY (import_id) REFERENCES imports (id)
);
