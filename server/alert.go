package server

import (
	"context"
	"errors"
	"time"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/job"
	"github.com/meguri-crm/meguri/crm/message/notice"
)

// composeAlerts lists what is watched, and how staff is told.
func (a *App) composeAlerts() {
	a.Notices = &notice.Post{Senders: a.Messages.Senders, Domains: a.Messages.Domains, Clock: a.Clock, Base: a.Config.PublicURL}
	watches := []alert.Watch{
		{Kind: alert.ImportFailed, Causes: a.Intake.Failed},
		{Kind: alert.QuarantineWaiting, Causes: a.Intake.WaitingRows},
		{Kind: alert.BounceJump, Causes: a.Campaigns.BounceJump},
		{Kind: alert.CodesLow, Causes: a.Offers.LowPools},
		{Kind: alert.ScheduleMissed, Causes: a.Campaigns.MissedSchedules},
		{Kind: alert.ScheduleBlocked, Causes: a.Campaigns.BlockedSchedules},
		{Kind: alert.LedgerBroken, Causes: a.Points.Broken},
		{Kind: alert.SenderKey, Causes: a.Messages.Domains.LockedKeys},
		{Kind: alert.ConnectionExpiring, Causes: a.Pulls.Expiring},
		{Kind: alert.ConnectionTroubled, Causes: a.Pulls.Troubled},
		{Kind: alert.WatchedFolder, Causes: a.Inboxes.Troubled},
		{Kind: alert.WebhookFailing, Causes: a.Webhooks.Failing},
		{Kind: alert.ReferralsFlagged, Causes: a.Referrals.Undecided},
	}
	if a.Config.SMTPURL != nil { // what stays in the built-in mailbox needs no DNS
		watches = append(watches, alert.Watch{Kind: alert.SenderDNS, Causes: a.Messages.Domains.Unpublished, Slow: true})
	}
	a.Alerts = &alert.Service{DB: a.DB, Clock: a.Clock, Queue: a.Queue, Watches: watches, Log: a.Log}
}

// alertHandlers is the background work of alerts.
func (a *App) alertHandlers(h *job.Handlers) error {
	mailer := &alert.Mailer{Service: a.Alerts, Post: a.Notices}
	return errors.Join(
		job.Handle(h, a.Alerts.RunJob),
		h.Every(alert.Every, alert.CheckJob{}),
		h.Every(alert.SlowEvery, alert.CheckJob{Of: alert.SenderDNS}),
		job.Handle(h, mailer.Mail),
		job.Handle(h, func(ctx context.Context, _ alert.SweepJob) error { return a.Alerts.Sweep(ctx) }),
		h.Every(24*time.Hour, alert.SweepJob{}),
	)
}
