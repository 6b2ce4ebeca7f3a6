DROP TABLE event_keys, events, customer_mall_stats, customer_stats, order_lines, orders, order_keys;
