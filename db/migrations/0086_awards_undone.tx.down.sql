DROP TABLE point_awards_undone;
