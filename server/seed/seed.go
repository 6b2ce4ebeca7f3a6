// Package seed fills an empty database with the demonstration merchant, so that
// no page is empty.
//
// It owns what staff of that merchant did in two years: which files they took in
// on which day, when they made which rules for points, which campaigns they sent,
// what they decided. It promises the same data for the same number of customers
// and the same day, that every row is made by the product's own services (files go
// through the import, points through the ledger, campaigns through the gate and the
// delivery engine into the built-in mailbox), on a clock that it moves through the
// two years, that the files alone, taken in again, give the same customers, orders,
// points and stages, and that a database which holds anything is left alone. Who
// the people are, and how malls write files about them, is left to package world;
// putting the services together to package server.
package seed

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/demo"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/crm/task"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/server/seed/world"
)

// DefaultCustomers is how many customers the demonstration merchant has.
const DefaultCustomers = 5_000

// MaxCustomers bounds what one run makes.
const MaxCustomers = 1_000_000

// Options say what to make.
type Options struct {
	Customers int
	AsOf      time.Time // the day the history ends; zero: today
	// WriteFiles is a folder in which the files that were taken in are left;
	// "": none.
	WriteFiles string
	// Tell, if not nil, is told how far it is.
	Tell func(day string, done, of int)
}

// Product is the product's services on the seed's own clock. Deliver sends
// what a campaign has begun, into the built-in mailbox and nowhere else.
type Product struct {
	DB        *db.DB
	Clock     *clock.Fixed
	Shops     *shop.Service
	Intake    *intake.Service
	Customers *customer.Service
	Points    *points.Service
	Stages    *stage.Service
	Segments  *segment.Service
	Offers    *offer.Service
	Costs     *product.Costs
	Campaigns *campaign.Service
	Tasks     *task.Service
	Events    *event.Service
	Referrals *referral.Service
	Senders   message.Senders
	Responses campaign.Responses
	Deliver   func(ctx context.Context, campaignID int64) error
	// Schedules says that a campaign may be left to begin by itself: mails go
	// into the built-in mailbox then, too.
	Schedules bool
}

// Report tells what was made.
type Report struct {
	Customers, Members, Orders, Imports int64
	Messages                            int64
	Took                                time.Duration
}

// lockKey keeps two processes from seeding one database at the same time.
const lockKey = 0x6d656775726973

// Run makes the demonstration shop.
// Errors: fault.Invalid for options out of bounds; fault.Precondition NOT_EMPTY
// when the database holds anything already.
func Run(ctx context.Context, p *Product, o Options) (*Report, error) {
	begun := time.Now()
	end, err := o.end(begun)
	if err != nil {
		return nil, err
	}
	conn, err := p.DB.Pool.Acquire(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(lockKey)); err != nil {
		return nil, db.Fault(err)
	}
	defer func() { _, _ = conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(lockKey)) }()
	if empty, err := Empty(ctx, p.DB); err != nil || !empty {
		return nil, notEmpty(err)
	}
	if err := begin(ctx, p.DB); err != nil {
		return nil, err
	}
	if err := tell(ctx, p, o, end); err != nil {
		return nil, err
	}
	if err := demo.Mark(ctx, p.DB, begun); err != nil {
		return nil, err
	}
	if err := complete(ctx, p.DB); err != nil {
		return nil, err
	}
	report, err := count(ctx, p.DB)
	if err != nil {
		return nil, err
	}
	report.Took = time.Since(begun)
	return report, nil
}

// end is the morning of the last day, or of the day before when that has not
// come yet.
func (o Options) end(now time.Time) (time.Time, error) {
	if o.Customers < 1 || o.Customers > MaxCustomers {
		return time.Time{}, fault.New(fault.Invalid, "from 1 to %d customers", MaxCustomers).At("customers")
	}
	day := o.AsOf
	if day.IsZero() {
		day = now.In(world.Japan)
	}
	y, m, d := day.Date()
	end := time.Date(y, m, d, 9, 0, 0, 0, world.Japan)
	if end.After(now) {
		end = end.AddDate(0, 0, -1)
	}
	if end.After(now) || end.Year() < 2000 {
		return time.Time{}, fault.New(fault.Invalid, "the history ends on a day that has come, after 2000").At("as-of")
	}
	return end, nil
}

// Empty reports whether a database holds no data of a merchant yet.
func Empty(ctx context.Context, d *db.DB) (bool, error) {
	var some bool
	err := d.Pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM shops) OR EXISTS (SELECT FROM customers) OR EXISTS (SELECT FROM segments)
		OR EXISTS (SELECT FROM offers) OR EXISTS (SELECT FROM campaigns)`).Scan(&some)
	return !some, db.Fault(err)
}

// The setting that stands while the shop is being made.
const unfinishedKey = "seed.unfinished"

func begin(ctx context.Context, d *db.DB) error {
	_, err := d.Pool.Exec(ctx, "INSERT INTO settings (key, value) VALUES ($1, 'true')", unfinishedKey)
	return db.Fault(err)
}

// complete makes everything last, also where commits did not wait for the disk.
func complete(ctx context.Context, d *db.DB) error {
	return db.Fault(pgx.BeginFunc(ctx, d.Pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET LOCAL synchronous_commit = on"); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "DELETE FROM settings WHERE key = $1", unfinishedKey)
		return err
	}))
}

// Unfinished reports whether a run was cut off before its end.
func Unfinished(ctx context.Context, d *db.DB) (bool, error) {
	var cut bool
	err := d.Pool.QueryRow(ctx, "SELECT EXISTS (SELECT FROM settings WHERE key = $1)", unfinishedKey).Scan(&cut)
	return cut, db.Fault(err)
}

func notEmpty(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Precondition, "the database holds shops, customers, segments, offers or campaigns already; demonstration data goes into an empty one").
		WithCode("NOT_EMPTY")
}

func count(ctx context.Context, d *db.DB) (*Report, error) {
	r := new(Report)
	err := d.Pool.QueryRow(ctx, `SELECT (SELECT count(*) FROM customers WHERE NOT anonymous AND merged_into IS NULL), (SELECT count(*) FROM customers WHERE member_since IS NOT NULL AND merged_into IS NULL),
		(SELECT count(*) FROM orders), (SELECT count(*) FROM imports), (SELECT count(*) FROM messages)`).
		Scan(&r.Customers, &r.Members, &r.Orders, &r.Imports, &r.Messages)
	return r, db.Fault(err)
}

func step(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("seed: %s: %w", fmt.Sprintf(format, args...), err)
}
