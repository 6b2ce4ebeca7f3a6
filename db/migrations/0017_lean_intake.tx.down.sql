DROP INDEX customer_stats_last_order_idx;
CREATE INDEX customer_stats_last_order_idx ON customer_stats (last_order_at);
ALTER TABLE identities ADD CONSTRAINT identities_shop_fkey FOREIGN KEY (shop_id) REFERENCES shops (id);
DROP TRIGGER shops_stay ON shops;
ALTER TABLE identities DROP CONSTRAINT identities_pkey,
    ADD CONSTRAINT identities_pkey PRIMARY KEY (customer_id, id), ADD CONSTRAINT identities_key UNIQUE (customer_id, shop_id, kind, value);
