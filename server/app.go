package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/adjust"
	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/audit"
	"github.com/meguri-crm/meguri/crm/bulk"
	"github.com/meguri-crm/meguri/crm/calendar"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/demo"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/export"
	"github.com/meguri-crm/meguri/crm/fee"
	"github.com/meguri-crm/meguri/crm/inbox"
	"github.com/meguri-crm/meguri/crm/insight"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/job"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/mailchange"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/member"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/bounce"
	"github.com/meguri-crm/meguri/crm/message/notice"
	"github.com/meguri-crm/meguri/crm/note"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/oidc"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/preference"
	"github.com/meguri-crm/meguri/crm/privacy"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/crm/profit"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/pull"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/crm/reward"
	"github.com/meguri-crm/meguri/crm/sales"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/crm/signup"
	"github.com/meguri-crm/meguri/crm/spend"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/crm/tag"
	"github.com/meguri-crm/meguri/crm/task"
	"github.com/meguri-crm/meguri/crm/view"
	"github.com/meguri-crm/meguri/crm/webhook"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/embedded"
	"github.com/meguri-crm/meguri/db/migrations"
	"github.com/meguri-crm/meguri/db/partition"
)

// App is the program, put together: every part once, each given what it needs.
// All commands open one; serve and worker also run it.
type App struct {
	Config *Config
	Log    *slog.Logger
	Clock  clock.Clock
	DB     *db.DB
	Hub    *live.Hub
	Queue  *job.Queue
	Access *access.Service
	Audit  *audit.Log
	// Verifier tells who carries an access token.
	Verifier    *access.Verifier
	Usage       *access.Usage // of partner clients
	Issuers     *oidc.Service
	Points      *points.Service
	Ledger      *ledger.Service
	Adjustments *adjust.Service
	Rewards     *reward.Service
	Referrals   *referral.Service
	Stages      *stage.Service
	Segments    *segment.Service
	Messages    messages

	Shops        *shop.Service
	Customers    *customer.Service
	Properties   *property.Service
	Tags         *tag.Service
	Notes        *note.Service
	Bulk         *bulk.Service
	Sales        *sales.Service
	Orders       *order.Service
	Events       *event.Service
	Products     *product.Service
	Costs        *product.Costs
	Fees         *fee.Service
	Profits      *profit.Service
	Spending     *spend.Service
	Intake       *intake.Service
	Pulls        *pull.Service
	Webhooks     *webhook.Service
	Exports      *export.Service
	Inboxes      *inbox.Service
	Offers       *offer.Service
	Campaigns    *campaign.Service
	CampaignLive *campaign.Live
	Tester       *campaign.Tester // its wire is there once the program serves
	Tasks        *task.Service
	Insight      *insight.Service
	Views        *view.Service
	Demo         *demo.Service
	SignUps      *signup.Service
	MailChanges  *mailchange.Service
	Preferences  *preference.Service
	Once         *once.Service
	Members      *member.Service
	MemberLive   *member.Live
	Privacy      *privacy.Service

	Alerts  *alert.Service
	Notices *notice.Post // its wire is there once the program serves or works

	Migrated []string // the migrations that Open applied

	kept   *kept.Shelf
	engine *campaign.Engine
	lease  *embedded.Lease // nil with DATABASE_URL
}

// Open connects to the database, starting the embedded one where none is
// given, brings its schema up to date, and puts the parts together. keeper is
// the command that runs this program as the embedded Postgres's keeper.
func Open(ctx context.Context, cfg *Config, log *slog.Logger, keeper []string) (*App, error) {
	a := &App{Config: cfg, Log: log, Clock: clock.System{}, Hub: live.NewHub(log)}
	if err := a.open(ctx, keeper); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) open(ctx context.Context, keeper []string) error {
	if err := a.connect(ctx, keeper); err != nil {
		return err
	}
	var err error
	if a.Migrated, err = migrations.Run(ctx, a.DB); err != nil {
		return err
	}
	if err := partition.Ensure(ctx, a.DB, a.Clock.Now()); err != nil {
		return err
	}
	if err := a.compose(); err != nil {
		return err
	}
	return a.Intake.EnsureBuiltIn(ctx)
}

func (a *App) connect(ctx context.Context, keeper []string) error {
	dsn := a.Config.DatabaseURL
	if dsn == "" {
		lease, err := embedded.Join(ctx, embedded.Options{
			Dir: a.Config.postgresDir(), Database: "meguri", Keeper: keeper, Log: a.Log,
		})
		if err != nil {
			return fmt.Errorf("the embedded Postgres: %w", err)
		}
		a.lease, dsn = lease, lease.DSN
	}
	var err error
	a.DB, err = db.Open(ctx, dsn)
	return err
}

// compose makes the services. A line here is the only registration there is.
func (a *App) compose() error {
	var err error
	if a.Queue, err = job.NewQueue(a.DB, a.Log); err != nil {
		return err
	}
	if err := a.composeAccess(); err != nil {
		return err
	}
	a.Once = &once.Service{DB: a.DB, Clock: a.Clock}
	a.composeLoyalty()
	calendars := &calendar.Service{DB: a.DB, Clock: a.Clock}
	a.Segments = segment.New(segment.Config{DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Currency: order.BaseCurrency, Calendar: segmentCalendar{calendars, a.Clock}})
	a.kept = kept.New(a.DB, a.Clock)
	a.Shops = shop.New(a.DB, a.Clock)
	a.Shops.WithKept(a.kept)
	a.Views = view.New(a.DB, a.Clock)
	a.Customers = customer.New(a.DB, a.Clock, a.Stages)
	a.Customers.WithRules(a.Segments)
	a.Customers.WithQueue(a.Queue)
	a.Properties = property.New(a.DB, a.Clock)
	a.Tags = tag.New(a.DB, a.Clock, a.Segments)
	a.Notes = note.New(a.DB, a.Clock)
	a.Bulk = bulk.New(a.DB, a.Clock, a.Queue, a.Points, a.Log)
	a.Orders = order.New(a.DB)
	a.Insight = insight.New(a.DB, a.kept, a.Clock, a.Config.Zone, order.BaseCurrency)
	a.Insight.UseCalendar(segmentCalendar{calendars, a.Clock})
	a.Events = event.New(event.Config{DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone})
	a.Customers.WithFollowing(customer.Following{
		Ledger: a.Points, Credits: campaign.Conversions{}, Followers: []customer.Follower{a.Events},
	})
	a.Products = product.New(a.DB)
	a.Costs = &product.Costs{DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Base: order.BaseCurrency}
	a.Fees = &fee.Service{DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone}
	a.Spending = &spend.Service{DB: a.DB}
	a.Profits = &profit.Service{DB: a.DB, Zone: a.Config.Zone, Base: order.BaseCurrency}
	a.Sales = sales.New(a.DB, a.Clock, a.Queue, a.Log, a.Stages, campaign.Conversions{}, a.Insight)
	a.Exports = export.New(export.Config{
		DB: a.DB, Clock: a.Clock, Queue: a.Queue, Once: a.Once, Segments: a.Segments, Zone: a.Config.Zone, Base: order.BaseCurrency, Log: a.Log, Owner: processName(),
	})
	if err := a.composePrivacy(); err != nil {
		return err
	}
	a.Intake = intake.New(a.DB, a.Clock, a.Queue, intake.Hooks{
		Ledger: a.Points, Stages: a.Stages, Conversions: campaign.Conversions{}, People: a.Customers,
		Points: a.Points, Ranks: a.Stages, Suppressions: message.Suppressions{DB: a.DB, Clock: a.Clock}, Erased: a.Privacy,
		Tables: map[string]intake.Taker{mall.ProductsKind: a.Costs, mall.EventsKind: a.Events, mall.CostsKind: a.Spending, mall.SuppressionsKind: message.Suppressions{DB: a.DB, Clock: a.Clock}},
		Sold:   product.LearnJob{},
	}, a.Log, processName())
	a.composeInboxes()
	if err := errors.Join(a.composePulls(), a.composeWebhooks()); err != nil {
		return err
	}
	if err := a.composeMessages(); err != nil {
		return err
	}
	a.composeCampaigns()
	a.Demo = demo.New(demo.Config{
		DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Intake: a.Intake, Signer: a.Messages.Signer, Log: a.Log, Owner: processName(),
		On: a.Config.Seed != 0 && a.Config.SMTPURL == nil,
	})
	a.composeAlerts()
	a.composeConsents()
	a.composeIssuers()
	a.Access.WithMail(access.Mail{Queue: a.Queue, Post: accountPost{a.Notices}, Base: a.Config.PublicURL.String()})
	return a.composeMembers()
}

// composeMembers makes what members see of themselves.
func (a *App) composeMembers() error {
	cards, err := member.NewCards(a.Config.Secret)
	if err != nil {
		return err
	}
	a.Members = member.New(a.DB, a.Clock, a.Config.Zone, a.Points, a.Stages, cards)
	a.MemberLive = member.NewLive(a.Members, a.Hub, a.Log)
	return nil
}

// composeLoyalty puts together the points, what reads their books, sets them
// right and spends from them, and the stages.
func (a *App) composeLoyalty() {
	a.Points = points.New(a.DB, a.Clock, a.Config.Zone)
	a.Ledger = ledger.New(a.DB, a.Clock, a.Config.Zone, a.Points)
	a.Adjustments = adjust.New(a.DB, a.Clock, a.Queue, a.Points, a.Log)
	a.Rewards = &reward.Service{DB: a.DB, Clock: a.Clock, Points: a.Points}
	a.Referrals = &referral.Service{DB: a.DB, Clock: a.Clock, Queue: a.Queue, Rewards: a.Points, Currency: order.BaseCurrency, Zone: a.Config.Zone}
	a.Stages = stage.New(a.DB, a.Clock, a.Config.Zone, order.BaseCurrency)
}

// processName is unique to this process: leases are held in its name.
func processName() string {
	host, _ := os.Hostname() // the random part suffices alone
	return fmt.Sprintf("%s-%d-%s", host, os.Getpid(), rand.Text()[:8])
}

// loops lists the work that claims rows under leases of its own, beside the
// queue; each ends when its context does.
func (a *App) loops(workers int) []func(context.Context) {
	if workers < 1 {
		return nil
	}
	return []func(context.Context){
		func(ctx context.Context) { a.Intake.Run(ctx, min(workers, 2)) },
		func(ctx context.Context) { a.Pulls.Run(ctx, min(workers, 4)) },
		func(ctx context.Context) { a.Webhooks.Run(ctx, min(workers, 8)) },
		a.Exports.Run,
		a.Inboxes.Run,
		a.engine.Run,
		a.Bulk.Run,
		a.Adjustments.Run,
		a.Sales.Run,
	}
}

// handlers is the explicit list of background work.
func (a *App) handlers() (*job.Handlers, error) {
	h := job.NewHandlers()
	err := errors.Join(
		job.Handle(h, func(ctx context.Context, _ partition.Job) error { return partition.Ensure(ctx, a.DB, a.Clock.Now()) }),
		h.Every(24*time.Hour, partition.Job{}),
		job.Handle(h, func(ctx context.Context, _ access.SweepJob) error { return a.Access.Sweep(ctx) }),
		h.Every(24*time.Hour, access.SweepJob{}),
		job.Handle(h, func(ctx context.Context, _ once.SweepJob) error { return a.Once.Sweep(ctx) }),
		h.Every(24*time.Hour, once.SweepJob{}),
		job.Handle(h, a.Access.MailInvite),
		job.Handle(h, a.Access.MailReset),
		job.Handle(h, a.Access.MailNotice),
		job.Handle(h, func(ctx context.Context, _ bounce.SweepJob) error { return a.Messages.Bounces.Sweep(ctx) }),
		h.Every(24*time.Hour, bounce.SweepJob{}),
		job.Handle(h, func(ctx context.Context, _ points.DueJob) error { _, err := a.Points.BookDue(ctx); return err }),
		h.Every(time.Minute, points.DueJob{}),
		job.Handle(h, func(ctx context.Context, _ points.AwardJob) error {
			_, err := a.Points.AwardDue(ctx, a.Clock.Now().Add(-points.AwardWindow))
			return err
		}),
		h.Every(2*time.Minute, points.AwardJob{}),
		job.Handle(h, func(ctx context.Context, _ referral.AdvanceJob) error { _, err := a.Referrals.Advance(ctx); return err }),
		h.Every(referral.AdvanceEvery, referral.AdvanceJob{}),
		job.Handle(h, func(ctx context.Context, _ points.VerifyJob) error { return a.Points.CheckNightly(ctx, a.Queue, a.Log) }),
		h.Every(points.LookEvery, points.VerifyJob{}),
		job.Handle(h, func(ctx context.Context, _ ledger.AddUpJob) error { return a.Ledger.AddUp(ctx) }),
		h.Every(ledger.AddUpEvery, ledger.AddUpJob{}),
		job.Handle(h, func(ctx context.Context, _ insight.CloseJob) error { return a.Insight.CloseMonths(ctx) }),
		h.Every(insight.CloseEvery, insight.CloseJob{}),
		job.Handle(h, func(ctx context.Context, _ insight.RefreshJob) error { return a.Insight.Refresh(ctx) }),
		h.Every(insight.RefreshEvery, insight.RefreshJob{}),
		job.Handle(h, func(ctx context.Context, _ stage.ReviewJob) error { _, err := a.Stages.ReviewDue(ctx); return err }),
		h.Every(time.Minute, stage.ReviewJob{}),
		job.Handle(h, func(ctx context.Context, _ customer.JoinJob) error { return a.Customers.RunJob(ctx, a.Log) }),
		h.Every(time.Minute, customer.JoinJob{}),
		job.Handle(h, func(ctx context.Context, _ customer.AmazonSweepJob) error { return a.Customers.SweepAmazon(ctx, a.Log) }),
		h.Every(24*time.Hour, customer.AmazonSweepJob{}),
		job.Handle(h, func(ctx context.Context, _ segment.RefreshJob) error { return a.Segments.RefreshAll(ctx) }),
		h.Every(segment.RefreshEvery, segment.RefreshJob{}),
		job.Handle(h, func(ctx context.Context, _ product.LearnJob) error { _, err := a.Products.Learn(ctx); return err }),
		h.Every(product.LearnEvery, product.LearnJob{}),
		job.Handle(h, func(ctx context.Context, _ event.JoinJob) error { return a.Events.JoinLate(ctx) }),
		h.Every(time.Minute, event.JoinJob{}),
		job.Handle(h, func(ctx context.Context, _ event.SweepJob) error { return a.Events.Sweep(ctx) }),
		h.Every(24*time.Hour, event.SweepJob{}),
		job.Handle(h, func(context.Context, intake.Job) error { a.Intake.Poke(); return nil }),
		job.Handle(h, func(ctx context.Context, _ intake.SweepJob) error { return a.Intake.Sweep(ctx) }),
		h.Every(24*time.Hour, intake.SweepJob{}),
		job.Handle(h, func(context.Context, bulk.Job) error { a.Bulk.Poke(); return nil }),
		job.Handle(h, func(context.Context, export.Job) error { a.Exports.Poke(); return nil }),
		job.Handle(h, func(ctx context.Context, _ export.SweepJob) error { return a.Exports.Sweep(ctx) }),
		h.Every(time.Hour, export.SweepJob{}),
		job.Handle(h, func(context.Context, adjust.Job) error { a.Adjustments.Poke(); return nil }),
		job.Handle(h, func(context.Context, sales.Job) error { a.Sales.Poke(); return nil }),
		job.Handle(h, func(context.Context, campaign.Wake) error { a.engine.Wake(); return nil }),
		a.alertHandlers(h),
		a.consentHandlers(h),
		a.pullHandlers(h),
		a.webhookHandlers(h),
		a.inboxHandlers(h),
	)
	return h, err
}

// Close gives everything back. The embedded Postgres stops with its last user.
func (a *App) Close() error {
	var err error
	if a.Issuers != nil {
		a.Issuers.Close()
	}
	if a.Usage != nil {
		a.Usage.Close()
	}
	if a.DB != nil {
		err = a.DB.Close()
	}
	if a.lease != nil {
		err = errors.Join(err, a.lease.Leave())
	}
	return err
}
