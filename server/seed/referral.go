package seed

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/db"
)

// How the merchant's members bring friends: it began so many days ago, and so many
// friends at most have come since.
const (
	referralsBegan  = 110
	referralOrderBy = 60
	mostBrought     = 24
	mostBroughtBy   = 6
)

// refer lets members bring friends since a while ago, and staff look at two of those
// that look odd.
func (s *story) refer(ctx context.Context) error {
	defer func(at time.Time) { s.Clock.T = at }(s.Clock.T)
	if err := s.takeCodes(ctx); err != nil {
		return err
	}
	if err := s.bring(ctx); err != nil {
		return err
	}
	for _, before := range []int{30, 0} { // what is cancelled in between leads nowhere
		s.Clock.T = s.day(before)
		if _, err := s.Referrals.Advance(ctx); err != nil {
			return err
		}
	}
	flagged, err := s.Referrals.List(ctx, referral.Filter{Statuses: []referral.Status{referral.Flagged}}, 0, 2)
	if err != nil {
		return err
	}
	for i, row := range flagged {
		if i == 0 {
			_, err = s.Referrals.Refuse(ctx, row.ID, "以前からのお客様のため")
		} else {
			_, err = s.Referrals.Approve(ctx, row.ID, "お電話で確認しました")
		}
		if err != nil {
			return err
		}
	}
	_, err = s.Referrals.Advance(ctx)
	return err
}

// takeCodes makes the rules of referrals and switches them on.
func (s *story) takeCodes(ctx context.Context) error {
	s.Clock.T = s.day(referralsBegan)
	desk := points.Desk{Service: s.Points}
	for _, r := range []points.EarnRule{
		{Name: "お友だちを紹介した方に", Kind: points.EarnAction, Action: points.ActionReferral, Points: 500, Caps: points.Caps{Person: 3000}},
		{Name: "紹介で入会した方に", Kind: points.EarnAction, Action: points.ActionReferred, Points: 300},
	} {
		if _, err := desk.CreateRule(ctx, r); err != nil {
			return err
		}
	}
	set := referral.DefaultSettings()
	set.Enabled, set.MinAmount, set.OrderWithin = true, 1000, referralOrderBy
	return s.Referrals.ChangeSettings(ctx, set)
}

// bring lets those who joined lately say who sent them: the members who were there first.
func (s *story) bring(ctx context.Context) error {
	var old []int64
	var friends []struct {
		ID          int64
		MemberSince time.Time
	}
	err := s.DB.NewRaw(`SELECT id FROM customers WHERE member_since < ? AND merged_into IS NULL ORDER BY member_since, id LIMIT ?`, s.day(referralsBegan), mostBroughtBy).Scan(ctx, &old)
	if err == nil {
		err = s.DB.NewRaw(`SELECT id, member_since FROM customers WHERE member_since >= ? AND merged_into IS NULL ORDER BY member_since, id LIMIT ?`, s.day(referralsBegan-1), mostBrought).Scan(ctx, &friends)
	}
	if err != nil || len(old) == 0 {
		return db.Fault(err)
	}
	for i, f := range friends {
		s.Clock.T = f.MemberSince.Add(time.Minute)
		code, err := s.Referrals.Code(ctx, old[i%len(old)])
		if err != nil {
			return err
		}
		way := []referral.Way{referral.ByApp, referral.ByLink, referral.ByForm}[i%3]
		if _, err := s.Referrals.Refer(ctx, nil, f.ID, code, way); err != nil && !fault.Is(err, fault.Precondition) {
			return err
		}
	}
	return nil
}
