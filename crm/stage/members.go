package stage

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

const memberColumns = `customer_id, stage_id, earned_stage_id, since, lost_on, by_hand_stage_id, by_hand_until, spend, orders, points,
	next_stage_id, missing, missing_orders, missing_points, next_by, falls_to, falls_on, keep_by, keep_spend, keep_orders, keep_points, review_at, ladder_version`

// member is a locked row of member_stages.
type member struct {
	db.MemberStage
	Merged bool   // the customer is merged into another
	fresh  string // why the row was made or taken over now; "" when it was there
	byHand bool   // what was given by hand has just been changed in it
}

// lock makes the missing rows of members, on the lowest stage, and locks all. A
// second transaction with the same member waits here, and then reads the orders
// that the first has written. Who was parted has the row again that he had when
// he was merged; who is merged gives his to the survivor.
func (s *Service) lock(ctx context.Context, q querier, customerIDs []int64, ladder *Current) ([]member, error) {
	members, err := s.lockRows(ctx, q, customerIDs, ladder)
	if err != nil || !slices.ContainsFunc(members, func(m member) bool { return m.Merged }) {
		return members, err
	}
	if err := absorb(ctx, q, customerIDs); err != nil {
		return nil, err
	}
	after, err := s.lockRows(ctx, q, customerIDs, ladder)
	for i := range after { // who has taken another's standing is told by the reason
		if before := find(members, after[i].CustomerID); before != nil {
			after[i].fresh = before.fresh
			if before.fresh == "" {
				after[i].fresh = ReasonMerge
			}
		}
	}
	return after, err
}

func find(members []member, customer int64) *member {
	if i := slices.IndexFunc(members, func(m member) bool { return m.CustomerID == customer }); i >= 0 {
		return &members[i]
	}
	return nil
}

func (s *Service) lockRows(ctx context.Context, q querier, customerIDs []int64, ladder *Current) ([]member, error) {
	batch := &pgx.Batch{}
	batch.Queue(partSQL, customerIDs)
	// Who was a member by a merge only, and was parted.
	batch.Queue(`DELETE FROM member_stages m USING customers c
		WHERE m.customer_id = ANY($1::bigint[]) AND c.id = m.customer_id AND c.member_since IS NULL AND c.merged_into IS NULL`, customerIDs)
	batch.Queue(`INSERT INTO member_stages (customer_id, stage_id, since)
		SELECT id, $2, $3 FROM customers WHERE id = ANY($1::bigint[]) AND member_since IS NOT NULL AND merged_into IS NULL ORDER BY id
		ON CONFLICT DO NOTHING RETURNING customer_id`, customerIDs, ladder.Steps[0].ID, s.clock.Now())
	batch.Queue(`SELECT `+memberColumns+`, EXISTS (SELECT FROM customers c WHERE c.id = customer_id AND c.merged_into IS NOT NULL) AS merged
		FROM member_stages WHERE customer_id = ANY($1::bigint[]) ORDER BY customer_id FOR UPDATE`, customerIDs)
	res := q.SendBatch(ctx, batch)
	parted, err := ids(res)
	if err != nil {
		return nil, errors.Join(err, res.Close())
	}
	if _, err := res.Exec(); err != nil {
		return nil, errors.Join(db.Fault(err), res.Close())
	}
	joined, err := ids(res)
	if err != nil {
		return nil, errors.Join(err, res.Close())
	}
	var members []member
	rows, err := res.Query()
	if err == nil {
		members, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[member])
	}
	for i := range members {
		switch id := members[i].CustomerID; {
		case slices.Contains(joined, id):
			members[i].fresh = ReasonJoined
		case slices.Contains(parted, id):
			members[i].fresh = ReasonMergeUndone
		}
	}
	return members, errors.Join(db.Fault(err), db.Fault(res.Close()))
}

func ids(res pgx.BatchResults) ([]int64, error) {
	rows, err := res.Query()
	if err != nil {
		return nil, db.Fault(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	return list, db.Fault(err)
}

// partSQL puts back those who are not merged any more, and their survivors: what
// the survivor had of the other goes, what he was given since stays.
const partSQL = `WITH parted AS (
		DELETE FROM stage_merges m USING customers c WHERE m.customer_id = ANY($1::bigint[]) AND c.id = m.customer_id AND c.merged_into IS NULL RETURNING m.*
	), survivors AS (
		UPDATE member_stages s SET earned_stage_id = p.to_earned_stage_id, lost_on = p.to_lost_on,
			by_hand_stage_id = CASE WHEN given.over THEN p.to_by_hand_stage_id ELSE s.by_hand_stage_id END,
			by_hand_until = CASE WHEN given.over THEN p.to_by_hand_until ELSE s.by_hand_until END
		FROM parted p, LATERAL (SELECT s.by_hand_stage_id = p.by_hand_stage_id AND s.by_hand_until IS NOT DISTINCT FROM p.by_hand_until AS over
			FROM member_stages s WHERE s.customer_id = p.to_id) given
		WHERE s.customer_id = p.to_id RETURNING s.customer_id
	), back AS (
		INSERT INTO member_stages (customer_id, stage_id, earned_stage_id, since, lost_on, by_hand_stage_id, by_hand_until)
		SELECT customer_id, stage_id, coalesce(earned_stage_id, stage_id), since, lost_on, by_hand_stage_id, by_hand_until FROM parted
		ON CONFLICT DO NOTHING RETURNING customer_id
	)
	SELECT customer_id FROM survivors UNION ALL SELECT customer_id FROM back`

// absorb gives the standing of those who are merged to their survivors, where it
// is the better one, and keeps what both had.
func absorb(ctx context.Context, q querier, customerIDs []int64) error {
	_, err := q.Exec(ctx, `WITH gone AS (
			DELETE FROM member_stages m USING customers c WHERE m.customer_id = ANY($1::bigint[]) AND c.id = m.customer_id AND c.merged_into IS NOT NULL
			RETURNING m.*, c.merged_into AS to_id
		), pairs AS (
			SELECT g.*, coalesce(g.earned_stage_id, g.stage_id) AS earned, coalesce(s.earned_stage_id, s.stage_id) AS to_earned,
				s.lost_on AS to_lost_on, s.by_hand_stage_id AS to_by_hand, s.by_hand_until AS to_until
			FROM gone g JOIN member_stages s ON s.customer_id = g.to_id
		), better AS (
			SELECT p.*, ge.position > se.position AS higher, coalesce(gh.position, 0) > coalesce(sh.position, 0) AS higher_by_hand
			FROM pairs p JOIN stages ge ON ge.id = p.earned JOIN stages se ON se.id = p.to_earned
				LEFT JOIN stages gh ON gh.id = p.by_hand_stage_id LEFT JOIN stages sh ON sh.id = p.to_by_hand
		), kept AS (
			INSERT INTO stage_merges (customer_id, to_id, stage_id, earned_stage_id, since, lost_on, by_hand_stage_id, by_hand_until,
				to_earned_stage_id, to_lost_on, to_by_hand_stage_id, to_by_hand_until)
			SELECT customer_id, to_id, stage_id, earned_stage_id, since, lost_on, by_hand_stage_id, by_hand_until, to_earned, to_lost_on, to_by_hand, to_until FROM better
		)
		UPDATE member_stages s SET
			earned_stage_id = CASE WHEN b.higher THEN b.earned ELSE b.to_earned END,
			lost_on = CASE WHEN b.higher THEN b.lost_on ELSE s.lost_on END,
			by_hand_stage_id = CASE WHEN b.higher_by_hand THEN b.by_hand_stage_id ELSE s.by_hand_stage_id END,
			by_hand_until = CASE WHEN b.higher_by_hand THEN b.by_hand_until ELSE s.by_hand_until END
		FROM better b WHERE s.customer_id = b.to_id`, customerIDs)
	return db.Fault(err)
}
