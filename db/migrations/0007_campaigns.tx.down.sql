DROP TABLE mailbox_mails, policy_rules, campaign_series, campaign_counters, conversions, tracked_links, messages, delivery_audience, deliveries, campaign_variants, campaigns, offer_codes, offers;
