package server

import (
	"context"
	"fmt"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/message/channel/mail"
	"github.com/meguri-crm/meguri/crm/message/mailbox"
	"github.com/meguri-crm/meguri/server/seed"
)

// SeedFirst fills the embedded database with the demonstration shop on its
// first start, unless MEGURI_SEED is off. A database of the merchant's own is
// never filled unasked. Nothing else may work on the database meanwhile: leases
// of the past would look as if they had ended. A failure is logged, because
// Meguri works without the demonstration.
func (a *App) SeedFirst(ctx context.Context) error {
	if !a.Config.Seed || a.lease == nil {
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
	a.Log.InfoContext(ctx, "filling the empty database with a demonstration shop; MEGURI_SEED=off leaves it empty")
	r, err := a.Seed(ctx, seed.Options{Customers: seed.DefaultCustomers})
	if err != nil {
		a.Log.ErrorContext(ctx, "the demonstration shop is not complete", "error", err)
		return ctx.Err()
	}
	a.Log.InfoContext(ctx, "filled", "customers", r.Customers, "orders", r.Orders, "seconds", r.Took.Seconds())
	return nil
}

// Seed fills an empty database with the demonstration shop. Errors: as seed.Run.
func (a *App) Seed(ctx context.Context, o seed.Options) (*seed.Report, error) {
	moving := &clock.Fixed{T: a.Clock.Now()}
	past := &App{Config: a.Config, Log: a.Log, Clock: moving, DB: a.DB, Hub: a.Hub}
	if err := past.compose(); err != nil {
		return nil, err
	}
	product := &seed.Product{
		DB: a.DB, Clock: moving, Shops: past.Shops, Intake: past.Intake, Customers: past.Customers, Points: past.Points,
		Stages: past.Stages, Segments: past.Segments, Offers: past.Offers, Campaigns: past.Campaigns,
		Tasks: past.Tasks, Events: past.Events,
		Senders: past.Messages.Senders, Deliver: past.deliverToMailbox, Schedules: a.Config.SMTPURL == nil,
	}
	return seed.Run(access.As(ctx, access.Principal{Kind: access.ActorCommand}), product, o)
}

// deliverTimeout is how long a demonstration campaign may take.
const deliverTimeout = 2 * time.Minute

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
