package stage

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// Told is the stage that a member had in a former system.
type Told struct {
	CustomerID int64
	Code       string
	Since      time.Time
	Until      time.Time // midnight UTC of the last day; zero: for good
}

// TakeTold gives members who have no stage here yet the one they had: as one
// given by hand until its last day, so that it stands whichever orders are still
// to come in, with its place in the history where it began. Stages that are not
// on the ladder, and days that have gone by, are passed over. Recompute, called
// after it, places the members.
func (s *Service) TakeTold(ctx context.Context, tx db.Tx, importID int64, told []Told) error {
	if len(told) == 0 {
		return nil
	}
	n := len(told)
	customers, codes, since, until := make([]int64, n), make([]string, n), make([]time.Time, n), make([]*time.Time, n)
	for i, t := range told {
		customers[i], codes[i], since[i] = t.CustomerID, t.Code, t.Since
		if !t.Until.IsZero() {
			until[i] = &t.Until
		}
	}
	return db.Fault(tx.Pgx(func(q pgx.Tx) error {
		_, err := q.Exec(ctx, toldSQL, customers, codes, since, until, DayOf(s.clock.Now(), s.zone).Start(time.UTC), importID)
		return err
	}))
}

const toldSQL = `WITH told AS (
		SELECT DISTINCT ON (t.customer_id) t.customer_id, g.id AS stage_id, t.since, (t.until AT TIME ZONE 'UTC')::date AS until
		FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::timestamptz[]) AS t (customer_id, code, since, until)
		JOIN stages g ON g.code = t.code AND g.archived_at IS NULL
		JOIN customers c ON c.id = t.customer_id AND c.member_since IS NOT NULL AND c.merged_into IS NULL
		WHERE t.until IS NULL OR t.until >= $5 ORDER BY t.customer_id, t.since DESC
	), placed AS (
		INSERT INTO member_stages (customer_id, stage_id, earned_stage_id, since, by_hand_stage_id, by_hand_until)
		SELECT customer_id, stage_id, (SELECT id FROM stages WHERE archived_at IS NULL ORDER BY position LIMIT 1), since, stage_id, until FROM told ORDER BY customer_id
		ON CONFLICT DO NOTHING RETURNING customer_id, stage_id, since, by_hand_until
	), changed AS (
		INSERT INTO stage_changes (customer_id, to_stage, at, reason, until, import_id)
		SELECT customer_id, stage_id, since, 'JOINED', by_hand_until, $6 FROM placed RETURNING customer_id, to_stage, at, reason
	)
	INSERT INTO events (customer_id, occurred_at, kind, ref_id, data)
	SELECT c.customer_id, c.at, 'stage.changed', c.to_stage, jsonb_build_object('from', NULL, 'to', g.code, 'reason', c.reason, 'spend', 0)
	FROM changed c JOIN stages g ON g.id = c.to_stage`

// Codes are the codes of the stages of the ladder.
func (s *Service) Codes(ctx context.Context) ([]string, error) {
	var codes []string
	err := s.db.NewRaw("SELECT code FROM stages WHERE archived_at IS NULL ORDER BY position").Scan(ctx, &codes)
	return codes, db.Fault(err)
}
