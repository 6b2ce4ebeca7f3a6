package model

import (
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/member"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
)

// NewStage maps a step of the ladder, whose amounts are in currency.
func NewStage(s *db.Stage, currency string) *Stage {
	return &Stage{
		ID: gid.Encode("Stage", s.ID), Code: s.Code, Name: s.Name, Position: s.Position,
		SpendThreshold: &Money{Amount: s.SpendThreshold, Currency: currency},
		WindowMonths:   s.WindowMonths, PointMultiplier: int(s.PointMultiplier),
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

// NewMemberStage maps where a member stands; nil (no member) stays nil.
func NewMemberStage(p *stage.Place, currency string) *MemberStage {
	if p == nil {
		return nil
	}
	m := &MemberStage{Stage: NewStage(&p.Stage, currency), Since: p.Since, Spend: &Money{Amount: p.Spend, Currency: currency}}
	if p.Next != nil {
		m.Next = &NextStage{Name: p.Next.Name, MissingAmount: p.Missing, By: p.By}
	}
	return m
}

// NewMe maps a member as he sees himself; days are those of zone.
func NewMe(s member.Self, zone *time.Location) *Me {
	me := &Me{Points: NewPointBalance(s.Points, zone)}
	if s.Stage != nil {
		me.Stage = &MyStage{Name: s.Stage.Name, Since: s.Stage.Since}
		if n := s.Stage.Next; n != nil {
			me.Stage.Next = &NextStage{Name: n.Name, MissingAmount: n.Missing, By: n.By}
		}
	}
	return me
}
