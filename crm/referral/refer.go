package referral

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// Way is how a friend said who sent him.
type Way string

// The ways.
const (
	ByForm  Way = "FORM" // typed into a sign-up form
	ByLink  Way = "LINK" // in the address of one
	ByApp   Way = "APP"  // himself, in the merchant's app or on the member's page
	ByAPI   Way = "API"  // a partner
	ByStaff Way = "STAFF"
)

// Refer says that a member was sent by the one whose code it is. The same said
// twice is one referral. Staff may say so at any time. A nil tx means a transaction of its own.
// Errors: fault.NotFound (customer), REFERRAL_UNKNOWN; fault.Precondition
// REFERRAL_OFF, NOT_A_MEMBER, REFERRAL_SELF, REFERRAL_TOO_LATE with the days that
// there were; fault.Conflict ALREADY_REFERRED, by somebody else.
func (s *Service) Refer(ctx context.Context, tx *db.Tx, friend int64, code string, way Way) (row *db.Referral, err error) {
	if tx != nil {
		return s.refer(ctx, *tx, friend, code, way)
	}
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err = s.refer(ctx, tx, friend, code, way)
		return err
	})
	return row, db.Fault(err)
}

func (s *Service) refer(ctx context.Context, tx db.Tx, friend int64, code string, way Way) (*db.Referral, error) {
	set, err := readSettings(ctx, tx)
	if err != nil {
		return nil, err
	}
	if !set.Enabled {
		return nil, fault.New(fault.Precondition, "referrals are switched off").WithCode("REFERRAL_OFF").At("code")
	}
	if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock_shared(?)", int64(db.PeopleLock)).Exec(ctx); err != nil {
		return nil, db.Fault(err)
	}
	row := &db.Referral{Code: normal(code), Way: string(way), Status: string(Waiting), Flags: []string{}, MinAmount: set.MinAmount, WaitDays: set.Wait, FirstOrder: set.FirstOrder}
	if row.ReferrerID, err = referrer(ctx, tx, code); err != nil {
		return nil, err
	}
	now := s.Clock.Now()
	if row.CustomerID, err = s.friend(ctx, tx, friend, row, set, now); err != nil {
		return nil, err
	}
	row.ReferredAt, row.ChangedAt, row.OrderBy = now, now, s.endOf(now, set.OrderWithin)
	done, err := tx.NewInsert().Model(row).ExcludeColumn("id").On("CONFLICT (customer_id) DO NOTHING").Returning("id").Exec(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return s.earlier(ctx, tx, row)
	}
	if err := tellBoth(ctx, tx, now, "referral.joined", "referral.brought", row); err != nil {
		return nil, err
	}
	return row, access.Audit(ctx, tx, access.Entry{
		Action: "referral.make", ObjectKind: "Customer", ObjectID: row.CustomerID, Detail: map[string]any{"referral": row.ID, "referrer": row.ReferrerID, "way": row.Way},
	})
}

// friend is who is brought, or survived him in a merge, if he may be.
func (s *Service) friend(ctx context.Context, tx db.Tx, id int64, row *db.Referral, set Settings, now time.Time) (int64, error) {
	var found []struct {
		ID          int64
		MemberSince *time.Time
	}
	if err := tx.NewRaw(`SELECT id, member_since FROM customers WHERE id = survivor_of(?) AND NOT anonymous`, id).Scan(ctx, &found); err != nil {
		return 0, db.Fault(err)
	}
	switch {
	case len(found) == 0:
		return 0, fault.New(fault.NotFound, "there is no such customer").At("customerId")
	case found[0].ID == row.ReferrerID:
		return 0, fault.New(fault.Precondition, "nobody can bring himself").WithCode("REFERRAL_SELF").At("code")
	case found[0].MemberSince == nil:
		return 0, fault.New(fault.Precondition, "only members of the loyalty program can say who sent them").WithCode("NOT_A_MEMBER")
	case Way(row.Way) != ByStaff && now.After(s.useUntil(set, *found[0].MemberSince)):
		return 0, fault.New(fault.Precondition, "who sent one is said within %d days of joining", set.UseWithin).WithCode("REFERRAL_TOO_LATE").At("code").With("days", set.UseWithin)
	}
	return found[0].ID, nil
}

// earlier is the referral that stands already.
func (s *Service) earlier(ctx context.Context, tx db.Tx, asked *db.Referral) (*db.Referral, error) {
	row := new(db.Referral)
	if err := tx.NewSelect().Model(row).Where("customer_id = ?", asked.CustomerID).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	if row.ReferrerID != asked.ReferrerID {
		return nil, fault.New(fault.Conflict, "somebody else has brought this customer").WithCode("ALREADY_REFERRED").At("code")
	}
	return row, nil
}

// UseUntil is until when a member may still say who sent him; nil: he may not, or he
// has said so.
func (s *Service) UseUntil(ctx context.Context, customer int64) (until *time.Time, err error) {
	set, err := s.Settings(ctx)
	if err != nil || !set.Enabled {
		return nil, err
	}
	var since []time.Time
	err = s.DB.NewRaw(`SELECT member_since FROM customers c WHERE id = ? AND member_since IS NOT NULL AND NOT EXISTS (SELECT FROM referrals r WHERE r.customer_id = c.id)`, customer).Scan(ctx, &since)
	if err != nil || len(since) == 0 {
		return nil, db.Fault(err)
	}
	if end := s.useUntil(set, since[0]); end.After(s.Clock.Now()) {
		until = &end
	}
	return until, nil
}

// useUntil is until when who joined then may say who sent him.
func (s *Service) useUntil(set Settings, joined time.Time) time.Time {
	return s.endOf(joined, set.UseWithin)
}

// endOf is the end of the day so many days after, in the merchant's zone.
func (s *Service) endOf(at time.Time, days int) time.Time {
	y, m, d := at.In(s.Zone).Date()
	return points.EndOfDay(y, m, d+days, s.Zone)
}

// Usable reports whether a code would be taken now, of somebody who joins.
func (s *Service) Usable(ctx context.Context, code string) (bool, error) {
	set, err := s.Settings(ctx)
	if err != nil || !set.Enabled {
		return false, err
	}
	_, err = s.Referrer(ctx, code)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// tellBoth puts what happened on the timelines of both.
func tellBoth(ctx context.Context, tx db.Tx, at time.Time, friend, referrer string, rows ...*db.Referral) error {
	events := make([]event.Event, 0, 2*len(rows))
	for _, r := range rows {
		data := map[string]any{"referral": r.ID}
		if len(r.Flags) > 0 {
			data["flags"] = r.Flags
		}
		if r.Reason != "" {
			data["reason"] = r.Reason
		}
		events = append(events,
			event.Event{CustomerID: r.CustomerID, OccurredAt: at, Kind: friend, RefID: r.ID, Data: data},
			event.Event{CustomerID: r.ReferrerID, OccurredAt: at, Kind: referrer, RefID: r.ID, Data: data})
	}
	return event.Append(ctx, tx, events...)
}
