package stage

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

const settingsKey = "stages"

// Current is the ladder that holds, with its version: members who were placed by
// another are placed anew by the review.
type Current struct {
	Ladder
	Version int64
}

// stored is the value of the settings key.
type stored struct {
	Rules
	Version int64 `json:"version"`
}

// readLadder reads the stages and their rules; there is always one stage at least.
func readLadder(ctx context.Context, q querier) (*Current, error) {
	batch := &pgx.Batch{}
	batch.Queue(`SELECT id, code, name, position, spend_threshold, order_threshold, point_threshold, keep_spend, keep_orders, keep_points,
		window_months, point_multiplier, benefits FROM stages WHERE archived_at IS NULL ORDER BY position`)
	batch.Queue(`SELECT value FROM settings WHERE key = $1`, settingsKey)
	res := q.SendBatch(ctx, batch)
	rows, err := res.Query()
	if err != nil {
		return nil, errors.Join(db.Fault(err), res.Close())
	}
	stages, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[db.Stage])
	if err != nil {
		return nil, errors.Join(db.Fault(err), res.Close())
	}
	set := stored{Rules: DefaultRules()}
	var raw []byte
	err = res.QueryRow().Scan(&raw)
	if err == nil {
		err = json.Unmarshal(raw, &set)
	}
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return nil, errors.Join(db.Fault(err), res.Close())
	}
	if len(stages) == 0 {
		return nil, errors.Join(fault.New(fault.Internal, "the ladder has no stage"), res.Close())
	}
	current := &Current{Ladder: Ladder{Rules: set.Rules}, Version: set.Version}
	for _, row := range stages {
		current.Steps = append(current.Steps, StepOf(row))
	}
	return current, db.Fault(res.Close())
}

// StepOf is the step that a row stands for.
func StepOf(s db.Stage) Step {
	step := Step{
		ID: s.ID, Code: s.Code, Name: s.Name, Position: s.Position, WindowMonths: s.WindowMonths, Multiplier: s.PointMultiplier, Benefits: s.Benefits,
		Reach: Amounts{s.SpendThreshold, s.OrderThreshold, s.PointThreshold},
	}
	step.Keep = step.Reach
	for i, keep := range []*int64{s.KeepSpend, s.KeepOrders, s.KeepPoints} {
		if keep != nil {
			*[]*int64{&step.Keep.Spend, &step.Keep.Orders, &step.Keep.Points}[i] = *keep
		}
	}
	return step
}

// held is where a member stood before. A stage that was taken off the ladder
// counts as the lowest: he goes to what he has earned.
func (l *Current) held(m db.MemberStage) Held {
	id := m.StageID
	if m.EarnedStageID != nil {
		id = *m.EarnedStageID
	}
	var h Held
	h.At, _ = l.index(id)
	if m.LostOn != nil {
		h.LostOn = dayOfDate(*m.LostOn)
	}
	if m.ByHandStageID != nil {
		h.ByHand, _ = l.index(*m.ByHandStageID)
	}
	if m.ByHandUntil != nil {
		h.Until = dayOfDate(*m.ByHandUntil)
	}
	return h
}
