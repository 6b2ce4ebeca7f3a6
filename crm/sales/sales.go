// Package sales owns what counts as net sales 純売上: the definition that every
// report follows, and the change from one to another.
//
// Money of orders is kept apart, so that the definition may change at any time,
// for orders of the past too. Goods always count; returns and adjustments are
// taken off, cancelled orders count nothing. Shipping and fees that buyers are
// charged may be counted in, coupons of the shop, coupons of the mall and points
// used may be taken off.
//
// It promises that all figures follow one definition at any instant: while the
// rollups per customer are worked out by the coming one, reports keep to the one
// in force, and then all change in one commit. A change goes on where it was when
// a process dies, and may be changed again or taken back while it is under way.
// Sums are read by others through the function net_sales of the database; what
// their own kept figures have to do at the change, the Followers know.
package sales

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/underway"
	"github.com/meguri-crm/meguri/db"
)

// Definition is what is counted in beside goods, and what is taken off.
type Definition struct {
	Shipping, Fees                 bool // counted in, as buyers are charged them
	ShopCoupon, MallCoupon, Points bool // taken off
}

// Setting is the definition in force, and the change to another while it is
// under way.
type Setting struct {
	InForce Definition
	Coming  *Definition
	// Progress is how far the change is, 0 to 1; nil when there is none.
	Progress *float64
}

// Chosen is what staff chose last.
func (s Setting) Chosen() Definition {
	if s.Coming != nil {
		return *s.Coming
	}
	return s.InForce
}

// Follower keeps figures of its own that follow the definition. It is called in
// the transaction in which another comes into force, after it has.
type Follower interface {
	NetSalesChanged(ctx context.Context, tx db.Tx) error
}

// Queue wakes workers of other processes.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// Job wakes the workers.
type Job struct{}

// Kind names the job.
func (Job) Kind() string { return "net_sales" }

// Service keeps the definition.
type Service struct {
	db        *db.DB
	clock     clock.Clock
	queue     Queue
	followers []Follower
	workers   *lease.Workers
	part      int // how many customers one transaction works out
}

// New is the service. Followers are called in their order.
func New(d *db.DB, c clock.Clock, q Queue, log *slog.Logger, followers ...Follower) *Service {
	s := &Service{db: d, clock: c, queue: q, followers: followers, part: 5000}
	s.workers = lease.NewWorkers(s.Work, func(ctx context.Context, err error) {
		log.ErrorContext(ctx, "changing what counts as net sales failed", "error", err)
	})
	return s
}

// Run works until ctx ends.
func (s *Service) Run(ctx context.Context) { s.workers.Run(ctx, 1) }

// Poke makes a worker look at once.
func (s *Service) Poke() { s.workers.Poke() }

// Setting is how things stand.
func (s *Service) Setting(ctx context.Context) (Setting, error) {
	var set Setting
	rows, err := read(ctx, s.db)
	for _, r := range rows {
		d := r.Definition
		if r.State == inForce {
			set.InForce = d
		} else {
			set.Coming, set.Progress = &d, underway.Share(r.Done, max(r.Total, 1))
		}
	}
	return set, err
}

// Set chooses a definition. Reports follow it once the rollups are worked out by
// it; the one in force takes back a change that is under way.
func (s *Service) Set(ctx context.Context, d Definition) (Setting, error) {
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		// Against the part that is being worked out: it ends, and the next begins anew.
		if _, err := tx.ExecContext(ctx, "SELECT FROM net_sales_definitions WHERE state = 'IN_FORCE' FOR UPDATE"); err != nil {
			return db.Fault(err)
		}
		rows, err := read(ctx, tx)
		if err != nil || rows[len(rows)-1].Definition == d {
			return err // what is coming stands after what is in force
		}
		if err := s.choose(ctx, tx, d, rows[0].Definition); err != nil {
			return err
		}
		if err := live.Notify(ctx, tx, live.NetSales, 0); err != nil {
			return err
		}
		// By the names it had when it was a setting of profit alone, which are in the log.
		return access.Audit(ctx, tx, access.Entry{Action: "settings.update_profit", ObjectKind: "ProfitSettings", Detail: changes(rows[len(rows)-1].Definition, d)})
	})
	if err != nil {
		return Setting{}, err
	}
	s.Poke()
	return s.Setting(ctx)
}

// choose puts a definition down as the coming one, unless it holds already.
func (s *Service) choose(ctx context.Context, tx db.Tx, d, now Definition) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM net_sales_definitions WHERE state = 'COMING'"); err != nil {
		return db.Fault(err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM net_sales_coming"); err != nil || d == now {
		return db.Fault(err)
	}
	_, err := tx.NewRaw(`INSERT INTO net_sales_definitions (state, shipping, fees, shop_coupon, mall_coupon, points, chosen_at, total)
		SELECT 'COMING', ?, ?, ?, ?, ?, ?, count(*) FROM customer_stats`, d.Shipping, d.Fees, d.ShopCoupon, d.MallCoupon, d.Points, s.clock.Now()).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	return s.queue.Enqueue(ctx, tx, Job{})
}

const inForce = "IN_FORCE"

type row struct {
	State string
	Definition
	ChosenAt          time.Time
	Done, Total, Upto int64
}

type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// read gives the definition in force and after it the coming one, if there is.
func read(ctx context.Context, q reader) (list []row, err error) {
	rows, err := q.QueryContext(ctx, "SELECT state, shipping, fees, shop_coupon, mall_coupon, points, chosen_at, done, total, upto FROM net_sales_definitions ORDER BY state DESC")
	if err != nil {
		return nil, db.Fault(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.State, &r.Shipping, &r.Fees, &r.ShopCoupon, &r.MallCoupon, &r.Points, &r.ChosenAt, &r.Done, &r.Total, &r.Upto); err != nil {
			return nil, db.Fault(err)
		}
		list = append(list, r)
	}
	return list, db.Fault(rows.Err())
}

// changes is what the audit log keeps.
func changes(before, after Definition) map[string]any {
	return access.Differences(audited(before), audited(after))
}

func audited(d Definition) map[string]any {
	return map[string]any{"shipping": d.Shipping, "buyerFees": d.Fees, "shopCoupon": d.ShopCoupon, "mallCoupon": d.MallCoupon, "pointsUsed": d.Points}
}

// Underway is the change, while there is one.
func (s *Service) Underway(ctx context.Context) ([]underway.Job, error) {
	rows, err := read(ctx, s.db)
	if err != nil || len(rows) < 2 {
		return nil, err
	}
	r := rows[1]
	return []underway.Job{{Kind: underway.NetSales, Progress: underway.Share(r.Done, max(r.Total, 1)), Waiting: r.Done == 0, StartedAt: r.ChosenAt}}, nil
}
