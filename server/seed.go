package server

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/channel/mail"
	"github.com/meguri-crm/meguri/crm/message/mailbox"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/server/seed"
	"github.com/meguri-crm/meguri/server/seed/world"
)

// SeedFirst fills the embedded database with the demonstration shop on its
// first start, unless MEGURI_SEED is off. A database of the merchant's own is
// never filled unasked. Nothing else may work on the database meanwhile: leases
// of the past would look as if they had ended. A failure is logged, because
// Meguri works without the demonstration. How far it is is told to who waits at
// the terminal.
func (a *App) SeedFirst(ctx context.Context, terminal io.Writer) error {
	if a.Config.Seed == 0 || a.lease == nil {
		return nil
	}
	switch cut, err := seed.Unfinished(ctx, a.DB); {
	case err != nil:
		return err
	case cut:
		// It may have been worked with since, so nothing is thrown away unasked.
		a.Log.WarnContext(ctx, "filling the demonstration shop was cut off: for a whole one, stop Meguri, remove the data folder and start again",
			"folder", a.Config.DataDir)
		return nil
	}
	empty, err := seed.Empty(ctx, a.DB)
	if err != nil || !empty {
		return err
	}
	fmt.Fprintf(terminal, "\n  First start: making a demonstration shop with %d customers and two years of orders.\n"+
		"  This happens once and takes about a minute. MEGURI_SEED=off leaves the database empty instead.\n", a.Config.Seed)
	r, err := a.Seed(ctx, seed.Options{Customers: a.Config.Seed, Tell: func(day string, done, of int) {
		fmt.Fprintf(terminal, "  %3d %%  orders, points and campaigns up to %s\n", 100*done/of, day)
	}})
	if err != nil {
		a.Log.ErrorContext(ctx, "the demonstration shop is not complete", "error", err)
		return ctx.Err()
	}
	fmt.Fprintf(terminal, "  The shop is there: %d customers, %d orders, in %.0f seconds.\n", r.Customers, r.Orders, r.Took.Seconds())
	// What is wrong in it is told before the address is, which stays the last line.
	if err := a.Alerts.Sweep(ctx); err != nil {
		a.Log.ErrorContext(ctx, "what needs attention in the demonstration shop is looked for later", "error", err)
	}
	return nil
}

// seedGarbage is by how many percent memory may grow between two collections:
// little of it lives longer than a batch.
const seedGarbage = 400

// Seed fills an empty database with the demonstration shop. Errors: as seed.Run.
func (a *App) Seed(ctx context.Context, o seed.Options) (*seed.Report, error) {
	d, err := a.DB.Again(ctx, db.LazyCommits) // what is cut off is no demonstration and is made anew
	if err != nil {
		return nil, err
	}
	defer func() { _ = d.Close() }()
	past, moving, err := a.on(d, a.Clock.Now())
	if err != nil {
		return nil, err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(seedGarbage))
	product := &seed.Product{
		DB: d, Clock: moving, Shops: past.Shops, Intake: past.Intake, Customers: past.Customers, Points: past.Points,
		Stages: past.Stages, Segments: past.Segments, Offers: past.Offers, Costs: past.Costs, Campaigns: past.Campaigns,
		Tasks: past.Tasks, Events: past.Events, Referrals: past.Referrals,
		Senders: past.Messages.Senders, Deliver: past.deliverToMailbox, Schedules: a.Config.SMTPURL == nil,
	}
	as, err := a.merchant(ctx)
	if err != nil {
		return nil, err
	}
	return seed.Run(access.As(ctx, as), product, o)
}

// merchant is who does what the demonstration merchant's staff did: the owner,
// so that nothing of it passes for what came in by itself; where there is nobody
// yet, the command.
func (a *App) merchant(ctx context.Context) (access.Principal, error) {
	var owners []int64
	err := a.DB.NewSelect().Model((*db.Staff)(nil)).Column("id").
		Where("role = ? AND disabled_at IS NULL", access.RoleOwner).Order("id").Limit(1).Scan(ctx, &owners)
	if err != nil || len(owners) == 0 {
		return access.Principal{Kind: access.ActorCommand}, db.Fault(err)
	}
	return access.Principal{Kind: access.ActorStaff, ID: owners[0], Role: access.RoleOwner, Scopes: access.RoleOwner.Scopes()}, nil
}

// On is the same program on a clock that stands at an instant: what is taken in
// by it is taken in then. Closing it is left to the one it was made of.
func (a *App) On(at time.Time) (*App, error) {
	past, _, err := a.on(a.DB, at)
	return past, err
}

func (a *App) on(d *db.DB, at time.Time) (*App, *clock.Fixed, error) {
	moving := &clock.Fixed{T: at}
	past := &App{Config: a.Config, Log: a.Log, Clock: moving, DB: d, Hub: a.Hub}
	return past, moving, past.compose()
}

// ImportFolder takes in a folder that a seed has written, day by day, until
// asOf: each day's files as if that day were today.
// Errors: fault.Invalid for a folder without a plan that can be read.
func (a *App) ImportFolder(ctx context.Context, dir string, asOf time.Time, tell func(day string, done, of int)) error {
	plan, err := world.ReadPlan(dir)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "%s holds no %s that can be read", dir, world.PlanFile)
	}
	past, moving, err := a.on(a.DB, asOf)
	if err != nil {
		return err
	}
	taker := &seed.Taker{
		Clock: moving, Shops: past.Shops, Intake: past.Intake, Points: past.Points, Stages: past.Stages, Tell: tell,
	}
	return taker.Take(access.As(ctx, access.Principal{Kind: access.ActorCommand}), dir, plan, asOf)
}

// deliverTimeout is how long a demonstration campaign may take.
const deliverTimeout = 10 * time.Minute

// deliverToMailbox runs the delivery engine until a campaign is sent. Mails go
// into the built-in mailbox even where an SMTP server is configured, because
// nobody of the demonstration exists.
func (a *App) deliverToMailbox(ctx context.Context, campaignID int64) error {
	sink, err := mailbox.Listen(a.Messages.Mailbox, a.Log)
	if err != nil {
		return err
	}
	config, err := mail.ParseURL(sink.URL())
	if err != nil {
		return err
	}
	sender := mail.NewSender(config)
	a.engine.Sender = sender
	working, stop := context.WithTimeout(ctx, deliverTimeout)
	defer stop()
	done := make(chan struct{})
	go func() { defer close(done); a.engine.Run(working) }()
	err = a.awaitSent(working, campaignID)
	stop()
	<-done
	sender.Close()
	if closed := sink.Close(ctx); err == nil {
		err = closed
	}
	return err
}

func (a *App) awaitSent(ctx context.Context, campaignID int64) error {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		row, err := a.Campaigns.Find(ctx, campaignID)
		if err != nil || row.Status == string(campaign.StatusSent) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("campaign %d is still %s: %w", campaignID, row.Status, ctx.Err())
		case <-tick.C:
		}
	}
}
