package server

import (
	"context"
	"errors"
	"time"

	"github.com/meguri-crm/meguri/crm/job"
	"github.com/meguri-crm/meguri/crm/pull"
	"github.com/meguri-crm/meguri/crm/pull/amazon"
	"github.com/meguri-crm/meguri/crm/pull/rakuten"
	"github.com/meguri-crm/meguri/crm/pull/shopify"
	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/crm/pull/yahoo"
)

// composePulls lists the services of malls that orders are pulled from.
func (a *App) composePulls() error {
	sealer, err := pull.NewSealer(a.Config.Secret)
	if err != nil {
		return err
	}
	a.Pulls = pull.New(pull.Config{
		DB: a.DB, Hub: a.Hub, Clock: a.Clock, Queue: a.Queue, Intake: a.Intake, Sealer: sealer, Log: a.Log, Owner: processName(), Zone: a.Config.Zone,
		Services: []source.Service{rakuten.Service{}, yahoo.Service{}, amazon.Service{}, shopify.Service{}},
	})
	return nil
}

// pullHandlers is the background work of pulls, beside its loop.
func (a *App) pullHandlers(h *job.Handlers) error {
	return errors.Join(
		job.Handle(h, func(context.Context, pull.Job) error { a.Pulls.Poke(); return nil }),
		job.Handle(h, func(ctx context.Context, _ pull.SweepJob) error { return a.Pulls.Sweep(ctx) }),
		h.Every(24*time.Hour, pull.SweepJob{}),
	)
}
