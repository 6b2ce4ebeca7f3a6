package stage

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

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
	for _, step := range []struct {
		rows int
		sql  string
		args func() []any
	}{
		{len(c.rows), updateSQL, func() []any { return arrays(placeColumns, c.rows) }},
		{len(c.history), historySQL, func() []any { return arrays(historyColumns, c.history) }},
	} {
		if step.rows == 0 {
			continue
		}
		if _, err := q.Exec(ctx, step.sql, append([]any{pgx.QueryExecModeCacheStatement}, step.args()...)...); err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

// column is one that rows of R are written with: one array of all its values.
type column[R any] struct {
	name, kind string
	values     func([]R) any
}

func of[R, V any](name, kind string, value func(*R) V) column[R] {
	return column[R]{name, kind, func(rows []R) any {
		all := make([]V, len(rows))
		for i := range rows {
			all[i] = value(&rows[i])
		}
		return all
	}}
}

func arrays[R any](columns []column[R], rows []R) []any {
	all := make([]any, len(columns))
	for i, c := range columns {
		all[i] = c.values(rows)
	}
	return all
}

// table is columns as rows n in FROM: one statement however many rows there are.
func table[R any](columns []column[R]) string {
	names, kinds := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		names[i], kinds[i] = c.name, fmt.Sprintf("$%d::%s[]", i+1, c.kind)
	}
	return "unnest(" + strings.Join(kinds, ", ") + ") AS n (" + strings.Join(names, ", ") + ")"
}

// list is the names of columns, each as it stands in format.
func list[R any](columns []column[R], format string) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = fmt.Sprintf(format, c.name)
	}
	return strings.Join(names, ", ")
}

// placeColumns is what a placing writes of a member's row, after his id.
var placeColumns = []column[db.MemberStage]{
	of("customer_id", "bigint", func(m *db.MemberStage) int64 { return m.CustomerID }),
	of("stage_id", "bigint", func(m *db.MemberStage) int64 { return m.StageID }),
	of("earned_stage_id", "bigint", func(m *db.MemberStage) *int64 { return m.EarnedStageID }),
	of("since", "timestamptz", func(m *db.MemberStage) time.Time { return m.Since }),
	of("lost_on", "date", func(m *db.MemberStage) *time.Time { return m.LostOn }),
	of("by_hand_stage_id", "bigint", func(m *db.MemberStage) *int64 { return m.ByHandStageID }),
	of("by_hand_until", "date", func(m *db.MemberStage) *time.Time { return m.ByHandUntil }),
	of("spend", "bigint", func(m *db.MemberStage) int64 { return m.Spend }),
	of("orders", "bigint", func(m *db.MemberStage) int64 { return m.Orders }),
	of("points", "bigint", func(m *db.MemberStage) int64 { return m.Points }),
	of("next_stage_id", "bigint", func(m *db.MemberStage) *int64 { return m.NextStageID }),
	of("missing", "bigint", func(m *db.MemberStage) *int64 { return m.Missing }),
	of("missing_orders", "bigint", func(m *db.MemberStage) int64 { return m.MissingOrders }),
	of("missing_points", "bigint", func(m *db.MemberStage) int64 { return m.MissingPoints }),
	of("next_by", "date", func(m *db.MemberStage) *time.Time { return m.NextBy }),
	of("falls_to", "bigint", func(m *db.MemberStage) *int64 { return m.FallsTo }),
	of("falls_on", "date", func(m *db.MemberStage) *time.Time { return m.FallsOn }),
	of("keep_by", "date", func(m *db.MemberStage) *time.Time { return m.KeepBy }),
	of("keep_spend", "bigint", func(m *db.MemberStage) int64 { return m.KeepSpend }),
	of("keep_orders", "bigint", func(m *db.MemberStage) int64 { return m.KeepOrders }),
	of("keep_points", "bigint", func(m *db.MemberStage) int64 { return m.KeepPoints }),
	of("review_at", "timestamptz", func(m *db.MemberStage) *time.Time { return m.ReviewAt }),
	of("ladder_version", "bigint", func(m *db.MemberStage) int64 { return m.LadderVersion }),
}

var updateSQL = `UPDATE member_stages m SET ` + list(placeColumns[1:], "%[1]s = n.%[1]s") + `
	FROM ` + table(placeColumns) + ` WHERE m.customer_id = n.customer_id`

var historyColumns = []column[db.StageChange]{
	of("customer_id", "bigint", func(c *db.StageChange) int64 { return c.CustomerID }),
	of("from_stage", "bigint", func(c *db.StageChange) *int64 { return c.FromStage }),
	of("to_stage", "bigint", func(c *db.StageChange) int64 { return c.ToStage }),
	of("at", "timestamptz", func(c *db.StageChange) time.Time { return c.At }),
	of("reason", "text", func(c *db.StageChange) string { return c.Reason }),
	of("spend", "bigint", func(c *db.StageChange) int64 { return c.Spend }),
	of("orders", "bigint", func(c *db.StageChange) int64 { return c.Orders }),
	of("points", "bigint", func(c *db.StageChange) int64 { return c.Points }),
	of("note", "text", func(c *db.StageChange) string { return c.Note }),
	of("until", "date", func(c *db.StageChange) *time.Time { return c.Until }),
	of("actor_kind", "text", func(c *db.StageChange) string { return c.ActorKind }),
	of("actor_id", "bigint", func(c *db.StageChange) *int64 { return c.ActorID }),
}

// historySQL writes the changes, and the events that tell of them.
var historySQL = `WITH changed AS (
		INSERT INTO stage_changes (` + list(historyColumns, "%s") + `) SELECT ` + list(historyColumns, "n.%s") + ` FROM ` + table(historyColumns) + `
		RETURNING *)
	INSERT INTO events (customer_id, occurred_at, kind, ref_id, data)
	SELECT c.customer_id, c.at, 'stage.changed', c.to_stage, jsonb_build_object('from', f.code, 'to', t.code, 'reason', c.reason, 'spend', c.spend)
	FROM changed c JOIN stages t ON t.id = c.to_stage LEFT JOIN stages f ON f.id = c.from_stage
	WHERE c.from_stage IS NOT NULL OR c.reason = 'JOINED'`
