ALTER TABLE customer_stats DROP COLUMN first_net_sales;
DROP INDEX messages_sent_idx, messages_opened_idx, messages_clicked_idx;
DROP TABLE write_keys, products, visitors, visitor_events, customer_behaviour, event_keys;
CREATE TABLE event_keys (
    dedupe_key text   NOT NULL,
    event_id   bigint NOT NULL,
    CONSTRAINT event_keys_pkey PRIMARY KEY (dedupe_key)
);
