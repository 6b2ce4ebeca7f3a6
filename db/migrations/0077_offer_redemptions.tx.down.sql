ALTER TABLE member_offers DROP COLUMN used_shop_id, DROP COLUMN used_order_no;
