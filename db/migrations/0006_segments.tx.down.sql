DROP TABLE segment_members, segments;
