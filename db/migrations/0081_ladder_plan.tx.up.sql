-- What a stage brings beside points, in the merchant's own words; and every
-- ladder that holds, held or is planned for a day to come.

ALTER TABLE stages
    ADD COLUMN benefits text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT stages_benefits_check CHECK (cardinality(benefits) <= 10);

CREATE TABLE stage_ladders (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    ladder       jsonb       NOT NULL,             -- stage.Ladder
    made_at      timestamptz NOT NULL,
    made_by      bigint,                           -- staff; NULL: nobody of the staff
    starts_on    date,                             -- the day it was planned for; NULL: it held at once
    held_from    timestamptz,                      -- NULL: not yet
    withdrawn_at timestamptz,                      -- a plan that was given up
    CONSTRAINT stage_ladders_pkey PRIMARY KEY (id),
    CONSTRAINT stage_ladders_standing_check CHECK ((held_from IS NOT NULL OR starts_on IS NOT NULL) AND (held_from IS NULL OR withdrawn_at IS NULL))
);
-- One plan at a time.
CREATE UNIQUE INDEX stage_ladders_planned_key ON stage_ladders ((true)) WHERE held_from IS NULL AND withdrawn_at IS NULL;

-- The ladder that holds now; since when is not known any more.
INSERT INTO stage_ladders (ladder, made_at, held_from)
SELECT jsonb_build_object('window', 'ROLLING', 'match', 'ANY', 'fall', 'TO_EARNED', 'review', 'DAILY', 'graceDays', 0)
        || coalesce((SELECT value - 'version' FROM settings WHERE key = 'stages'), '{}')
        || jsonb_build_object('Steps', jsonb_agg(jsonb_build_object('ID', id, 'Code', code, 'Name', name, 'Position', position,
            'Reach', jsonb_build_object('Spend', spend_threshold, 'Orders', order_threshold, 'Points', point_threshold),
            'Keep', jsonb_build_object('Spend', coalesce(keep_spend, spend_threshold), 'Orders', coalesce(keep_orders, order_threshold),
                'Points', coalesce(keep_points, point_threshold)),
            'WindowMonths', window_months, 'Multiplier', point_multiplier) ORDER BY position)),
    now(), now()
FROM stages WHERE archived_at IS NULL;
