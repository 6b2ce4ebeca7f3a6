package server

import (
	"context"
	"errors"
	"time"

	"github.com/meguri-crm/meguri/crm/job"
	"github.com/meguri-crm/meguri/crm/webhook"
)

// composeWebhooks puts together what tells partners of what happens.
func (a *App) composeWebhooks() error {
	sealer, err := webhook.NewSealer(a.Config.Secret)
	if err != nil {
		return err
	}
	a.Webhooks = webhook.New(webhook.Config{
		DB: a.DB, Clock: a.Clock, Sealer: sealer, Log: a.Log, Owner: processName(), Internal: a.Config.WebhooksInternal,
	})
	return nil
}

// webhookHandlers is the background work of webhooks, beside its loop.
func (a *App) webhookHandlers(h *job.Handlers) error {
	return errors.Join(
		job.Handle(h, func(ctx context.Context, _ webhook.SweepJob) error { return a.Webhooks.Sweep(ctx) }),
		h.Every(time.Hour, webhook.SweepJob{}),
	)
}
