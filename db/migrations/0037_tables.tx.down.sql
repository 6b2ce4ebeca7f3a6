DROP TABLE campaign_costs, product_stock;
DELETE FROM imports WHERE kind IN ('PRODUCTS','EVENTS','COSTS');
ALTER TABLE imports DROP CONSTRAINT imports_kind_check,
    ADD CONSTRAINT imports_kind_check CHECK (kind IN ('ORDERS','CUSTOMERS'));
