DROP TABLE point_month_ends;
