package server

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/job"
	"github.com/meguri-crm/meguri/crm/mailchange"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/personal"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/preference"
	"github.com/meguri-crm/meguri/crm/privacy"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/crm/signup"
	"github.com/meguri-crm/meguri/db"
)

// composeConsents puts together what shoppers say about themselves.
func (a *App) composeConsents() {
	post := &personal.Post{Office: a.Notices, Brands: a.Messages.Brands}
	values := property.New(a.DB, a.Clock)
	a.Preferences = &preference.Service{DB: a.DB, Clock: a.Clock, Mails: a.Messages.Responses, Values: values}
	a.SignUps = &signup.Service{
		DB: a.DB, Clock: a.Clock, Queue: a.Queue, Signer: a.Messages.Signer, People: a.Customers, Rewards: joining{a.Points}, Referrals: referring{a.Referrals}, Values: values, Post: post, Senders: a.Messages.Senders, Returned: a.Privacy, Log: a.Log,
	}
	a.MailChanges = &mailchange.Service{
		DB: a.DB, Clock: a.Clock, Queue: a.Queue, Signer: a.Messages.Signer, People: a.Customers, Post: post, Returned: a.Privacy,
		Silences: message.Suppressions{DB: a.DB, Clock: a.Clock},
	}
}

// composePrivacy puts together what answers people who ask about their data.
func (a *App) composePrivacy() (err error) {
	a.Privacy, err = privacy.New(privacy.Service{
		DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Queue: a.Queue, Ledger: forfeit{a.Points}, Exports: a.Exports, Log: a.Log,
	}, a.Config.Secret)
	return err
}

// consentHandlers is their background work.
func (a *App) consentHandlers(h *job.Handlers) error {
	return errors.Join(
		job.Handle(h, a.SignUps.Mail),
		job.Handle(h, func(ctx context.Context, _ signup.SweepJob) error { return a.SignUps.Sweep(ctx) }),
		h.Every(24*time.Hour, signup.SweepJob{}),
		job.Handle(h, a.MailChanges.Mail),
		job.Handle(h, a.MailChanges.Notify),
		job.Handle(h, func(ctx context.Context, _ mailchange.SweepJob) error { return a.MailChanges.Sweep(ctx) }),
		h.Every(24*time.Hour, mailchange.SweepJob{}),
		job.Handle(h, a.Privacy.RunExport),
		job.Handle(h, func(ctx context.Context, _ privacy.SweepJob) error { return a.Privacy.Sweep(ctx) }),
		h.Every(24*time.Hour, privacy.SweepJob{}),
	)
}

// joining is what the rules of the point programme give who joins by a form.
type joining struct{ ledger *points.Service }

func (joining) entrance(f *signup.Form) points.Entrance {
	return points.Entrance{Form: f.ID, Shop: f.ShopID, Title: f.Content.Title.JA}
}

func (j joining) Joining(ctx context.Context, f *signup.Form) (int64, error) {
	return j.ledger.JoiningPoints(ctx, j.entrance(f))
}

func (j joining) Promise(ctx context.Context, tx db.Tx, f *signup.Form, amount int64) error {
	return points.Desk{Service: j.ledger}.PromiseJoining(ctx, tx, j.entrance(f), amount)
}

func (j joining) Joined(ctx context.Context, tx db.Tx, f *signup.Form, customerID int64) error {
	_, _, err := j.ledger.Award(ctx, &tx, points.Act{CustomerID: customerID, Action: points.ActionJoin, Ref: "join", ShopID: f.ShopID, Form: f.ID})
	return err
}

// referring takes down who sent people who join by a form.
type referring struct{ *referral.Service }

func (r referring) On(ctx context.Context) (bool, error) {
	set, err := r.Settings(ctx)
	return set.Enabled, err
}

func (r referring) Brought(ctx context.Context, tx db.Tx, customerID int64, code string, byLink bool) error {
	way := referral.ByForm
	if byLink {
		way = referral.ByLink
	}
	_, err := r.Refer(ctx, &tx, customerID, code, way)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Precondition) || fault.Is(err, fault.Conflict) {
		return nil // he joins all the same
	}
	return err
}

// forfeit takes the points away that somebody who is erased has left.
type forfeit struct{ ledger *points.Service }

func (f forfeit) Forfeit(ctx context.Context, tx db.Tx, customerID, requestID int64) error {
	account, err := f.ledger.Balance(ctx, customerID)
	if err != nil || account.Available <= 0 {
		return err
	}
	_, err = f.ledger.Deduct(ctx, &tx, points.SpendRequest{
		CustomerID: customerID, Amount: account.Available, Key: "erasure-" + strconv.FormatInt(requestID, 10),
		Cause: points.Cause{Reason: "STAFF", Note: "個人情報の消去に伴う失効"},
	})
	return err
}
