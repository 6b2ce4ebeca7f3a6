package server

import (
	"context"
	"errors"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/job"
	"github.com/meguri-crm/meguri/crm/message/personal"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/signup"
	"github.com/meguri-crm/meguri/db"
)

// composeConsents puts together what shoppers say about themselves.
func (a *App) composeConsents() {
	post := &personal.Post{Office: a.Notices, Brands: a.Messages.Brands}
	a.SignUps = &signup.Service{
		DB: a.DB, Clock: a.Clock, Queue: a.Queue, Signer: a.Messages.Signer, People: a.Customers, Welcome: welcome{a.Points}, Post: post, Log: a.Log,
	}
}

// consentHandlers is their background work.
func (a *App) consentHandlers(h *job.Handlers) error {
	return errors.Join(
		job.Handle(h, a.SignUps.Mail),
		job.Handle(h, func(ctx context.Context, _ signup.SweepJob) error { return a.SignUps.Sweep(ctx) }),
		h.Every(24*time.Hour, signup.SweepJob{}),
	)
}

// welcomeKey is the same for every grant of a new member, by whatever form or
// file: he is welcomed once.
const welcomeKey = "join"

// welcome books the points of joining.
type welcome struct{ ledger *points.Service }

func (w welcome) Welcome(ctx context.Context, tx db.Tx, customerID, amount int64) error {
	_, err := w.ledger.Grant(ctx, &tx, points.GrantRequest{
		CustomerID: customerID, Amount: amount, Key: welcomeKey, Cause: points.Cause{Reason: "ACTION", Note: "入会特典"},
	})
	if fault.Is(err, fault.Conflict) {
		return nil // he has had another amount
	}
	return err
}
