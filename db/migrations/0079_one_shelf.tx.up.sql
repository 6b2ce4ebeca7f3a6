-- All that is kept of what is computed over everybody stands in one table; the
-- answers of crm/insight are had anew by its job.
DELETE FROM kept_answers;
ALTER TABLE kept_answers
    ADD COLUMN asked_at timestamptz NOT NULL, -- by somebody, to the minute
    ADD COLUMN took_ms  int         NOT NULL;
DROP TABLE insight_answers;
