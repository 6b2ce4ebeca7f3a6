package points

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Desk books what callers of the API ask for: in their name, and with a line in
// the audit log in the same transaction. A repeated request is answered and not
// logged again.
type Desk struct{ *Service }

// ByHand is what a caller asks for.
type ByHand struct {
	CustomerID  int64
	Amount      int64
	Note        string
	ExpiresOn   *time.Time // the last day, in whatever zone; nil: as the settings say
	ShopID      *int64     // with OrderNo: the order that the points are spent on
	OrderNo     *string
	OrderAmount *int64 // what the order comes to, so that its largest share is kept to; base currency, minor unit
	Minutes     int    // of a hold
	HoldID      int64  // to be captured or released
	BookingID   int64  // to be reversed
	Origin      Origin
	Key         string
}

func (r ByHand) cause(ctx context.Context) Cause {
	caller := access.From(ctx)
	c := Cause{Reason: "API", Note: r.Note, ShopID: r.ShopID, OrderNo: r.OrderNo, ActorKind: string(caller.Kind)}
	if caller.Kind == access.ActorStaff {
		c.Reason = "STAFF"
	}
	if caller.ID != 0 {
		c.ActorID = &caller.ID
	}
	return c
}

// Grant gives points; errors as of Service.Grant.
func (d Desk) Grant(ctx context.Context, r ByHand) (Receipt, error) {
	g := GrantRequest{CustomerID: r.CustomerID, Amount: r.Amount, Origin: r.Origin, Key: r.Key, Cause: r.cause(ctx)}
	if r.ExpiresOn != nil {
		y, m, day := r.ExpiresOn.Date()
		end := EndOfDay(y, m, day, d.zone)
		g.ExpiresAt = &end
	}
	return d.grantLogged(ctx, nil, g, "points.grant")
}

// Redeem spends points; errors as of Service.Redeem and SpendSettings.Check.
func (d Desk) Redeem(ctx context.Context, r ByHand) (Receipt, error) {
	if err := d.maySpend(ctx, r); err != nil {
		return Receipt{}, err
	}
	return d.spendLogged(ctx, nil, SpendRequest{CustomerID: r.CustomerID, Amount: r.Amount, Key: r.Key, Cause: r.cause(ctx)}, "REDEEM", redeemed, "points.redeem")
}

// Deduct takes points away to correct a mistake, and wants a note that says
// why; errors as of Service.Redeem.
func (d Desk) Deduct(ctx context.Context, r ByHand) (Receipt, error) {
	if strings.TrimSpace(r.Note) == "" {
		return Receipt{}, fault.New(fault.Invalid, "say why").At("note")
	}
	return d.spendLogged(ctx, nil, SpendRequest{CustomerID: r.CustomerID, Amount: r.Amount, Key: r.Key, Cause: r.cause(ctx)}, "ADJUST", adjusted, "points.deduct")
}

// maySpend asks the settings of spending.
func (d Desk) maySpend(ctx context.Context, r ByHand) error {
	set, err := d.spending(ctx)
	if err != nil || r.Amount < 1 { // what is no amount is refused where it is booked
		return err
	}
	return set.Check(r.Amount, r.OrderAmount)
}

// Hold reserves points; errors as of Service.Hold and SpendSettings.Check.
func (d Desk) Hold(ctx context.Context, r ByHand) (rc Receipt, h db.PointHold, err error) {
	if err := d.maySpend(ctx, r); err != nil {
		return rc, h, err
	}
	return d.holdLogged(ctx, nil, HoldRequest{
		CustomerID: r.CustomerID, Amount: r.Amount, For: time.Duration(r.Minutes) * time.Minute, Key: r.Key, Cause: r.cause(ctx),
	}, "points.hold")
}

// Capture spends a hold; errors as of Service.Capture.
func (d Desk) Capture(ctx context.Context, r ByHand) (Receipt, db.PointHold, error) {
	return d.captureLogged(ctx, nil, r.ofHold(ctx), "points.capture")
}

// Release gives a hold back; errors as of Service.Capture.
func (d Desk) Release(ctx context.Context, r ByHand) (Receipt, db.PointHold, error) {
	return d.releaseLogged(ctx, nil, r.ofHold(ctx), "points.release")
}

// Reverse gives a spending back and wants a note that says why; errors as of
// Service.Reverse.
func (d Desk) Reverse(ctx context.Context, r ByHand) (Receipt, error) {
	if strings.TrimSpace(r.Note) == "" {
		return Receipt{}, fault.New(fault.Invalid, "say why").WithCode("REQUIRED").At("reason")
	}
	c := r.cause(ctx)
	c.Reason = "REVERSAL"
	rq := ReverseRequest{CustomerID: r.CustomerID, BookingID: r.BookingID, Amount: r.Amount, Key: r.Key, Cause: c}
	var rc Receipt
	err := db.RunInTx(ctx, d.db, func(ctx context.Context, tx db.Tx) (err error) {
		if rc, err = d.Service.Reverse(ctx, &tx, rq); err != nil || rc.Replayed {
			return err
		}
		return access.Audit(ctx, tx, auditLine("points.reverse", rc))
	})
	return rc, db.Fault(err)
}

func (r ByHand) ofHold(ctx context.Context) CloseRequest {
	return CloseRequest{CustomerID: r.CustomerID, HoldID: r.HoldID, Amount: r.Amount, Key: r.Key, Cause: r.cause(ctx)}
}

// ChangeSettings is UpdateSettings with a line in the audit log.
func (d Desk) ChangeSettings(ctx context.Context, change func(*Settings)) (set Settings, err error) {
	if set, err = d.Settings(ctx); err != nil {
		return set, err
	}
	before := auditedSettings(set)
	change(&set)
	err = d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := d.UpdateSettings(ctx, tx, set); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: "settings.points", ObjectKind: "PointSettings", Detail: access.Differences(before, auditedSettings(set))})
	})
	return set, db.Fault(err)
}

func auditedSettings(s Settings) map[string]any {
	rates := map[string]any{}
	for currency, rate := range s.Rates {
		rates[currency] = map[string]any{"perAmount": rate.PerAmount, "points": rate.Points}
	}
	months := map[string]any{}
	for stage, n := range s.StageMonths {
		months[stage] = n
	}
	return map[string]any{
		"enabled": s.Enabled, "rates": rates, "base": s.Base, "rounding": s.Rounding, "shortfall": s.Shortfall, "pendingDays": s.PendingDays,
		"release": s.Release, "stack": s.Stack, "expiryTo": s.ExpiryTo, "stageMonths": months,
		"expiry": s.Expiry, "expiryMonths": s.ExpiryMonths, "expiryYears": s.ExpiryYears, "restoreGraceDays": s.RestoreGraceDays,
		"earnBeforeJoining": s.EarnBeforeJoining,
	}
}
