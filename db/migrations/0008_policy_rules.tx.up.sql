-- The first policy rules in force. A rule is never changed in place: a later
-- migration, or staff, adds the next version with its own day of effect.
INSERT INTO policy_rules (id, version, effective_from, scope, condition, severity, override, message, remedy, sources, certainty, reviewed_on)
VALUES
('LAW-01', 1, '2026-01-01', '{"channel": ["MAIL", "SMS"]}', 'no_consent_record', 'BLOCK', 'NONE',
 '{"ja": "広告メールへの同意の記録（いつ・どの方法で・どの文言に）がない方には送れません。", "en": "Nobody may be sent advertising mail without a record of consent: when, how, and to which wording."}',
 '{"ja": "会員登録や申込フォームで文言を示して同意を得るか、既にある同意を証拠とともに取り込んでください。", "en": "Obtain consent on a sign-up form that shows the wording, or import an existing consent with its evidence."}',
 '{特定電子メールの送信の適正化等に関する法律 第3条,特定商取引に関する法律 第12条の3,https://www.soumu.go.jp/main_sosiki/joho_tsusin/d_syohi/m_mail.html}', 'VH', '2026-11-01'),
('LAW-02', 1, '2026-01-01', '{"channel": ["MAIL", "SMS"]}', 'sender_incomplete', 'BLOCK', 'NONE',
 '{"ja": "広告メールに必ず表示しなければならない送信者情報が足りません。", "en": "Advertising mail must show who sends it, and something is missing."}',
 '{"ja": "設定の「送信者情報」を入力してください。フッターと配信停止の案内は自動で入ります。", "en": "Fill in the sender settings. The footer and the unsubscribe notice are added by the server."}',
 '{特定電子メールの送信の適正化等に関する法律 第4条,https://www.soumu.go.jp/main_sosiki/joho_tsusin/d_syohi/m_mail.html}', 'VH', '2026-11-01'),
('LAW-03', 1, '2026-01-01', '{"channel": ["MAIL", "SMS"]}', 'address_suppressed', 'BLOCK', 'NONE',
 '{"ja": "配信停止・苦情・不達のあった宛先には送れません。", "en": "The recipient opted out or complained, or the address bounced."}',
 '{"ja": "本人が改めて同意すれば配信停止は解けます。苦情と不達は宛先の確認が必要です。", "en": "An opt-out is lifted when the person consents again. A complaint or a bounce needs a new address."}',
 '{特定電子メールの送信の適正化等に関する法律 第3条第3項,https://www.soumu.go.jp/main_sosiki/joho_tsusin/d_syohi/m_mail.html}', 'VH', '2026-11-01'),
('RK-07', 1, '2026-01-01', '{"origin": ["RAKUTEN"], "channel": ["MAIL", "LINE", "SMS", "POSTAL"]}', 'known_only_from_rakuten', 'BLOCK', 'NONE',
 '{"ja": "楽天市場の注文でしか知らない方には、楽天の外から販促の連絡を送れません。", "en": "A person known only from Rakuten orders may not be contacted for marketing from outside Rakuten."}',
 '{"ja": "自社サイト・店舗・LINEで本人の同意を得るか、R-Mailで届けてください。", "en": "Obtain the person''s own consent on your site, in a store or on LINE, or use R-Mail."}',
 '{https://privacy.rakuten.co.jp/}', 'M', '2026-11-01'),
('AM-02', 1, '2026-01-01', '{"origin": ["AMAZON"], "channel": ["MAIL", "LINE", "SMS", "POSTAL"]}', 'amazon_buyer', 'BLOCK', 'NONE',
 '{"ja": "Amazonの購入者に販促の連絡をすることは禁じられています。", "en": "Marketing contact to Amazon buyers is forbidden."}',
 '{"ja": "Amazonの購入者データは出荷と対応にだけ使えます。本人が自社サイトなどで同意した場合はその同意で送れます。", "en": "Amazon buyers'' data may be used for fulfilment only. If the person consents on your own site, that consent may be used."}',
 '{https://sellercentral.amazon.co.jp/help/hub/reference/1801}', 'VH', '2026-11-01');
