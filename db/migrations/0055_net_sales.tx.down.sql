DROP TABLE net_sales_coming;
DROP FUNCTION net_sales(orders, net_sales_definitions);
-- Rollups by another definition stay until their orders change.
INSERT INTO settings (key, value) SELECT 'profit', '{"shipping": true}' FROM net_sales_definitions WHERE state = 'IN_FORCE' AND shipping;
DROP TABLE net_sales_definitions;
