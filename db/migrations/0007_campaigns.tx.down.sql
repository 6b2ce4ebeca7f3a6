DROP TABLE mailbox_mails, policy_rules, campaign_series, campaign_counters, conversions, tracked_links, messages, deliveries, campaign_variants, campaigns, offer_codes, offers;
