-- What was not kept cannot be put back; the keys stay as they are, and unique.
SELECT 1;
