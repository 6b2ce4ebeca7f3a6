// Package alert tells staff what is wrong or about to be.
//
// It owns the alerts, who acknowledged them and who was told by mail. It
// promises that a cause has one open alert at most, however often and by how
// many processes it is looked at; that an alert ends by itself when its cause
// does, and one that comes back within a day is the same; that open pages hear
// of each change; and that nobody is mailed twice about one. What a cause is,
// the nouns know: each gives a Watch that says what troubles it now, and the
// composition root lists them. The way of mails is left to a channel.
package alert

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db"
)

// Kind is what is wrong.
type Kind string

// The kinds.
const (
	ImportFailed      Kind = "IMPORT_FAILED"      // figures: errorCode, undo
	QuarantineWaiting Kind = "QUARANTINE_WAITING" // rows nobody mended for days; figures: rows, days
	BounceJump        Kind = "BOUNCE_JUMP"        // figures: sent, bounced, complained, usual (basis points), hours
	CodesLow          Kind = "CODES_LOW"          // figures: left, total, needed, campaigns (names), moreCampaigns
	ScheduleMissed    Kind = "SCHEDULE_MISSED"    // a campaign did not begin when it should; figures: because
	ScheduleBlocked   Kind = "SCHEDULE_BLOCKED"   // a scheduled campaign could not begin as things stand; figures: because
	LedgerBroken      Kind = "LEDGER_BROKEN"      // the books of the points do not balance; figures: discrepancies
	SenderKey         Kind = "SENDER_KEY"         // DKIM keys in use that cannot be opened: mail waits; figures: keys
	SenderDNS         Kind = "SENDER_DNS"         // records of a domain in use that are not published; figures: records
	// The leave to use a mall's service ends soon or has ended; figures: service, expired (boolean), days, on (day).
	ConnectionExpiring Kind = "CONNECTION_EXPIRING"
	// Orders do not come from a mall's service; figures: service, code, since.
	ConnectionTroubled Kind = "CONNECTION_TROUBLED"
	// A watched folder cannot be looked into, or files of it failed; figures: code (of the folder), files.
	WatchedFolder Kind = "WATCHED_FOLDER"
	// An endpoint of a partner takes no webhooks, or said that it is gone; figures: gone (boolean), since.
	WebhookFailing Kind = "WEBHOOK_FAILING"
	// Referrals wait for staff to look at them; figures: referrals, days (the oldest).
	ReferralsFlagged Kind = "REFERRALS_FLAGGED"
)

// Kinds are all kinds.
var Kinds = []Kind{ImportFailed, QuarantineWaiting, BounceJump, CodesLow, ScheduleMissed, ScheduleBlocked, LedgerBroken, SenderKey, SenderDNS, ConnectionExpiring, ConnectionTroubled, WatchedFolder, WebhookFailing, ReferralsFlagged}

// Severity is how soon somebody should act.
type Severity string

// The severities.
const (
	Warning  Severity = "WARNING"
	Critical Severity = "CRITICAL" // something is wrong now, or mails, points or data are at stake
)

// Subject is what an alert is about; zero: the installation.
type Subject struct {
	Kind string // type in the API
	ID   int64
	Name string // of a thing, never of a person
}

// Cause is one thing that is wrong at the moment.
type Cause struct {
	// Key tells it from others of its kind; "" where there can be one only.
	Key      string
	Severity Severity
	Subject  Subject
	Figures  map[string]any // ids, codes and figures, no personal data
}

// Of is the cause that stands for an object: it has one at most of each kind.
func Of(kind string, id int64, name string, severity Severity, figures map[string]any) Cause {
	return Cause{Key: strconv.FormatInt(id, 10), Severity: severity, Subject: Subject{kind, id, name}, Figures: figures}
}

// MaxCauses is how many causes of one kind are alerts at the same time; a
// Watch puts those first that matter most.
const MaxCauses = 50

// Watch answers with all causes of one kind that there are now.
type Watch struct {
	Kind   Kind
	Causes func(ctx context.Context) ([]Cause, error)
	// Slow watches ask outside of the database, and do so by the hour.
	Slow bool
}

// SlowEvery and Every are the pace of slow and other watches.
const (
	SlowEvery = time.Hour
	Every     = time.Minute
)

// CheckJob looks whether there are causes of a kind; "": of all that are not slow.
type CheckJob struct {
	Of Kind `json:"of"`
}

// Kind names the job.
func (CheckJob) Kind() string { return "alert_check" }

// Queue takes jobs that exist exactly when the transaction commits.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// handling says which scopes let one see alerts of a kind, and acknowledge them.
var handling = map[Kind]struct{ see, handle access.Scope }{
	ImportFailed:      {access.ScopeImportsRead, access.ScopeImportsWrite},
	QuarantineWaiting: {access.ScopeImportsRead, access.ScopeImportsWrite},
	BounceJump:        {access.ScopeCampaignsRead, access.ScopeCampaignsSend},
	CodesLow:          {access.ScopeOffersRead, access.ScopeOffersWrite},
	ScheduleMissed:    {access.ScopeCampaignsRead, access.ScopeCampaignsSend},
	ScheduleBlocked:   {access.ScopeCampaignsRead, access.ScopeCampaignsSend},
	LedgerBroken:      {access.ScopePointsRead, access.ScopePointsWrite},
	SenderKey:         {access.ScopeSettingsRead, access.ScopeSettingsWrite},
	SenderDNS:         {access.ScopeSettingsRead, access.ScopeSettingsWrite},

	ConnectionExpiring: {access.ScopeSettingsRead, access.ScopeSettingsWrite},
	ConnectionTroubled: {access.ScopeSettingsRead, access.ScopeSettingsWrite},
	WatchedFolder:      {access.ScopeImportsRead, access.ScopeImportsWrite},
	WebhookFailing:     {access.ScopeClientsRead, access.ScopeClientsWrite},
	ReferralsFlagged:   {access.ScopePointsRead, access.ScopePointsWrite},
}

// visible are the kinds that scopes show.
func visible(scopes access.ScopeSet) []string {
	kinds := []string{}
	for _, k := range Kinds {
		if scopes.Has(handling[k].see) {
			kinds = append(kinds, string(k))
		}
	}
	return kinds
}

// MayAcknowledge reports whether p may acknowledge alerts of a kind.
func MayAcknowledge(p access.Principal, k Kind) bool {
	return p.StaffID() != nil && p.Has(handling[k].handle)
}

// Service keeps alerts.
type Service struct {
	DB      *db.DB
	Clock   clock.Clock
	Queue   Queue
	Watches []Watch
	Log     *slog.Logger
}
