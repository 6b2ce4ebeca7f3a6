package stage

import (
	"context"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// changes gathers what a placing of many members writes.
type changes struct {
	rows    []db.MemberStage
	history []db.StageChange
}

// add places m at st; a row that stays as it is is not written.
func (c *changes) add(m member, st Standing, now time.Time, zone *time.Location, reason string) {
	row := m.MemberStage
	row.Spend, row.NextStageID, row.Missing, row.NextBy, row.ReviewAt = st.Spend, nil, nil, nil, nil
	if st.Next != nil {
		row.NextStageID, row.Missing = &st.Next.ID, &st.Missing
		if !st.Open {
			by := st.By.Start(time.UTC)
			row.NextBy = &by
		}
	}
	if st.Review != (Day{}) {
		at := st.Review.Start(zone)
		row.ReviewAt = &at
	}
	change := db.StageChange{CustomerID: m.CustomerID, ToStage: st.Step.ID, At: now, Reason: reason, Spend: st.Spend}
	switch {
	case m.New:
		change.Reason = ReasonJoined
	case m.StageID != st.Step.ID:
		change.FromStage = &m.StageID
		row.Since = now
	}
	row.StageID = st.Step.ID
	if m.New || change.FromStage != nil {
		c.history = append(c.history, change)
	}
	if !reflect.DeepEqual(row, m.MemberStage) {
		c.rows = append(c.rows, row)
	}
}

func (c *changes) write(ctx context.Context, q querier) error {
	batch := &pgx.Batch{}
	c.queueRows(batch)
	c.queueHistory(batch)
	if batch.Len() == 0 {
		return nil
	}
	return db.Fault(q.SendBatch(ctx, batch).Close())
}

func (c *changes) queueRows(batch *pgx.Batch) {
	if len(c.rows) == 0 {
		return
	}
	var customer, stage, spend []int64
	var next, missing []*int64
	var since []time.Time
	var by, review []*time.Time
	for _, r := range c.rows {
		customer, stage, spend = append(customer, r.CustomerID), append(stage, r.StageID), append(spend, r.Spend)
		next, missing = append(next, r.NextStageID), append(missing, r.Missing)
		since, by, review = append(since, r.Since), append(by, r.NextBy), append(review, r.ReviewAt)
	}
	batch.Queue(`UPDATE member_stages m SET stage_id = n.stage_id, since = n.since, spend = n.spend,
			next_stage_id = n.next_stage_id, missing = n.missing, next_by = (n.next_by AT TIME ZONE 'UTC')::date, review_at = n.review_at
		FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::bigint[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::timestamptz[])
			AS n (customer_id, stage_id, since, spend, next_stage_id, missing, next_by, review_at)
		WHERE m.customer_id = n.customer_id`, customer, stage, since, spend, next, missing, by, review)
}

// queueHistory writes the changes, and the events that tell of them.
func (c *changes) queueHistory(batch *pgx.Batch) {
	if len(c.history) == 0 {
		return
	}
	var customer, to, spend []int64
	var from []*int64
	var at []time.Time
	var reason []string
	for _, h := range c.history {
		customer, from, to = append(customer, h.CustomerID), append(from, h.FromStage), append(to, h.ToStage)
		at, reason, spend = append(at, h.At), append(reason, h.Reason), append(spend, h.Spend)
	}
	batch.Queue(`WITH changed AS (
			INSERT INTO stage_changes (customer_id, from_stage, to_stage, at, reason, spend)
			SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[], $6::bigint[])
			RETURNING *)
		INSERT INTO events (customer_id, occurred_at, kind, ref_id, data)
		SELECT c.customer_id, c.at, 'stage.changed', c.to_stage, jsonb_build_object('from', f.code, 'to', t.code, 'reason', c.reason, 'spend', c.spend)
		FROM changed c JOIN stages t ON t.id = c.to_stage LEFT JOIN stages f ON f.id = c.from_stage`, customer, from, to, at, reason, spend)
}
