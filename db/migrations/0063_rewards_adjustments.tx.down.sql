DROP TABLE point_adjustment_lines, point_adjustments, reward_exchanges, rewards;
