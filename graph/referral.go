package graph

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

// mineShown is how many of the friends he brought a member is shown.
const mineShown = 50

func (r *Resolver) referralPage(ctx context.Context, f referral.Filter, first int, after *string) (*model.ReferralConnection, error) {
	p, err := newPage[int64]("referrals:id:DESC", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Referrals.List(ctx, f, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(row *db.Referral) int64 { return row.ID })
	return model.NewReferrals(rows, cursors, info), nil
}

func (r *Resolver) referralsBy(ctx context.Context, customerID string, first int, after *string) (*model.ReferralConnection, error) {
	id, err := gid.Decode("Customer", customerID)
	if err != nil {
		return nil, err
	}
	return r.referralPage(ctx, referral.Filter{ReferrerID: &id}, first, after)
}

func (r *Resolver) referredBy(ctx context.Context, customerID string) (*model.Referral, error) {
	id, err := gid.Decode("Customer", customerID)
	if err != nil {
		return nil, err
	}
	rows, err := r.Referrals.List(ctx, referral.Filter{FriendID: &id}, 0, 1)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return model.NewReferral(rows[0]), nil
}

func (r *Resolver) referralCustomer(ctx context.Context, id int64) (*model.Customer, error) {
	row, err := loader.For(ctx).Customer(ctx, id)
	return r.withStats(ctx, &row, err)
}

func (r *Resolver) referralOrder(ctx context.Context, row *db.Referral) (*model.Order, error) {
	if row.OrderID == nil {
		return nil, nil
	}
	return orNull(r.order(ctx, row.CustomerID, *row.OrderID))
}

func (r *Resolver) referralFigures(ctx context.Context, from, to *time.Time) (*model.ReferralFigures, error) {
	bound := func(day *time.Time, days int) *time.Time {
		if day == nil {
			return nil
		}
		at := time.Date(day.Year(), day.Month(), day.Day()+days, 0, 0, 0, 0, r.Zone)
		return &at
	}
	f, err := r.Referrals.Figures(ctx, bound(from, 0), bound(to, 1))
	return model.NewReferralFigures(f, r.Referrals.Currency), err
}

func (r *Resolver) updateReferralSettings(ctx context.Context, in model.UpdateReferralSettingsInput) (*model.ReferralSettingsPayload, error) {
	set := in.Settings()
	wrong, err := userErrors(r.Referrals.ChangeSettings(ctx, set))
	if len(wrong) > 0 || err != nil {
		return &model.ReferralSettingsPayload{UserErrors: wrong}, err
	}
	return &model.ReferralSettingsPayload{Settings: model.NewReferralSettings(set), UserErrors: wrong}, nil
}

func (r *Resolver) sharedPage(ctx context.Context, code string) (*string, error) {
	page, err := r.Referrals.ShareURL(ctx, code, r.Origin)
	if page == "" {
		return nil, err
	}
	return &page, err
}

func decideReferral(ctx context.Context, in model.DecideReferralInput, decide func(ctx context.Context, id int64, note string) (*db.Referral, error)) (*model.ReferralPayload, error) {
	id, err := model.IDAt("id", "Referral", in.ID)
	if err != nil {
		return referralPayload(nil, err)
	}
	return referralPayload(decide(ctx, id, in.Note))
}

func (r *Resolver) recordReferral(ctx context.Context, in model.RecordReferralInput) (*model.ReferralPayload, error) {
	friend, err := model.IDAt("customerId", "Customer", in.CustomerID)
	if err != nil {
		return referralPayload(nil, err)
	}
	way := referral.ByAPI
	if access.From(ctx).Kind == access.ActorStaff {
		way = referral.ByStaff
	}
	return referralPayload(r.Referrals.Refer(ctx, nil, friend, in.Code, way))
}

func referralPayload(row *db.Referral, err error) (*model.ReferralPayload, error) {
	wrong, err := userErrors(err)
	if len(wrong) > 0 || err != nil {
		row = nil
	}
	return &model.ReferralPayload{Referral: model.NewReferral(row), UserErrors: wrong}, err
}

func (r *Resolver) useReferralCode(ctx context.Context, in model.UseReferralCodeInput) (*model.MyReferrals, error) {
	if err := access.Himself(ctx); err != nil {
		return nil, err
	}
	customer, err := r.self(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := r.Referrals.Refer(ctx, nil, customer, in.Code, referral.ByApp); err != nil {
		return nil, err
	}
	return r.myReferrals(ctx, customer)
}

// myReferrals is nil for who is no member, and where the merchant takes no codes.
func (r *Resolver) myReferrals(ctx context.Context, customer int64) (*model.MyReferrals, error) {
	set, err := r.Referrals.Settings(ctx)
	if err != nil || !set.Enabled {
		return nil, err
	}
	mine := &model.MyReferrals{MinAmount: set.MinAmount, Brought: []*model.MyReferral{}}
	if mine.Code, err = r.Referrals.Code(ctx, customer); err != nil {
		return nil, membersOnly(err)
	}
	if mine.ShareURL, err = r.sharedPage(ctx, mine.Code); err != nil {
		return nil, err
	}
	if mine.Points, err = r.Points.ActionPoints(ctx, points.ActionReferral); err != nil {
		return nil, err
	}
	if mine.FriendPoints, err = r.Points.ActionPoints(ctx, points.ActionReferred); err != nil {
		return nil, err
	}
	rows, err := r.Referrals.List(ctx, referral.Filter{ReferrerID: &customer}, 0, mineShown)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		mine.Brought = append(mine.Brought, model.NewMyReferral(row, r.Zone))
	}
	mine.UseCodeUntil, err = r.Referrals.UseUntil(ctx, customer)
	return mine, err
}
