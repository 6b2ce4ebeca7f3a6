package model

import (
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
)

// NewStage maps a step of the ladder, whose amounts are in currency.
func NewStage(s *db.Stage, currency string) *Stage {
	return &Stage{
		ID: gid.Encode("Stage", s.ID), Code: s.Code, Name: s.Name, Position: s.Position,
		SpendThreshold: &Money{Amount: s.SpendThreshold, Currency: currency},
		OrderThreshold: s.OrderThreshold, PointThreshold: s.PointThreshold,
		Keep:         NewStageAmounts(stage.StepOf(*s).Keep),
		WindowMonths: s.WindowMonths, PointMultiplier: int(s.PointMultiplier), Benefits: s.Benefits,
	}
}

// NewStages maps the ladder.
func NewStages(rows []*db.Stage, currency string) []*Stage {
	list := make([]*Stage, len(rows))
	for i, row := range rows {
		list[i] = NewStage(row, currency)
	}
	return list
}

// NewStageAmounts maps what a stage asks for.
func NewStageAmounts(a stage.Amounts) *StageAmounts {
	return &StageAmounts{Spend: a.Spend, Orders: a.Orders, Points: a.Points}
}

// NewStageLadder maps the ladder with its rules; today is a day of the merchant.
func NewStageLadder(l *stage.Current, rows []*db.Stage, today stage.Day, currency string) *StageLadder {
	return &StageLadder{
		Stages: NewStages(rows, currency), Match: StageMatch(l.Match), Window: StageWindow(l.Window), Fall: StageFall(l.Fall),
		Review: StageReview(l.Rules.Review), GraceDays: l.GraceDays, Version: l.Version,
		NextReviewOn: l.NextReview(today).Start(time.UTC),
	}
}

// NewStageLadderRecord maps a ladder that holds, held or is planned; nil stays nil.
func NewStageLadderRecord(l *stage.HeldLadder) *StageLadderRecord {
	if l == nil {
		return nil
	}
	record := &StageLadderRecord{
		ID: gid.Encode("StageLadderRecord", l.ID), StartsOn: l.StartsOn, HeldFrom: l.HeldFrom, MadeAt: l.MadeAt, StaffRow: l.MadeBy,
		Stages: make([]*StageTerms, len(l.Ladder.Steps)), Match: StageMatch(l.Ladder.Match), Window: StageWindow(l.Ladder.Window),
		Fall: StageFall(l.Ladder.Fall), Review: StageReview(l.Ladder.Rules.Review), GraceDays: l.Ladder.GraceDays,
	}
	for i, step := range l.Ladder.Steps {
		record.Stages[i] = &StageTerms{
			Name: step.Name, Reach: NewStageAmounts(step.Reach), Keep: NewStageAmounts(step.Keep),
			WindowMonths: step.WindowMonths, PointMultiplier: int(step.Multiplier), Benefits: step.Benefits,
		}
		if step.ID != 0 {
			id := gid.Encode("Stage", step.ID)
			record.Stages[i].StageID = &id
		}
	}
	return record
}

// NewStageLadderRecords maps the ladders that held.
func NewStageLadderRecords(held []*stage.HeldLadder) []*StageLadderRecord {
	list := make([]*StageLadderRecord, len(held))
	for i, l := range held {
		list[i] = NewStageLadderRecord(l)
	}
	return list
}

// NewMemberStage maps where a member stands; nil (no member) stays nil.
func NewMemberStage(p *stage.Place, currency string) *MemberStage {
	if p == nil {
		return nil
	}
	m := &MemberStage{
		Stage: NewStage(&p.Stage, currency), Since: p.Since, Spend: &Money{Amount: p.Spend, Currency: currency}, Counts: NewStageAmounts(p.Amounts),
	}
	if p.Next != nil {
		m.Next = newNextStage(p.Next.Name, p.Missing, p.By)
	}
	if p.ByHand != nil {
		m.ByHand = &StageByHand{Until: p.ByHand.Until, Earned: NewStage(&p.ByHand.Earned, currency)}
	}
	if l := p.Loss; l != nil {
		m.Loss = &StageLoss{On: l.On, To: l.To.Name, Missing: NewStageAmounts(l.Missing), By: l.By}
	}
	return m
}

func newNextStage(name string, missing stage.Amounts, by time.Time) *NextStage {
	return &NextStage{Name: name, MissingAmount: missing.Spend, MissingOrders: missing.Orders, MissingPoints: missing.Points, By: by}
}

// NewStageHistory maps the history of a member's stage; stages are by id.
func NewStageHistory(rows []*db.StageChange, stages map[int64]*db.Stage, currency string) []*StageChange {
	list := make([]*StageChange, len(rows))
	for i, c := range rows {
		list[i] = &StageChange{
			ID: gid.EncodePair("StageChange", c.CustomerID, c.ID), At: c.At, To: NewStage(stages[c.ToStage], currency),
			Reason: StageReason(c.Reason), Counts: &StageAmounts{Spend: c.Spend, Orders: c.Orders, Points: c.Points},
			Note: c.Note, Until: c.Until, ActorKind: AuditActorKind(c.ActorKind),
		}
		if c.FromStage != nil {
			list[i].From = NewStage(stages[*c.FromStage], currency)
		}
	}
	return list
}

// NewStageTrial maps what a trial says; stages are by id.
func NewStageTrial(t *stage.Trial, stages map[int64]*db.Stage, currency string) *StageTrial {
	m := &StageTrial{Members: t.Members, Estimated: t.Estimated, PointsNow: t.PointsNow, PointsThen: t.PointsThen, Moves: make([]*StageMove, len(t.Moves))}
	for i, move := range t.Moves {
		m.Moves[i] = &StageMove{From: NewStage(stages[move.From], currency), To: move.To, Members: move.Members, Customers: move.Customers, CustomerIds: make([]string, len(move.Customers))}
		for at, id := range move.Customers {
			m.Moves[i].CustomerIds[at] = gid.Encode("Customer", id)
		}
	}
	return m
}

// Ladder is the ladder that the input describes.
func (in StageLadderInput) Ladder() (l stage.Ladder, err error) {
	l.Rules = stage.Rules{
		Window: stage.Window(in.Window), Match: stage.Match(in.Match), Fall: stage.Fall(in.Fall), Review: stage.Review(in.Review), GraceDays: in.GraceDays,
	}
	for i, s := range in.Stages {
		step := stage.Step{
			Name: s.Name, Position: i + 1, WindowMonths: s.WindowMonths, Multiplier: int64(s.PointMultiplier), Benefits: s.Benefits,
			Reach: stage.Amounts{Spend: s.Spend, Orders: s.Orders, Points: s.Points},
		}
		step.Keep = stage.Amounts{Spend: orElse(s.KeepSpend, s.Spend), Orders: orElse(s.KeepOrders, s.Orders), Points: orElse(s.KeepPoints, s.Points)}
		if s.ID != nil {
			if step.ID, err = idAt("stages.id", "Stage", *s.ID); err != nil {
				return l, err
			}
		}
		l.Steps = append(l.Steps, step)
	}
	return l, nil
}

func orElse(v *int64, otherwise int64) int64 {
	if v == nil {
		return otherwise
	}
	return *v
}

// Request is what the input asks for.
func (in GiveStageInput) Request() (r stage.GiveRequest, err error) {
	r = stage.GiveRequest{Until: in.Until, Note: in.Reason}
	if r.CustomerID, err = idAt("customerId", "Customer", in.CustomerID); err == nil {
		r.StageID, err = idAt("stageId", "Stage", in.StageID)
	}
	return r, err
}

// Customer is whose stage is taken back.
func (in TakeBackStageInput) Customer() (int64, error) {
	return idAt("customerId", "Customer", in.CustomerID)
}
