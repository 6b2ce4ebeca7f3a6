CREATE TABLE insight_answers (
    report   text        NOT NULL,
    period   int         NOT NULL,
    within   int         NOT NULL,
    day      date        NOT NULL,
    as_of    timestamptz NOT NULL,
    took_ms  int         NOT NULL,
    asked_at timestamptz NOT NULL,
    answer   json        NOT NULL,
    CONSTRAINT insight_answers_pkey PRIMARY KEY (report, period, within)
);
DELETE FROM kept_answers;
ALTER TABLE kept_answers
    DROP COLUMN asked_at,
    DROP COLUMN took_ms;
