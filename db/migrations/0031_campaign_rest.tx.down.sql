ALTER TABLE deliveries DROP COLUMN rest;
ALTER TABLE policy_rules DISABLE TRIGGER policy_rules_append_only;
UPDATE policy_rules
SET remedy = '{"ja": "設定の「送信者情報」を入力してください。フッターと配信停止の案内は自動で入ります。", "en": "Fill in the sender settings. The footer and the unsubscribe notice are added by the server."}'
WHERE id = 'LAW-02' AND remedy ->> 'ja' LIKE '%「名称と連絡先」%';
ALTER TABLE policy_rules ENABLE TRIGGER policy_rules_append_only;
