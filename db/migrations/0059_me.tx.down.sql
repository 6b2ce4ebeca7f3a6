DROP TRIGGER point_bookings_tell ON point_bookings;
DROP FUNCTION point_bookings_tell;
DROP INDEX offer_codes_customer_idx;
DROP TABLE member_watches, member_offers, referral_codes, member_cards;
ALTER TABLE offers DROP COLUMN for_members, DROP COLUMN min_stage_id, DROP COLUMN member_limit;
