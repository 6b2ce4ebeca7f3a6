-- The malls' own sale days, and the days a campaign is planned for.

-- How a sale of a mall, or a season of the trade, comes back. Facts of others:
-- each with its source, how sure it is and when somebody looked last.
CREATE TABLE mall_event_rules (
    code        text,
    mall        text,                               -- NULL: a season, of no mall
    name        text    NOT NULL,
    name_en     text    NOT NULL,
    kind        text    NOT NULL,
    major       boolean NOT NULL DEFAULT true,      -- one that changes what people buy for days
    months      int[]   NOT NULL DEFAULT '{}',      -- empty: every month
    days        int[]   NOT NULL DEFAULT '{}',      -- DAY_OF_MONTH
    weekday     int,                                -- NTH_WEEKDAY, RELATIVE: 0 is Sunday
    nth         int     NOT NULL DEFAULT 0,         -- 1 to 5; -1: the last; 0: each
    first_day   int,                                -- ANNUAL_RANGE, and the window of ANNOUNCED
    last_day    int,                                -- below first_day: of the month after
    offset_days int     NOT NULL DEFAULT 0,         -- RELATIVE: from the nth weekday to the first day
    length_days int     NOT NULL DEFAULT 1,         -- RELATIVE
    starts_time time    NOT NULL DEFAULT '00:00',   -- Asia/Tokyo
    ends_time   time    NOT NULL DEFAULT '23:59',   -- the last minute of the last day
    valid_from  date,
    valid_to    date,
    certainty   text    NOT NULL,                   -- VH, H, M or L: of the dates the rule gives
    source      text    NOT NULL,
    reviewed_on date    NOT NULL,
    CONSTRAINT mall_event_rules_pkey PRIMARY KEY (code),
    CONSTRAINT mall_event_rules_kind_check CHECK (kind IN ('DAY_OF_MONTH', 'NTH_WEEKDAY', 'ANNUAL_RANGE', 'RELATIVE', 'ANNOUNCED')),
    CONSTRAINT mall_event_rules_certainty_check CHECK (certainty IN ('VH', 'H', 'M', 'L')),
    CONSTRAINT mall_event_rules_parts_check CHECK (CASE kind
        WHEN 'DAY_OF_MONTH' THEN cardinality(days) > 0
        WHEN 'NTH_WEEKDAY'  THEN weekday IS NOT NULL
        WHEN 'ANNUAL_RANGE' THEN first_day IS NOT NULL AND last_day IS NOT NULL
        WHEN 'RELATIVE'     THEN weekday IS NOT NULL AND nth <> 0 AND length_days > 0
        ELSE (first_day IS NULL) = (last_day IS NULL) END)
);

-- What was announced, called off or moved, and the merchant's own days. What a
-- rule predicts is worked out when it is asked for, and not stored.
CREATE TABLE mall_event_occurrences (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    rule_code    text,                                -- NULL: the merchant's own
    predicted_on date,                                -- the first day of the prediction it stands in for; NULL: of none
    mall         text,                                -- NULL: all
    name         text        NOT NULL DEFAULT '',     -- empty: the rule's
    starts_at    timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,                -- the last minute
    status       text        NOT NULL,
    source       text        NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    created_by   bigint,                              -- staff; NULL: came with the program
    CONSTRAINT mall_event_occurrences_pkey PRIMARY KEY (id),
    CONSTRAINT mall_event_occurrences_rule_fkey FOREIGN KEY (rule_code) REFERENCES mall_event_rules (code),
    CONSTRAINT mall_event_occurrences_predicted_key UNIQUE (rule_code, predicted_on),
    CONSTRAINT mall_event_occurrences_named_check CHECK (rule_code IS NOT NULL OR btrim(name) <> ''),
    CONSTRAINT mall_event_occurrences_predicted_check CHECK (predicted_on IS NULL OR rule_code IS NOT NULL),
    CONSTRAINT mall_event_occurrences_period_check CHECK (ends_at > starts_at),
    CONSTRAINT mall_event_occurrences_status_check CHECK (status IN ('ANNOUNCED', 'CANCELLED'))
);
CREATE INDEX mall_event_occurrences_ends_idx ON mall_event_occurrences (ends_at);

INSERT INTO mall_event_rules (code, mall, name, name_en, kind, major, months, days, weekday, nth, first_day, last_day, offset_days, length_days, starts_time, ends_time, valid_from, certainty, source, reviewed_on) VALUES
    ('RAKUTEN_SUPER_SALE', 'RAKUTEN', '楽天スーパーSALE', 'Rakuten Super Sale', 'ANNUAL_RANGE', true, '{3,6,9,12}', '{}', NULL, 0, 4, 11, 0, 1, '20:00', '01:59', NULL, 'H', 'ec-howto.com, 5springs.co.jp: 3・6・9・12月の4日20:00から11日01:59', '2026-11-21'),
    ('RAKUTEN_MARATHON', 'RAKUTEN', 'お買い物マラソン', 'Rakuten Shopping Marathon', 'ANNOUNCED', true, '{1,2,4,5,7,8,10,11}', '{}', NULL, 0, 4, 11, 0, 1, '20:00', '01:59', NULL, 'L', '月1〜2回。スーパーSALEのない月は4日20:00に始まることが多い（過去の開催から）', '2026-11-21'),
    ('RAKUTEN_5_0', 'RAKUTEN', '0と5のつく日', 'Days with 0 and 5', 'DAY_OF_MONTH', false, '{}', '{5,10,15,20,25,30}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'H', 'event.rakuten.co.jp: 要エントリー、楽天カード払い', '2026-11-21'),
    ('RAKUTEN_WONDERFUL', 'RAKUTEN', 'ワンダフルデー', 'Wonderful Day', 'DAY_OF_MONTH', false, '{}', '{1}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'H', 'event.rakuten.co.jp: 毎月1日', '2026-11-21'),
    ('RAKUTEN_THANKS', 'RAKUTEN', 'ご愛顧感謝デー', 'Loyal Customers Day', 'DAY_OF_MONTH', false, '{}', '{18}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'H', 'event.rakuten.co.jp: 毎月18日、会員ランクによる', '2026-11-21'),
    ('RAKUTEN_VICTORY', 'RAKUTEN', '勝ったら倍', 'Victory multiplier', 'ANNOUNCED', false, '{}', '{}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'L', '楽天のチームが勝った翌日。試合の結果による', '2026-11-21'),
    ('RAKUTEN_BLACK_FRIDAY', 'RAKUTEN', '楽天ブラックフライデー', 'Rakuten Black Friday', 'ANNUAL_RANGE', true, '{11}', '{}', NULL, 0, 20, 27, 0, 1, '20:00', '01:59', NULL, 'M', '2020年と2025年の開催（11月19日または20日の20:00から27日01:59）', '2026-11-21'),
    ('RAKUTEN_YEAR_END', 'RAKUTEN', '楽天大感謝祭', 'Rakuten Year-End Sale', 'ANNUAL_RANGE', true, '{12}', '{}', NULL, 0, 19, 26, 0, 1, '20:00', '01:59', NULL, 'L', '過去の開催からの推定', '2026-11-21'),
    ('YAHOO_5', 'YAHOO', '5のつく日', 'Days with 5', 'DAY_OF_MONTH', false, '{}', '{5,15,25}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'H', 'shopping.yahoo.co.jp: 5のつく日キャンペーン', '2026-11-21'),
    ('YAHOO_3', 'YAHOO', '3のつく日', 'Days with 3', 'DAY_OF_MONTH', false, '{}', '{3,13,23}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'M', '内容が変わりやすい', '2026-11-21'),
    ('YAHOO_SUNDAY', 'YAHOO', '日曜日キャンペーン', 'Sunday campaign', 'NTH_WEEKDAY', false, '{}', '{}', 0, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'M', '内容が変わりやすい', '2026-11-21'),
    ('YAHOO_PAYPAY', 'YAHOO', '超PayPay祭', 'Super PayPay Festival', 'ANNOUNCED', true, '{}', '{}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'H', '年2〜3回、時期は発表による。最後の3日間はグランドフィナーレ', '2026-11-21'),
    ('AMAZON_PRIME_DAY', 'AMAZON', 'プライムデー', 'Prime Day', 'ANNOUNCED', true, '{7}', '{}', NULL, 0, 8, 20, 0, 1, '00:00', '23:59', NULL, 'M', '7月8日から20日のどこか（2019年と2025年の開催から）', '2026-11-21'),
    ('AMAZON_PRIME_THANKS', 'AMAZON', 'プライム感謝祭', 'Prime Big Deal Days', 'ANNUAL_RANGE', true, '{10}', '{}', NULL, 0, 7, 10, 0, 1, '00:00', '23:59', '2023-01-01', 'M', '2023年から10月上旬（2025年は10月7日から10日、先行は4日から）', '2026-11-21'),
    ('AMAZON_BLACK_FRIDAY', 'AMAZON', 'Amazonブラックフライデー', 'Amazon Black Friday', 'RELATIVE', true, '{11}', '{}', 4, 4, NULL, NULL, -3, 8, '00:00', '23:59', NULL, 'M', '11月の第4木曜日の前の月曜日から翌週の月曜日（2025年の開催から）', '2026-11-21'),
    ('AMAZON_NEW_YEAR', 'AMAZON', 'Amazon初売り', 'Amazon New Year Sale', 'ANNOUNCED', true, '{1}', '{}', NULL, 0, 2, 7, 0, 1, '00:00', '23:59', NULL, 'L', '1月3日ごろから', '2026-11-21'),
    ('AMAZON_SMILE', 'AMAZON', 'スマイルSALE', 'Smile Sale', 'ANNOUNCED', true, '{}', '{}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'L', 'ほぼ毎月、時期は発表による', '2026-11-21'),
    ('QOO10_MEGA', 'QOO10', 'メガ割', 'Mega Sale', 'ANNOUNCED', true, '{}', '{}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'L', '3・6・9・11月ごろの年4回、10〜12日間。時期は発表による', '2026-11-21'),
    ('AU_PAY_3', 'AU_PAY', '三太郎の日', 'Santaro Day', 'DAY_OF_MONTH', false, '{}', '{3,13,23}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'L', '2019〜2020年の資料', '2026-11-21'),
    ('NEW_YEAR', NULL, '年始', 'New Year', 'ANNUAL_RANGE', true, '{1}', '{}', NULL, 0, 1, 3, 0, 1, '00:00', '23:59', NULL, 'VH', '暦', '2026-11-21'),
    ('VALENTINE', NULL, 'バレンタインデー', 'Valentine''s Day', 'DAY_OF_MONTH', true, '{2}', '{14}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'VH', '暦', '2026-11-21'),
    ('WHITE_DAY', NULL, 'ホワイトデー', 'White Day', 'DAY_OF_MONTH', true, '{3}', '{14}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'VH', '暦', '2026-11-21'),
    ('SCHOOL', NULL, '入学・新生活', 'New school year', 'ANNUAL_RANGE', true, '{4}', '{}', NULL, 0, 1, 10, 0, 1, '00:00', '23:59', NULL, 'H', '学校年度の始まり', '2026-11-21'),
    ('MOTHERS_DAY', NULL, '母の日', 'Mother''s Day', 'NTH_WEEKDAY', true, '{5}', '{}', 0, 2, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'VH', '5月の第2日曜日', '2026-11-21'),
    ('FATHERS_DAY', NULL, '父の日', 'Father''s Day', 'NTH_WEEKDAY', true, '{6}', '{}', 0, 3, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'VH', '6月の第3日曜日', '2026-11-21'),
    ('OCHUGEN', NULL, 'お中元', 'Midsummer gifts', 'ANNUAL_RANGE', true, '{7}', '{}', NULL, 0, 1, 15, 0, 1, '00:00', '23:59', NULL, 'H', '関東は7月1日から15日。関西は8月中旬まで', '2026-11-21'),
    ('HALLOWEEN', NULL, 'ハロウィン', 'Halloween', 'DAY_OF_MONTH', true, '{10}', '{31}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'VH', '暦', '2026-11-21'),
    ('SHICHIGOSAN', NULL, '七五三', 'Shichi-Go-San', 'DAY_OF_MONTH', true, '{11}', '{15}', NULL, 0, NULL, NULL, 0, 1, '00:00', '23:59', NULL, 'VH', '暦', '2026-11-21'),
    ('OSEIBO', NULL, 'お歳暮', 'Year-end gifts', 'ANNUAL_RANGE', true, '{12}', '{}', NULL, 0, 1, 20, 0, 1, '00:00', '23:59', NULL, 'H', '12月1日から20日ごろ', '2026-11-21'),
    ('CHRISTMAS', NULL, 'クリスマス', 'Christmas', 'ANNUAL_RANGE', true, '{12}', '{}', NULL, 0, 24, 25, 0, 1, '00:00', '23:59', NULL, 'VH', '暦', '2026-11-21');

-- Periods that were announced.
INSERT INTO mall_event_occurrences (rule_code, predicted_on, mall, starts_at, ends_at, status, source) VALUES
    ('RAKUTEN_MARATHON', '2025-07-04', 'RAKUTEN', '2025-07-11 20:00+09', '2025-07-18 01:59+09', 'ANNOUNCED', '楽天の発表'),
    ('RAKUTEN_MARATHON', '2025-08-04', 'RAKUTEN', '2025-08-02 20:00+09', '2025-08-09 01:59+09', 'ANNOUNCED', '楽天の発表'),
    ('RAKUTEN_MARATHON', '2026-02-04', 'RAKUTEN', '2026-02-04 20:00+09', '2026-02-10 01:59+09', 'ANNOUNCED', '楽天の発表'),
    ('RAKUTEN_MARATHON', NULL,         'RAKUTEN', '2026-02-19 20:00+09', '2026-02-23 01:59+09', 'ANNOUNCED', '楽天の発表'),
    ('YAHOO_PAYPAY',     NULL,         'YAHOO',   '2026-03-03 00:00+09', '2026-03-30 23:59+09', 'ANNOUNCED', 'Yahoo!ショッピングの発表'),
    ('AMAZON_PRIME_DAY', '2025-07-08', 'AMAZON',  '2025-07-11 00:00+09', '2025-07-14 23:59+09', 'ANNOUNCED', 'Amazonの発表'),
    ('AMAZON_PRIME_THANKS', '2025-10-07', 'AMAZON', '2025-10-07 00:00+09', '2025-10-10 23:59+09', 'ANNOUNCED', 'Amazonの発表');

-- The days staff plan a campaign for; what was scheduled or sent has its own.
ALTER TABLE campaigns
    ADD COLUMN starts_on date,
    ADD COLUMN ends_on   date,
    ADD CONSTRAINT campaigns_period_check CHECK (ends_on IS NULL OR starts_on IS NOT NULL AND ends_on >= starts_on);
