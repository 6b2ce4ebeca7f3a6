-- An installation of the first schema (0008) that has been used: some of everything,
-- so that what comes later meets rows.
INSERT INTO staff (email, name, role, password_hash) VALUES ('hanako@meguri.example', '花子', 'OWNER', 'x');
INSERT INTO settings (key, value) VALUES ('sender', '{"name":"めぐり堂","email":"shop@example.com","postalAddress":"東京","contact":"03"}'), ('points', '{"earnPerAmount":100,"earnPoints":1,"pendingDays":14,"expiryMonths":12}');
INSERT INTO shops (code, name, mall) VALUES ('rakuten', '楽天店', 'RAKUTEN'), ('own', '本店', 'OWN_SITE');
INSERT INTO customers (id, family_name, given_name, email, phone, member_since, member_via) VALUES
	(1, '佐藤', '花', 'hana@example.com', '+819012345678', '2026-01-01', 'SITE'), (2, '佐藤', '葉', '', '', NULL, NULL), (3, '鈴木', '一', '', '', NULL, NULL);
UPDATE customers SET merged_into = 1 WHERE id = 3;
INSERT INTO customer_stats (customer_id, orders_count, net_sales, first_order_at, last_order_at, first_mall, malls) VALUES
	(1, 1, 25000, '2026-05-01', '2026-05-01', 'RAKUTEN', '{RAKUTEN}'), (2, 0, 0, NULL, NULL, NULL, '{}');
INSERT INTO identities (customer_id, shop_id, kind, value, reason, first_seen_at, last_seen_at) VALUES (1, 1, 'RELAY_MAIL', 'a@fw.rakuten.ne.jp', 'NEW', '2026-05-01', '2026-05-01');
INSERT INTO identity_keys (kind, shop_id, value, customer_id) VALUES ('RELAY_MAIL', 1, 'a@fw.rakuten.ne.jp', 1);
INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording) VALUES (1, 'MAIL', 'GIVEN', 2, '2026-01-01', 'SIGN_UP_FORM', '受け取る');
INSERT INTO suppressions (channel, value_hash, reason) VALUES ('MAIL', sha256('gone@example.com'), 'HARD_BOUNCE');
INSERT INTO uploads (name, size, sha256, encoding) VALUES ('orders.csv', 10, sha256('x'), 'utf-8');
INSERT INTO imports (shop_id, upload_id, file_name, format, fingerprint, status, phase, started_at, finished_at, rows_inserted, rows_quarantined) VALUES (1, 1, 'orders.csv', 'RAKUTEN_ORDERS', 'f', 'DONE', 'APPLYING', '2026-05-02', '2026-05-02', 1, 1);
INSERT INTO import_quarantine (import_id, line_no, code, raw) VALUES (1, 3, 'BAD_DATE', 'x');
INSERT INTO orders (customer_id, id, shop_id, order_no, status, ordered_at, currency, goods_amount, total_amount, net_sales, quantity, coupon_codes, content_hash, import_id) VALUES (1, 1, 1, 'R-1', 'SHIPPED', '2026-05-01', 'JPY', 25000, 25000, 25000, 1, '{SPRING}', 'h', 1);
INSERT INTO order_keys (shop_id, order_no, customer_id, order_id) VALUES (1, 'R-1', 1, 1);
INSERT INTO order_lines (customer_id, order_id, line_key, sku, name, unit_price, quantity, amount) VALUES (1, 1, '1', 'A-1', '湯呑', 25000, 1, 25000);
INSERT INTO events (customer_id, occurred_at, kind, shop_id, ref_id) VALUES (1, '2026-05-01', 'order.placed', 1, 1);
INSERT INTO point_accounts (customer_id, available) VALUES (1, 250);
INSERT INTO point_bookings (customer_id, id, kind, amount, available_after, occurred_at, idempotency_key, reason, lot_id) VALUES (1, 1, 'GRANT', 250, 250, '2026-05-20', 'order', 'ORDER', 1);
INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, status, earned_at, usable_at, expires_at, order_id) VALUES (1, 1, 1, 250, 250, 'USABLE', '2026-05-01', '2026-05-20', '2027-05-31', 1);
INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id) VALUES (1, 1, 'AVAILABLE', 250, 1), (1, 1, 'ISSUED', -250, 1);
INSERT INTO member_stages (customer_id, stage_id, since, spend, next_stage_id, missing, next_by, review_at) SELECT 1, a.id, '2026-05-01', 25000, b.id, 25000, '2027-05-01', '2027-05-01' FROM stages a, stages b WHERE a.code = 'SILVER' AND b.code = 'GOLD';
INSERT INTO stage_changes (customer_id, from_stage, to_stage, at, reason, spend) SELECT 1, a.id, b.id, '2026-05-01', 'SPEND', 25000 FROM stages a, stages b WHERE a.code = 'REGULAR' AND b.code = 'SILVER';
INSERT INTO segments (name, rule, member_count) VALUES ('全員', '{"all": []}', 2);
INSERT INTO segment_members (customer_id, segment_id) VALUES (1, 1), (2, 1);
INSERT INTO offers (name, mall, kind, value, proof, starts_at, ends_at) VALUES ('500円', 'RAKUTEN', 'COUPON_AMOUNT', 500, 'CODE_POOL', '2026-06-01', '2026-07-01');
INSERT INTO offer_codes (offer_id, code, customer_id, issued_at) VALUES (1, 'SPRING', 1, '2026-06-01'), (1, 'SUMMER', NULL, NULL);
INSERT INTO campaigns (name, segment_id, status, sent_at, finished_at) VALUES ('夏', 1, 'SENT', '2026-06-01', '2026-06-01'), ('秋', 1, 'DRAFT', NULL, NULL);
INSERT INTO campaign_variants (campaign_id, mall, is_default, offer_id, subject, mjml) VALUES (1, 'RAKUTEN', true, 1, '夏', '<mjml></mjml>'), (2, 'OWN_SITE', true, NULL, '', '');
INSERT INTO deliveries (campaign_id, status, delivery_month, audience_at, expanded_at, content, finished_at) VALUES (1, 'DONE', '2026-06-01', '2026-06-01', '2026-06-01', '{}', '2026-06-01');
INSERT INTO messages (customer_id, delivery_id, delivery_month, campaign_id, variant_id, mall, origin_shop_id, origin_mall, status, sent_at, offer_code) VALUES (1, 1, '2026-06-01', 1, 1, 'RAKUTEN', 2, 'OWN_SITE', 'SENT', '2026-06-01', 'SPRING'), (2, 1, '2026-06-01', 1, NULL, '', NULL, '', 'SUPPRESSED', NULL, '');
UPDATE messages SET reason = 'LAW-01' WHERE customer_id = 2;
INSERT INTO conversions (customer_id, order_id, campaign_id, delivery_id, variant_id, message_id, mall, via, currency, sales, at) SELECT 1, 1, 1, 1, 1, id, 'RAKUTEN', 'CODE', 'JPY', 25000, '2026-06-02' FROM messages WHERE customer_id = 1;
INSERT INTO campaign_counters (campaign_id, delivery_id, variant_id, mall, metric, value) VALUES (1, 1, 1, 'RAKUTEN', 'SENT', 1);
INSERT INTO mailbox_mails (mail_from, rcpt_to, raw) VALUES ('shop@example.com', 'hana@example.com', 'x');
