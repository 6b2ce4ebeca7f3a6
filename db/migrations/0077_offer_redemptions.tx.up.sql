-- Where an offer was used that a till or a site of the merchant's own redeemed, and on which order, which need not have come in yet.
ALTER TABLE member_offers
    ADD COLUMN used_shop_id  bigint,
    ADD COLUMN used_order_no text,
    ADD CONSTRAINT member_offers_used_shop_fkey FOREIGN KEY (used_shop_id) REFERENCES shops (id),
    ADD CONSTRAINT member_offers_used_where_check CHECK ((used_shop_id IS NULL OR used_at IS NOT NULL) AND (used_order_no IS NULL OR used_shop_id IS NOT NULL));
CREATE INDEX member_offers_used_order_idx ON member_offers (used_shop_id, used_order_no) WHERE used_order_no IS NOT NULL;
