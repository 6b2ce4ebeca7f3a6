package stage

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// Forgotten is a stage that an import had told and that is no longer in the
// history.
type Forgotten struct {
	CustomerID int64
	Holder     int64 // who the customer is now, where it was merged
	StageID    int64
	Until      *time.Time // as midnight UTC of the last day; nil: for good
}

// ForgetTold takes out of the history, and out of the events, what TakeTold wrote
// of these customers with an import. Of who is no member any more the whole
// history goes: it followed from a membership that never was.
//
// It locks no place on the ladder, so that the ledger, which looks up in the
// history how much a member earned, can follow before DropTold does.
func (s *Service) ForgetTold(ctx context.Context, tx db.Tx, importID int64, customers []int64) (forgotten []Forgotten, err error) {
	if len(customers) == 0 {
		return nil, nil
	}
	return forgotten, db.Fault(tx.Pgx(func(q pgx.Tx) error {
		rows, err := q.Query(ctx, forgetSQL, importID, customers)
		if err != nil {
			return err
		}
		forgotten, err = pgx.CollectRows(rows, pgx.RowToStructByName[Forgotten])
		return err
	}))
}

const forgetSQL = `WITH RECURSIVE who AS (
		SELECT unnest($2::bigint[]) AS told, unnest($2::bigint[]) AS id
		UNION SELECT w.told, c.merged_into FROM who w JOIN customers c ON c.id = w.id WHERE c.merged_into IS NOT NULL
	), holders AS (
		SELECT w.told, c.id AS holder, c.member_since IS NULL AND w.told = c.id AS never FROM who w JOIN customers c ON c.id = w.id WHERE c.merged_into IS NULL
	), gone AS (
		DELETE FROM stage_changes h USING holders o WHERE h.customer_id = ANY ($2::bigint[]) AND o.told = h.customer_id AND (h.import_id = $1 OR o.never)
		RETURNING h.customer_id, o.holder, h.to_stage, h.at, h.until, h.import_id
	), silenced AS (
		DELETE FROM events e USING gone g, who w WHERE w.told = g.customer_id AND e.customer_id = w.id AND e.kind = 'stage.changed'
			AND e.occurred_at = g.at AND e.ref_id = g.to_stage
	)
	SELECT customer_id, holder, to_stage AS stage_id, until FROM gone WHERE import_id = $1`

// DropTold takes the stages themselves back, also where a merge has carried them
// on or keeps them for its undoing: who stands on one stands again where his
// purchases put him. Recompute, called after it, places him.
func (s *Service) DropTold(ctx context.Context, tx db.Tx, forgotten []Forgotten) error {
	if len(forgotten) == 0 {
		return nil
	}
	n := len(forgotten)
	customers, stages, until := make([]int64, n), make([]int64, n), make([]*time.Time, n)
	for i, f := range forgotten {
		customers[i], stages[i], until[i] = f.CustomerID, f.StageID, f.Until
	}
	return db.Fault(tx.Pgx(func(q pgx.Tx) error {
		batch := &pgx.Batch{}
		for _, sql := range dropSteps {
			batch.Queue(toldOnes+sql, customers, stages, until)
		}
		return q.SendBatch(ctx, batch).Close()
	}))
}

// toldOnes is who had a stage told ($1, $2, $3), and whoever they were merged into.
const toldOnes = `WITH RECURSIVE told AS (
		SELECT id, stage_id, (until AT TIME ZONE 'UTC')::date AS until FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) AS t (id, stage_id, until)
		UNION SELECT c.merged_into, t.stage_id, t.until FROM told t JOIN customers c ON c.id = t.id WHERE c.merged_into IS NOT NULL
	)`

var dropSteps = []string{
	` SELECT FROM member_stages m WHERE m.customer_id IN (SELECT id FROM told) ORDER BY m.customer_id FOR UPDATE`,
	` UPDATE stage_merges m SET stage_id = coalesce(m.earned_stage_id, m.stage_id), by_hand_stage_id = NULL, by_hand_until = NULL
		FROM told t WHERE m.customer_id = t.id AND m.by_hand_stage_id = t.stage_id AND m.by_hand_until IS NOT DISTINCT FROM t.until`,
	` UPDATE stage_merges m SET to_by_hand_stage_id = NULL, to_by_hand_until = NULL
		FROM told t WHERE m.to_id = t.id AND m.to_by_hand_stage_id = t.stage_id AND m.to_by_hand_until IS NOT DISTINCT FROM t.until`,
	` UPDATE member_stages m SET stage_id = coalesce(m.earned_stage_id, m.stage_id), by_hand_stage_id = NULL, by_hand_until = NULL,
			since = coalesce((SELECT c.member_since FROM customers c WHERE c.id = m.customer_id), m.since)
		FROM told t WHERE m.customer_id = t.id AND m.by_hand_stage_id = t.stage_id AND m.by_hand_until IS NOT DISTINCT FROM t.until`,
	// Who goes on as a member has begun on the lowest stage.
	`, begun AS (
			INSERT INTO stage_changes (customer_id, to_stage, at, reason)
			SELECT c.id, (SELECT id FROM stages WHERE archived_at IS NULL ORDER BY position LIMIT 1), c.member_since, 'JOINED'
			FROM customers c WHERE c.id IN (SELECT id FROM told) AND c.member_since IS NOT NULL AND c.merged_into IS NULL
				AND NOT EXISTS (SELECT FROM stage_changes h WHERE h.customer_id = c.id)
			RETURNING customer_id, to_stage, at, reason)
		INSERT INTO events (customer_id, occurred_at, kind, ref_id, data)
		SELECT b.customer_id, b.at, 'stage.changed', b.to_stage, jsonb_build_object('from', NULL, 'to', g.code, 'reason', b.reason, 'spend', 0)
		FROM begun b JOIN stages g ON g.id = b.to_stage`,
}
