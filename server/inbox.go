package server

import (
	"context"
	"errors"
	"time"

	"github.com/meguri-crm/meguri/crm/inbox"
	"github.com/meguri-crm/meguri/crm/job"
)

// composeInboxes makes the service of watched folders.
func (a *App) composeInboxes() {
	a.Inboxes = inbox.New(inbox.Config{
		DB: a.DB, Clock: a.Clock, Queue: a.Queue, Intake: a.Intake, Log: a.Log, Owner: processName(), Root: a.Config.InboxDir,
	})
}

// inboxHandlers is the background work of watched folders, beside its loop.
func (a *App) inboxHandlers(h *job.Handlers) error {
	return errors.Join(
		job.Handle(h, func(context.Context, inbox.Job) error { a.Inboxes.Poke(); return nil }),
		job.Handle(h, func(ctx context.Context, _ inbox.SweepJob) error { return a.Inboxes.Sweep(ctx) }),
		h.Every(24*time.Hour, inbox.SweepJob{}),
	)
}
