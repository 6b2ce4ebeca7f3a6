-- What counts as net sales is the merchant's choice. orders.net_sales stays what every choice begins with, goods less
-- coupons the shop pays and 0 when cancelled, and is what fees of malls are of; reports and rollups follow the definition.
CREATE TABLE net_sales_definitions (
    state       text        NOT NULL, -- IN_FORCE: reports and rollups follow it; COMING: chosen, the rollups are being worked out
    shipping    boolean     NOT NULL DEFAULT false, -- counted in: shipping buyers are charged
    fees        boolean     NOT NULL DEFAULT false, -- counted in: fees buyers are charged, for wrapping or cash on delivery
    shop_coupon boolean     NOT NULL DEFAULT true,  -- taken off: coupons the shop pays
    mall_coupon boolean     NOT NULL DEFAULT false, -- taken off: coupons the mall pays
    points      boolean     NOT NULL DEFAULT false, -- taken off: points used
    chosen_at   timestamptz NOT NULL DEFAULT now(),
    done        bigint      NOT NULL DEFAULT 0,     -- of COMING: customers worked out,
    total       bigint      NOT NULL DEFAULT 0,     -- of so many,
    upto        bigint      NOT NULL DEFAULT 0,     -- up to this one
    CONSTRAINT net_sales_definitions_pkey PRIMARY KEY (state),
    CONSTRAINT net_sales_definitions_state_check CHECK (state IN ('IN_FORCE','COMING'))
);
INSERT INTO net_sales_definitions (state) VALUES ('IN_FORCE');
-- Whoever counted shipping in where profit is told now has it in every report.
INSERT INTO net_sales_definitions (state, shipping) SELECT 'COMING', true FROM settings WHERE key = 'profit' AND (value->>'shipping')::boolean;
DELETE FROM settings WHERE key = 'profit';

-- Net sales of one order by one definition, in the order's currency.
CREATE FUNCTION net_sales(o orders, d net_sales_definitions) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN o.status = 'CANCELLED' THEN 0 ELSE o.net_sales
    + CASE WHEN d.shipping THEN o.shipping_amount ELSE 0 END
    + CASE WHEN d.fees THEN o.fee_amount ELSE 0 END
    + CASE WHEN d.shop_coupon THEN 0 ELSE o.shop_coupon END
    - CASE WHEN d.mall_coupon THEN o.mall_coupon ELSE 0 END
    - CASE WHEN d.points THEN o.points_used ELSE 0 END END;

-- Rollups by the coming definition, kept apart until all are worked out. Whoever works out a customer's rollups anew
-- takes his rows away: they are made again.
CREATE TABLE net_sales_coming (
    customer_id     bigint NOT NULL,
    mall            text   NOT NULL, -- '': all together, as in customer_stats
    currency        text   NOT NULL, -- '' with it
    net_sales       bigint NOT NULL,
    first_net_sales bigint,
    CONSTRAINT net_sales_coming_pkey PRIMARY KEY (customer_id, mall, currency)
);
