DROP INDEX campaign_series_minute_idx;
DROP TABLE ledger_checks;
DROP TABLE alert_subscriptions;
DROP TABLE alert_mails;
DROP TABLE alerts;
DELETE FROM campaign_series WHERE metric = 'BOUNCED';
