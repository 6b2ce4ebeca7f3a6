DROP TABLE product_costs;
DROP TABLE fee_rates;
ALTER TABLE messages DROP COLUMN slot_at;
ALTER TABLE deliveries DROP COLUMN quiet_until;
ALTER TABLE campaigns DROP COLUMN ignores_quiet, DROP COLUMN ignores_caps;
DROP TABLE brand_pictures;
ALTER TABLE shops DROP CONSTRAINT shops_more_urls_check, DROP COLUMN more_urls;
