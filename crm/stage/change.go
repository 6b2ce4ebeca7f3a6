package stage

import (
	"context"
	"encoding/json"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// changes gathers what a placing of many members writes.
type changes struct {
	now     time.Time
	zone    *time.Location
	version int64 // of the ladder

	rows    []db.MemberStage
	history []db.StageChange
}

// add places m at st; a row that stays as it is is not written.
func (c *changes) add(m member, st Standing, ladder *Current, because why) {
	row := c.row(m.MemberStage, st, ladder)
	change := db.StageChange{
		CustomerID: m.CustomerID, ToStage: st.Step.ID, At: c.now, Reason: because.reason, Note: because.note, Until: because.until,
		Spend: st.Counts.Spend, Orders: st.Counts.Orders, Points: st.Counts.Points, ActorKind: because.actorKind, ActorID: because.actorID,
	}
	switch {
	case m.fresh != "":
		change.Reason = m.fresh
	case because.reason != ReasonStaff && m.LadderVersion != c.version:
		change.Reason = ReasonLadder
	}
	if change.ActorKind == "" {
		change.ActorKind = "SYSTEM"
	}
	if m.StageID != st.Step.ID && m.fresh != ReasonJoined {
		change.FromStage = &m.StageID
		row.Since = c.now
	}
	if change.FromStage != nil || m.fresh == ReasonJoined || because.reason == ReasonStaff {
		c.history = append(c.history, change)
	}
	if m.byHand || !reflect.DeepEqual(row, m.MemberStage) {
		c.rows = append(c.rows, row)
	}
}

// row is the row of a member with the standing st.
func (c *changes) row(row db.MemberStage, st Standing, ladder *Current) db.MemberStage {
	row.StageID, row.EarnedStageID, row.LadderVersion = st.Step.ID, nil, c.version
	row.LostOn, row.ReviewAt = dateOf(st.LostOn), nil
	if st.ByHand {
		row.EarnedStageID = &ladder.Steps[st.Earned].ID
	}
	if row.ByHandUntil != nil && DayOf(*row.ByHandUntil, time.UTC).Before(DayOf(c.now, c.zone)) {
		row.ByHandStageID, row.ByHandUntil = nil, nil
	}
	row.Spend, row.Orders, row.Points = st.Counts.Spend, st.Counts.Orders, st.Counts.Points
	row.NextStageID, row.Missing, row.NextBy, row.MissingOrders, row.MissingPoints = nil, nil, nil, 0, 0
	if st.Next != nil {
		row.NextStageID, row.Missing = &st.Next.ID, &st.Missing.Spend
		row.MissingOrders, row.MissingPoints = st.Missing.Orders, st.Missing.Points
		if !st.Open || ladder.Window != WindowRolling {
			row.NextBy = dateOf(st.By)
		}
	}
	row.FallsTo, row.FallsOn, row.KeepBy, row.KeepSpend, row.KeepOrders, row.KeepPoints = nil, nil, nil, 0, 0, 0
	if l := st.Loss; l != nil {
		row.FallsTo, row.FallsOn, row.KeepBy = &l.To.ID, dateOf(l.On), dateOf(l.By)
		row.KeepSpend, row.KeepOrders, row.KeepPoints = l.Missing.Spend, l.Missing.Orders, l.Missing.Points
	}
	if st.Review != (Day{}) {
		at := st.Review.Start(c.zone)
		row.ReviewAt = &at
	}
	return row
}

// dateOf is a day as midnight UTC, which is how dates come from the database.
func dateOf(d Day) *time.Time {
	if d == (Day{}) {
		return nil
	}
	t := d.Start(time.UTC)
	return &t
}

func (c *changes) write(ctx context.Context, q querier) error {
	batch := &pgx.Batch{}
	if err := c.queue(batch, len(c.rows), c.rows, updateSQL); err != nil {
		return err
	}
	if err := c.queue(batch, len(c.history), c.history, historySQL); err != nil {
		return err
	}
	if batch.Len() == 0 {
		return nil
	}
	return db.Fault(q.SendBatch(ctx, batch).Close())
}

// queue adds a statement that takes rows as one JSON argument: one statement per
// table however many there are.
func (c *changes) queue(batch *pgx.Batch, n int, rows any, sql string) error {
	if n == 0 {
		return nil
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "stages cannot be written")
	}
	batch.Queue(sql, string(raw))
	return nil
}

// The names in JSON are those of the fields; dates come as midnight UTC.
const updateSQL = `UPDATE member_stages m SET stage_id = n."StageID", earned_stage_id = n."EarnedStageID", since = n."Since",
		lost_on = (n."LostOn" AT TIME ZONE 'UTC')::date, by_hand_stage_id = n."ByHandStageID", by_hand_until = (n."ByHandUntil" AT TIME ZONE 'UTC')::date,
		spend = n."Spend", orders = n."Orders", points = n."Points", next_stage_id = n."NextStageID", missing = n."Missing",
		missing_orders = n."MissingOrders", missing_points = n."MissingPoints", next_by = (n."NextBy" AT TIME ZONE 'UTC')::date,
		falls_to = n."FallsTo", falls_on = (n."FallsOn" AT TIME ZONE 'UTC')::date, keep_by = (n."KeepBy" AT TIME ZONE 'UTC')::date,
		keep_spend = n."KeepSpend", keep_orders = n."KeepOrders", keep_points = n."KeepPoints", review_at = n."ReviewAt", ladder_version = n."LadderVersion"
	FROM json_to_recordset($1::text::json) AS n ("CustomerID" bigint, "StageID" bigint, "EarnedStageID" bigint, "Since" timestamptz, "LostOn" timestamptz,
		"ByHandStageID" bigint, "ByHandUntil" timestamptz, "Spend" bigint, "Orders" bigint, "Points" bigint, "NextStageID" bigint, "Missing" bigint,
		"MissingOrders" bigint, "MissingPoints" bigint, "NextBy" timestamptz, "FallsTo" bigint, "FallsOn" timestamptz, "KeepBy" timestamptz,
		"KeepSpend" bigint, "KeepOrders" bigint, "KeepPoints" bigint, "ReviewAt" timestamptz, "LadderVersion" bigint)
	WHERE m.customer_id = n."CustomerID"`

// historySQL writes the changes, and the events that tell of them.
const historySQL = `WITH changed AS (
		INSERT INTO stage_changes (customer_id, from_stage, to_stage, at, reason, spend, orders, points, note, until, actor_kind, actor_id)
		SELECT n."CustomerID", n."FromStage", n."ToStage", n."At", n."Reason", n."Spend", n."Orders", n."Points", n."Note",
			(n."Until" AT TIME ZONE 'UTC')::date, n."ActorKind", n."ActorID"
		FROM json_to_recordset($1::text::json) AS n ("CustomerID" bigint, "FromStage" bigint, "ToStage" bigint, "At" timestamptz, "Reason" text,
			"Spend" bigint, "Orders" bigint, "Points" bigint, "Note" text, "Until" timestamptz, "ActorKind" text, "ActorID" bigint)
		RETURNING *)
	INSERT INTO events (customer_id, occurred_at, kind, ref_id, data)
	SELECT c.customer_id, c.at, 'stage.changed', c.to_stage, jsonb_build_object('from', f.code, 'to', t.code, 'reason', c.reason, 'spend', c.spend)
	FROM changed c JOIN stages t ON t.id = c.to_stage LEFT JOIN stages f ON f.id = c.from_stage
	WHERE c.from_stage IS NOT NULL OR c.reason = 'JOINED'`
