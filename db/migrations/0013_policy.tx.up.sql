-- Rules for contents and for the malls' own mail tools, what staff say about
-- rules, overrides, and the tasks for staff.

ALTER TABLE policy_rules
    ADD COLUMN note       text        NOT NULL DEFAULT '', -- why the version was made
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN created_by bigint;                          -- staff; NULL: came with the program

-- A version is never changed: the next one is added with its own day of effect.
CREATE TRIGGER policy_rules_append_only BEFORE UPDATE OR DELETE ON policy_rules FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();

-- Somebody has held a version against its sources.
CREATE TABLE policy_reviews (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    rule_id     text        NOT NULL,
    version     int         NOT NULL,
    reviewed_on date        NOT NULL,
    note        text        NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  bigint,
    CONSTRAINT policy_reviews_pkey PRIMARY KEY (id),
    CONSTRAINT policy_reviews_rule_fkey FOREIGN KEY (rule_id, version) REFERENCES policy_rules (id, version)
);
CREATE INDEX policy_reviews_rule_idx ON policy_reviews (rule_id, version);

-- A rule lifted for one content of one campaign. The hash is that of the content
-- staff saw: when the content changes, it is asked for again.
CREATE TABLE policy_overrides (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    campaign_id  bigint      NOT NULL,
    rule_id      text        NOT NULL,
    rule_version int         NOT NULL,
    content_hash bytea       NOT NULL,
    reason       text        NOT NULL,
    evidence_no  text        NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL DEFAULT now(),
    created_by   bigint,
    withdrawn_at timestamptz,
    withdrawn_by bigint,
    CONSTRAINT policy_overrides_pkey PRIMARY KEY (id),
    CONSTRAINT policy_overrides_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id),
    CONSTRAINT policy_overrides_rule_fkey FOREIGN KEY (rule_id, rule_version) REFERENCES policy_rules (id, version),
    CONSTRAINT policy_overrides_reason_check CHECK (btrim(reason) <> '')
);
CREATE UNIQUE INDEX policy_overrides_key ON policy_overrides (campaign_id, rule_id, rule_version, content_hash) WHERE withdrawn_at IS NULL;

-- What staff will paste into a mall's own mail tool, as part of a campaign.
CREATE TABLE mall_mails (
    campaign_id bigint      NOT NULL,
    mall        text        NOT NULL,           -- RAKUTEN: R-Mail; YAHOO: ストアニュースレター
    subject     text        NOT NULL DEFAULT '',
    text_body   text        NOT NULL DEFAULT '',
    html_body   text        NOT NULL DEFAULT '',
    offer_id    bigint,
    send_on     date,                           -- NULL: the day the campaign begins
    assignee_id bigint,                         -- staff
    updated_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT mall_mails_pkey PRIMARY KEY (campaign_id, mall),
    CONSTRAINT mall_mails_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE,
    CONSTRAINT mall_mails_offer_fkey FOREIGN KEY (offer_id) REFERENCES offers (id),
    CONSTRAINT mall_mails_assignee_fkey FOREIGN KEY (assignee_id) REFERENCES staff (id),
    CONSTRAINT mall_mails_mall_check CHECK (mall IN ('RAKUTEN','YAHOO'))
);

-- Work for a person: content that was checked, to be sent with a mall's own tool.
CREATE TABLE tasks (
    id          bigint GENERATED ALWAYS AS IDENTITY,
    campaign_id bigint      NOT NULL,
    mall        text        NOT NULL,
    status      text        NOT NULL DEFAULT 'OPEN', -- OPEN, DONE, CANCELLED
    subject     text        NOT NULL,
    text_body   text        NOT NULL,
    html_body   text        NOT NULL,
    offer_id    bigint,
    coupon_code text        NOT NULL DEFAULT '',
    customers   bigint,                             -- how many it concerns, counted when it was made by hand; NULL: told by the campaign's figures
    due_on      date        NOT NULL,
    assignee_id bigint,
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  bigint,
    done_at     timestamptz,
    done_by     bigint,
    sent_count  bigint,                             -- what the mall's tool said
    note        text        NOT NULL DEFAULT '',
    CONSTRAINT tasks_pkey PRIMARY KEY (id),
    CONSTRAINT tasks_campaign_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns (id),
    CONSTRAINT tasks_offer_fkey FOREIGN KEY (offer_id) REFERENCES offers (id),
    CONSTRAINT tasks_assignee_fkey FOREIGN KEY (assignee_id) REFERENCES staff (id),
    CONSTRAINT tasks_status_check CHECK (status IN ('OPEN','DONE','CANCELLED')),
    CONSTRAINT tasks_done_check CHECK ((status = 'DONE') = (done_at IS NOT NULL)),
    CONSTRAINT tasks_sent_check CHECK (sent_count >= 0)
);
-- One campaign makes one task per mall.
CREATE UNIQUE INDEX tasks_campaign_key ON tasks (campaign_id, mall) WHERE status <> 'CANCELLED';
CREATE INDEX tasks_open_idx ON tasks (due_on, id) WHERE status = 'OPEN';

INSERT INTO policy_rules (id, version, effective_from, scope, condition, params, severity, override, message, remedy, sources, certainty, reviewed_on)
VALUES
('RK-01', 1, '2026-01-01', '{"origin": ["RAKUTEN"], "channel": ["MAIL", "R_MAIL"]}', 'url_outside',
 '{"hosts": ["rakuten.co.jp", "rakuten.ne.jp", "kuronekoyamato.co.jp", "sagawa-exp.co.jp", "post.japanpost.jp", "seino.co.jp", "fukutsu.co.jp"]}', 'BLOCK', 'EVIDENCE',
 '{"ja": "楽天市場のお客様へのメールに、楽天の外へのリンクは置けません。", "en": "Mail to Rakuten customers may not link to places outside Rakuten."}',
 '{"ja": "リンクを外すか、楽天市場のページに替えてください。承認を受けたリンクは link.rakuten.co.jp で発行されます。R-SNSで発行されたリンクは承認番号を記録すると使えます。", "en": "Remove the link or lead to a page on Rakuten. Approved links are issued under link.rakuten.co.jp; those issued by R-SNS can be used once their approval number is recorded."}',
 '{楽天市場 外部サイトへのリンクに関するガイドライン,https://navi-manual.faq.rakuten.net/rule/000039066,https://gk-post.com/?p=7277}', 'VH', '2026-11-01'),
('RK-03', 1, '2026-01-01', '{"origin": ["RAKUTEN"]}', 'phrases',
 '{"phrases": ["本店なら", "本店の方が", "本店のほうが", "公式サイトなら", "公式サイトの方が", "公式サイトのほうが", "公式オンラインショップなら", "公式ショップなら", "自社サイトなら", "自社サイトの方が", "自社サイトのほうが", "直営店なら", "次回から*直接", "次回は*直接", "次回から*本店", "次回は*本店", "次回から*公式", "次回は*公式", "次回から*自社サイト", "本店*お得", "本店が*安", "公式サイト*お得", "公式サイト*安", "公式サイト*なら", "公式オンラインショップ*お得", "公式ショップ*お得", "自社サイト*お得", "直接ご注文", "直接お申し込み", "直接ご購入", "楽天より*安", "楽天より*お得", "楽天市場より*安", "楽天市場より*お得", "楽天価格より", "他モールより", "最安値は*サイト", "手数料がかからない分"], "except": ["楽天市場本店", "楽天本店", "楽天市場の公式ショップ", "楽天市場公式ショップ"]}', 'BLOCK', 'REASON',
 '{"ja": "楽天市場のお客様を楽天の外での取引へ誘う言い回し、他のチャネルとの価格の比較は禁じられています。", "en": "Wordings that lead Rakuten customers to deals elsewhere, and comparisons of prices with other channels, are forbidden."}',
 '{"ja": "言い回しを取り除き、楽天市場の店舗の内容だけで書いてください。", "en": "Take the wording out and speak of the shop on Rakuten only."}',
 '{楽天市場 出店規約 第18条第1項,https://brain-trust.jp/knowhow/rakuten-rule,https://sbmd.jp/blog/mall_profit20}', 'H', '2026-11-01'),
('RK-04', 1, '2026-01-01', '{"origin": ["RAKUTEN"]}', 'offer_elsewhere',
 '{"phrases": ["自社サイト*クーポン", "公式サイト*クーポン", "公式オンラインショップ*クーポン", "本店*で使えるクーポン", "直営*で使えるクーポン", "Amazon*クーポン", "Yahoo*クーポン", "ヤフー*クーポン", "店頭*クーポン", "実店舗*クーポン"]}', 'BLOCK', 'NONE',
 '{"ja": "楽天市場のお客様に、楽天の外で使えるクーポンや特典は渡せません。", "en": "Rakuten customers may not be given coupons or offers that are valid outside Rakuten."}',
 '{"ja": "楽天市場で使えるクーポンに替えるか、楽天のお客様を除いた配信で使ってください。", "en": "Use a coupon that is valid on Rakuten, or give this one to others only."}',
 '{楽天市場 出店規約 第18条第1項,https://brain-trust.jp/knowhow/rakuten-rule}', 'H', '2026-11-01'),
('RK-05', 1, '2026-01-01', '{"origin": ["RAKUTEN"]}', 'phrases',
 '{"phrases": ["お電話*ご注文", "電話*注文", "FAX*注文", "ファックス*注文", "ファクス*注文", "はがき*注文", "ハガキ*注文", "郵送*注文", "メール*ご注文", "メール*注文承", "LINE*ご注文", "注文はお電話", "注文は電話", "注文はFAX", "注文はメール", "注文はこちらの電話"], "except": ["注文番号", "注文履歴", "注文内容", "注文確認メール", "ご注文に関する", "注文に関する", "ご注文について", "注文について", "注文後", "ご注文の際", "ご注文はお受けしておりません", "ご注文は承っておりません"]}', 'BLOCK', 'REASON',
 '{"ja": "電話・FAX・メール・はがきでの注文を案内することは禁じられています。", "en": "Offering to take orders by phone, fax, mail or post is forbidden."}',
 '{"ja": "注文の案内を取り除いてください。お問い合わせ先の電話番号は構いません。", "en": "Take the offer out. A telephone number for inquiries is fine."}',
 '{楽天市場 出店規約 第18条第1項,https://brain-trust.jp/knowhow/rakuten-rule}', 'H', '2026-11-01'),
('RK-08', 1, '2026-01-01', '{"channel": ["MAIL"]}', 'relay_address',
 '{"domains": ["fw.rakuten.ne.jp"]}', 'BLOCK', 'NONE',
 '{"ja": "楽天のあんしんメルアドには、楽天のメールサーバーからしか届きません。", "en": "Rakuten''s masked addresses are reached through Rakuten''s own mail server only."}',
 '{"ja": "本人の本来のアドレスで同意を得るか、R-Mailで届けてください。", "en": "Obtain consent with the person''s own address, or use R-Mail."}',
 '{https://www.ingage.jp/manual/,https://manual.ec-doc.net/}', 'H', '2026-11-01'),
('AM-01', 1, '2026-01-01', '{"origin": ["AMAZON"]}', 'diverts',
 '{"hosts": ["amazon.co.jp", "amzn.asia"], "phrases": ["本店なら", "公式サイト", "公式オンラインショップ", "公式ショップ", "自社サイト", "直営店", "直接ご注文", "直接ご購入", "楽天市場店", "Yahoo!ショッピング店", "次回から*直接", "次回は*直接"]}', 'BLOCK', 'NONE',
 '{"ja": "Amazonの購入者を外部のリンク・特典・ブランドサイトへ誘導することは禁じられています。", "en": "Diverting Amazon buyers by links, offers or brand sites is forbidden."}',
 '{"ja": "外部への案内を取り除いてください。Amazonの購入者への販促の連絡そのものも禁じられています（AM-02）。", "en": "Take out whatever leads elsewhere. Marketing contact to Amazon buyers is forbidden in any case (AM-02)."}',
 '{https://sellercentral.amazon.co.jp/help/hub/reference/G200386250}', 'VH', '2026-11-01'),
('YH-01', 1, '2026-01-01', '{"origin": ["YAHOO"], "channel": ["MAIL", "STORE_NEWSLETTER"]}', 'url_to',
 '{"classes": ["OWN_EC", "OTHER_MALL"]}', 'WARN', 'NONE',
 '{"ja": "Yahoo!ショッピングのお客様を自社サイトや別のモールへ案内するリンクです。", "en": "The link leads Yahoo! customers to your own site or to another mall."}',
 '{"ja": "現在のストアガイドラインで認められているか、ストアクリエイターProで確かめてください。", "en": "Make sure in Store Creator Pro that the current guideline allows it."}',
 '{https://dm2.co.jp/?p=3070,https://sbmd.jp/blog/mall_profit20}', 'M', '2026-11-01'),
('YH-02', 1, '2026-01-01', '{"origin": ["YAHOO"], "channel": ["MAIL"]}', 'no_newsletter_consent', '{}', 'BLOCK', 'NONE',
 '{"ja": "Yahoo!ショッピングの注文でしか知らず、ニュースレターの購読も本人の同意もない方には送れません。", "en": "A person known only from Yahoo! orders, without a subscription or a consent of his own, may not be written to."}',
 '{"ja": "自社サイト・店舗・LINEで本人の同意を得るか、ストアニュースレターで届けてください。", "en": "Obtain the person''s own consent on your site, in a store or on LINE, or use the store newsletter."}',
 '{https://www.proteinum.co.jp/,特定電子メールの送信の適正化等に関する法律 第3条}', 'M', '2026-11-01'),
('YH-03', 1, '2026-01-01', '{"origin": ["YAHOO"]}', 'phrases',
 '{"phrases": ["本店なら", "本店の方が", "本店のほうが", "公式サイトなら", "公式サイトの方が", "公式サイトのほうが", "自社サイトなら", "次回から*直接", "次回は*直接", "次回から*本店", "次回は*本店", "次回から*公式", "次回は*公式", "次回から*自社サイト", "本店*お得", "本店が*安", "公式サイト*お得", "公式サイト*安", "公式サイト*なら", "公式オンラインショップ*お得", "公式ショップ*お得", "自社サイト*お得", "直接ご注文", "直接ご購入", "Yahoo*より*安", "Yahoo*より*お得", "ヤフー*より*安", "他モールより"]}', 'WARN', 'NONE',
 '{"ja": "Yahoo!ショッピングの外での取引へ誘う言い回しと受け取られるおそれがあります。", "en": "This may be taken for leading Yahoo! customers to deals elsewhere."}',
 '{"ja": "言い回しを見直してください。", "en": "Reconsider the wording."}',
 '{https://sbmd.jp/blog/mall_profit20}', 'L', '2026-11-01'),
('LAW-04', 1, '2026-01-01', '{"channel": ["MAIL"]}', 'consent_retention', '{"years": 3}', 'WARN', 'NONE',
 '{"ja": "広告メールの同意の記録は、最後に送った日から3年間保存しなければなりません。", "en": "Records of consent to advertising mail must be kept for three years after the last one."}',
 '{"ja": "設定の保存期間を3年以上にしてください。", "en": "Set the retention to three years or more."}',
 '{特定商取引に関する法律 第12条の3,https://www.no-trouble.caa.go.jp/}', 'H', '2026-11-01'),
('LAW-05', 1, '2026-01-01', '{"channel": ["MAIL"]}', 'ad_in_transactional',
 '{"phrases": ["ご注文ありがとうございます", "ご注文を承りました", "ご注文内容の確認", "ご注文確認", "発送のお知らせ", "発送完了", "発送いたしました", "お届けのお知らせ", "ご入金確認", "お支払いのお願い", "予約完了"], "advertising": ["クーポン", "セール", "キャンペーン", "%OFF", "割引", "特価", "お買い得", "おすすめ商品", "ポイント*倍", "新商品"]}', 'WARN', 'NONE',
 '{"ja": "取引の通知に見える文面に広告が混ざっています。広告を含むメールは全体が広告メールとして扱われ、配信停止した方には送れません。", "en": "What reads like a notice about an order also advertises. The whole counts as advertising mail, which those who opted out may not be sent."}',
 '{"ja": "通知と広告を分けてください。この配信は広告として、配信停止した方を除いて送られます。", "en": "Keep notices and advertising apart. This one is sent as advertising, not to those who opted out."}',
 '{特定商取引に関する法律 第12条の3,特定電子メールの送信の適正化等に関する法律 第3条}', 'H', '2026-11-01');
