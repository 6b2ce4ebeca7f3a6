// Package seed fills an empty database with a demonstration shop, so that no
// page is empty: a tea merchant on four malls and in one store, with two years
// of made-up customers.
//
// It owns the made-up people and what they do. It promises the same data for
// the same number of customers and the same day, that every row is made by the
// product's own services (order files go through the import, points through
// the ledger, a campaign through the gate and the delivery engine into the
// built-in mailbox), on a clock that it moves through the two years, and that a
// database which holds anything is left alone. Names, streets and numbers are
// made up, phone numbers and mail domains are ones that nobody can have. It
// leaves putting the services together to package server.
package seed

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/crm/task"
	"github.com/meguri-crm/meguri/db"
)

// DefaultCustomers is how many customers the demonstration shop has.
const DefaultCustomers = 500

// MaxCustomers bounds what one run makes.
const MaxCustomers = 20_000

// Options say what to make.
type Options struct {
	Customers int
	AsOf      time.Time // the day the history ends; zero: today
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
	Campaigns *campaign.Service
	Tasks     *task.Service
	Events    *event.Service
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

// ticks are the days before the end at which staff take the malls' files in.
var ticks = []int{550, 365, 270, 210, 150, 120, 90, 60, 40, 28, 14, 7, 3, 0}

// campaignAt is the tick after which the demonstration campaign goes out, in
// days before the end: late enough to be in the mailbox, early enough for
// orders to follow.
const campaignAt = 3

//go:embed mapping.json
var mappingJSON []byte

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
	s := newStory(p, o.Customers, end)
	if err := begin(ctx, p.DB); err != nil {
		return nil, err
	}
	if err := s.tell(ctx); err != nil {
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
		day = now.In(japan)
	}
	y, m, d := day.Date()
	end := time.Date(y, m, d, 9, 0, 0, 0, japan)
	if end.After(now) {
		end = end.AddDate(0, 0, -1)
	}
	if end.After(now) || end.Year() < 2000 {
		return time.Time{}, fault.New(fault.Invalid, "the history ends on a day that has come, after 2000").At("as-of")
	}
	return end, nil
}

// japan is where the demonstration shop is; Rakuten's file knows no other zone.
var japan = time.FixedZone("Asia/Tokyo", 9*60*60)

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

func complete(ctx context.Context, d *db.DB) error {
	_, err := d.Pool.Exec(ctx, "DELETE FROM settings WHERE key = $1", unfinishedKey)
	return db.Fault(err)
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
	err := d.Pool.QueryRow(ctx, `SELECT (SELECT count(*) FROM customers WHERE NOT anonymous), (SELECT count(*) FROM customers WHERE member_since IS NOT NULL),
		(SELECT count(*) FROM orders), (SELECT count(*) FROM imports), (SELECT count(*) FROM messages)`).
		Scan(&r.Customers, &r.Members, &r.Orders, &r.Imports, &r.Messages)
	return r, db.Fault(err)
}

// shops of the demonstration merchant.
var shops = []shop.Draft{
	{Code: "rakuten", Name: "茶舗めぐり 楽天市場店", Mall: mall.Rakuten, Currency: "JPY", URL: "https://www.rakuten.co.jp/chaho-meguri-demo/"},
	{Code: "own-site", Name: "茶舗めぐり 公式オンラインショップ", Mall: mall.OwnSite, Currency: "JPY", URL: "https://shop.example.com/"},
	{Code: "yahoo", Name: "茶舗めぐり Yahoo!ショッピング店", Mall: mall.Yahoo, Currency: "JPY", URL: "https://store.shopping.yahoo.co.jp/chaho-meguri-demo/"},
	{Code: "amazon", Name: "茶舗めぐり Amazon店", Mall: mall.Amazon, Currency: "JPY", URL: "https://www.amazon.co.jp/chaho-meguri-demo/"},
	{Code: "kyoto", Name: "茶舗めぐり 京都本店", Mall: mall.Store, Currency: "JPY"},
}

func step(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("seed: %s: %w", fmt.Sprintf(format, args...), err)
}
