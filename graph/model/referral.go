package model

import (
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/db"
)

// NewReferral maps a referral; nil stays nil.
func NewReferral(row *db.Referral) *Referral {
	if row == nil {
		return nil
	}
	r := &Referral{
		ID: gid.Encode("Referral", row.ID), Code: row.Code, Way: ReferralWay(row.Way), ReferredAt: row.ReferredAt, OrderBy: row.OrderBy,
		MinAmount: row.MinAmount, WaitDays: row.WaitDays, Status: ReferralStatus(row.Status), ChangedAt: row.ChangedAt, DueAt: row.DueAt,
		DecidedAt: row.DecidedAt, DecisionNote: row.DecisionNote, RewardedAt: row.RewardedAt, ReferrerPoints: row.ReferrerPoints, FriendPoints: row.FriendPoints,
		Flags: make([]ReferralFlag, len(row.Flags)), Row: row,
	}
	for i, f := range row.Flags {
		r.Flags[i] = ReferralFlag(f)
	}
	if row.Reason != "" {
		end := ReferralEnd(row.Reason)
		r.Reason = &end
	}
	return r
}

// NewReferrals maps a page of them.
func NewReferrals(rows []*db.Referral, cursors []string, info *PageInfo) *ReferralConnection {
	c := &ReferralConnection{Edges: make([]*ReferralEdge, len(rows)), PageInfo: info}
	for i, row := range rows {
		c.Edges[i] = &ReferralEdge{Cursor: cursors[i], Node: NewReferral(row)}
	}
	return c
}

// NewReferralSettings maps the settings.
func NewReferralSettings(s referral.Settings) *ReferralSettings {
	return &ReferralSettings{
		Enabled: s.Enabled, UseWithinDays: s.UseWithin, OrderWithinDays: s.OrderWithin, MinAmount: s.MinAmount, FirstOrder: s.FirstOrder,
		WaitDays: s.Wait, ShareURL: s.ShareURL,
	}
}

// Settings are what the input asks for.
func (in UpdateReferralSettingsInput) Settings() referral.Settings {
	return referral.Settings{
		Enabled: in.Enabled, UseWithin: in.UseWithinDays, OrderWithin: in.OrderWithinDays, MinAmount: in.MinAmount, FirstOrder: in.FirstOrder,
		Wait: in.WaitDays, ShareURL: in.ShareURL,
	}
}

// NewReferralFigures maps the figures, whose sales are in currency.
func NewReferralFigures(f referral.Figures, currency string) *ReferralFigures {
	return &ReferralFigures{
		Referred: f.Referred, Waiting: f.Waiting, Qualified: f.Qualified, Flagged: f.Flagged, Rewarded: f.Rewarded, TakenBack: f.TakenBack,
		Refused: f.Refused, Lapsed: f.Lapsed, Void: f.Void,
		Referrers: f.Referrers, ReferrerPoints: f.ReferrerPoints, FriendPoints: f.FriendPoints, Buyers: f.Friends, Sales: &Money{Amount: f.Sales, Currency: currency},
	}
}

// NewMyReferral maps a referral for who brought the friend: not who that is, nor why
// staff looks at it.
func NewMyReferral(row *db.Referral, zone *time.Location) *MyReferral {
	state := MyReferralStateEnded
	switch referral.Status(row.Status) {
	case referral.Waiting:
		state = MyReferralStateWaiting
	case referral.Qualified, referral.Flagged:
		state = MyReferralStateChecking
	case referral.Rewarded:
		state = MyReferralStateRewarded
	case referral.TakenBack:
		state = MyReferralStateTakenBack
	case referral.Refused, referral.Lapsed, referral.Void:
	}
	return &MyReferral{Month: row.ReferredAt.In(zone).Format("2006-01"), State: state, Points: row.ReferrerPoints}
}

// NewReferralFilter is what a list is narrowed by.
func NewReferralFilter(statuses []ReferralStatus, flags []ReferralFlag) (f referral.Filter) {
	for _, s := range statuses {
		f.Statuses = append(f.Statuses, referral.Status(s))
	}
	for _, one := range flags {
		f.Flags = append(f.Flags, referral.Flag(one))
	}
	return f
}
