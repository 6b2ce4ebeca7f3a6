// Package fee owns what malls and payment services take of orders: rates with
// the day from which each holds.
//
// It promises that what was charged once stays charged: a version is never
// changed, and one that replaces another the merchant entered, for the shop or
// for its whole mall, holds from today at the earliest. Figures to begin with (estimates, 目安) came with the program,
// each with its source; the merchant's own first version may reach back behind
// them. What fees do to profit is crm/profit's.
package fee

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// State is where a version stands today.
type State string

// The states of a version.
const (
	InForce State = "IN_FORCE"
	Coming  State = "COMING" // from a later day on
	Past    State = "PAST"   // another one holds
)

// seriesLock is taken by whoever adds a version, one at a time for a mall and
// kind: two that were both the first would both reach back.
const seriesLock = "SELECT pg_advisory_xact_lock(hashtextextended('fee:' || ? || ':' || ?, 0))"

// Beginning is the first day of a merchant's own version that holds for all
// orders there ever were. Estimates hold from the day before.
var Beginning = time.Date(1970, 1, 2, 0, 0, 0, 0, time.UTC)

// Draft is a version to add.
type Draft struct {
	Mall   mall.Mall
	ShopID int64     // 0: every shop on the mall; its versions go before the mall's
	Kind   string    `field:"kind" validate:"oneof=SYSTEM PAYMENT POINTS AFFILIATE OTHER"`
	Basis  string    `field:"basis" validate:"oneof=NET_SALES TOTAL"`
	Rate   int       `field:"rate" validate:"min=0,max=10000"`           // basis points of the basis
	Amount int64     `field:"amount" validate:"min=0,max=1000000000000"` // per order, minor unit of the shop's currency
	From   time.Time // a day; zero: Beginning
	Note   string    `field:"note" validate:"max=200"`
}

// Rate is one version as it stands today.
type Rate struct {
	db.FeeRate
	State State
	// Withdrawable: it does not hold yet, or was entered today.
	Withdrawable bool
}

// Service keeps the rates.
type Service struct {
	DB    *db.DB
	Clock clock.Clock
	Zone  *time.Location // of the merchant: in it days begin
}

// most is how many versions a merchant can have: more than ten malls with some
// shops and five kinds come to in a lifetime.
const most = 2000

// List is every version that was not withdrawn, by mall, shop (the mall's own
// first) and kind, the newest first.
func (s *Service) List(ctx context.Context) ([]Rate, error) {
	var rows []db.FeeRate
	err := s.DB.NewSelect().Model(&rows).Where("withdrawn_at IS NULL").
		OrderExpr("mall, shop_id NULLS FIRST, kind, effective_from DESC").Limit(most).Scan(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	today := s.today()
	list := make([]Rate, len(rows))
	for i, row := range rows {
		list[i] = Rate{FeeRate: row, State: InForce, Withdrawable: s.withdrawable(row, today)}
		switch {
		case row.EffectiveFrom.After(today):
			list[i].State = Coming
		case i > 0 && sameSeries(rows[i-1], row) && list[i-1].State != Coming:
			list[i].State = Past
		}
	}
	return list, nil
}

func sameSeries(a, b db.FeeRate) bool {
	return a.Mall == b.Mall && a.Kind == b.Kind && shopOf(a) == shopOf(b)
}

func shopOf(r db.FeeRate) int64 {
	if r.ShopID == nil {
		return 0
	}
	return *r.ShopID
}

func (s *Service) today() time.Time { return s.day(s.Clock.Now()) }

// day is the day of an instant in the merchant's zone, as a date is stored.
func (s *Service) day(at time.Time) time.Time {
	y, m, d := at.In(s.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func (s *Service) withdrawable(r db.FeeRate, today time.Time) bool {
	return !r.Estimated && (!r.EffectiveFrom.Before(today) || !s.day(r.CreatedAt).Before(today))
}

// Add adds a version. Errors: fault.Invalid at the field: UNKNOWN_MALL,
// NOT_FOUND or WRONG_MALL at shopId, FEE_IN_PAST and FEE_EXISTS at from, and
// those of check.
func (s *Service) Add(ctx context.Context, d Draft) (*db.FeeRate, error) {
	if d.From.IsZero() {
		d.From = Beginning
	}
	d.Note = strings.TrimSpace(d.Note)
	if err := check.Struct(d); err != nil {
		return nil, err
	}
	if _, ok := mall.Parse(string(d.Mall)); !ok {
		return nil, fault.New(fault.Invalid, "there is no mall %q", d.Mall).WithCode("UNKNOWN_MALL").At("mall")
	}
	row := &db.FeeRate{
		Mall: string(d.Mall), Kind: d.Kind, Basis: d.Basis, Rate: d.Rate, Amount: d.Amount, EffectiveFrom: d.From, Note: d.Note,
		CreatedAt: s.Clock.Now(), CreatedBy: access.CallerFrom(ctx).Principal.StaffID(),
	}
	if d.ShopID != 0 {
		row.ShopID = &d.ShopID
	}
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw(seriesLock, row.Mall, row.Kind).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if err := s.mayAdd(ctx, tx, row); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(row).Returning("id").Exec(ctx); err != nil {
			if db.Constraint(err) == "fee_rates_key" {
				return fault.Wrap(fault.Invalid, err, "there is a version from this day already").WithCode("FEE_EXISTS").At("from")
			}
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "fee.add", ObjectKind: "FeeRate", ObjectID: row.ID, Detail: map[string]any{
			"mall": row.Mall, "shop": row.ShopID, "kind": row.Kind, "rate": row.Rate, "amount": row.Amount, "from": row.EffectiveFrom.Format(time.DateOnly),
		}})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// mayAdd looks at the shop and at the versions there are.
func (s *Service) mayAdd(ctx context.Context, tx bun.IDB, row *db.FeeRate) error {
	if row.EffectiveFrom.Before(Beginning) {
		return fault.New(fault.Invalid, "before there were orders").WithCode("FEE_IN_PAST").At("from")
	}
	if row.ShopID != nil {
		var malls []string
		if err := tx.NewSelect().Table("shops").Column("mall").Where("id = ?", *row.ShopID).Scan(ctx, &malls); err != nil {
			return db.Fault(err)
		}
		switch {
		case len(malls) == 0:
			return fault.New(fault.Invalid, "there is no such shop").WithCode("NOT_FOUND").At("shopId")
		case malls[0] != row.Mall:
			return fault.New(fault.Invalid, "the shop is on another mall").WithCode("WRONG_MALL").At("shopId")
		}
	}
	if !row.EffectiveFrom.Before(s.today()) {
		return nil
	}
	return s.mayReachBack(ctx, tx, row)
}

// mayReachBack refuses what would go before a rate that the merchant entered
// already: the shop's, or the whole mall's, by which the shop was charged too.
func (s *Service) mayReachBack(ctx context.Context, tx bun.IDB, row *db.FeeRate) error {
	own, err := tx.NewSelect().Model((*db.FeeRate)(nil)).
		Where("mall = ? AND kind = ? AND NOT estimated AND withdrawn_at IS NULL", row.Mall, row.Kind).
		Where("coalesce(shop_id, 0) IN (0, ?)", shopOf(*row)).Exists(ctx)
	if err != nil {
		return db.Fault(err)
	}
	if own {
		return fault.New(fault.Invalid, "a later version holds from today at the earliest: it does not change what was").WithCode("FEE_IN_PAST").At("from")
	}
	return nil
}

// Withdraw takes a version back that does not hold yet or was entered today.
// Errors: fault.NotFound; fault.Precondition (FEE_HOLDS).
func (s *Service) Withdraw(ctx context.Context, id int64) (*db.FeeRate, error) {
	row := new(db.FeeRate)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ? AND withdrawn_at IS NULL", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		if !s.withdrawable(*row, s.today()) {
			return fault.New(fault.Precondition, "orders were charged by it: add a version that follows it").WithCode("FEE_HOLDS")
		}
		now := s.Clock.Now()
		row.WithdrawnAt = &now
		if _, err := tx.NewUpdate().Model(row).Column("withdrawn_at").WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "fee.withdraw", ObjectKind: "FeeRate", ObjectID: id})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}
