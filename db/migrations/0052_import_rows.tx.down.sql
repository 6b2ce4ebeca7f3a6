ALTER TABLE event_keys DROP COLUMN import_id;
ALTER TABLE visitor_events DROP COLUMN import_id;
ALTER TABLE events DROP COLUMN import_id;
ALTER TABLE product_stock DROP COLUMN import_id;
ALTER TABLE product_costs DROP COLUMN import_id;
ALTER TABLE products DROP COLUMN import_id;
DROP TABLE import_rows;
