package pull

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/db"
)

const (
	// How soon a service that troubles is asked again: trouble that passes after
	// a minute, doubled each time; trouble that staff has to mend by the hour,
	// because it may be mended at the mall, where nobody tells us.
	firstRetry = time.Minute
	lastRetry  = 30 * time.Minute
	mendRetry  = time.Hour
)

// Poke makes Run look at once; the handler of Job calls it.
func (s *Service) Poke() { s.workers.Poke() }

// Run pulls from connections that are due, up to workers at a time, until ctx
// ends; what is under way then is given back and goes on elsewhere or later.
func (s *Service) Run(ctx context.Context, workers int) { s.workers.Run(ctx, workers) }

// connections are the rows that pulls are leased by.
func (s *Service) connections() lease.Due { return lease.Due{DB: s.DB, Table: "pull_connections"} }

// Work pulls from every connection that is due, one after the other.
func (s *Service) Work(ctx context.Context) error {
	for {
		row, owner, err := lease.Claim[db.PullConnection](ctx, s.connections(), s.Owner, s.Clock.Now())
		if err != nil || row == nil {
			return err
		}
		w := &worker{s: s, row: row, owner: owner}
		if err := w.end(ctx, s.connections().Hold(ctx, row.ID, owner, w.pull)); err != nil {
			return err
		}
	}
}

// worker is one process's work on one connection.
type worker struct {
	s     *Service
	row   *db.PullConnection
	owner string // of this claim's lease
}

// hold renews the lease in a transaction of the pull. Errors: lease.ErrLost, lease.ErrStopped.
func (w *worker) hold(ctx context.Context, tx bun.IDB) error {
	return w.s.connections().Renew(ctx, tx, w.row.ID, w.owner)
}

// end gives the lease back and says when the connection is due again. What only
// another try may mend is returned: the database away, the process stopping.
func (w *worker) end(ctx context.Context, err error) error {
	ctx = context.WithoutCancel(ctx)
	now := w.s.Clock.Now()
	trouble, isTrouble := source.TroubleOf(err)
	switch {
	case err == nil, errors.Is(err, lease.ErrLost):
		return nil // finish gave it back; or it is another's
	case errors.Is(err, lease.ErrStopped), errors.Is(err, context.Canceled):
		return w.leave(ctx, "next_at = next_at")
	case isTrouble && trouble.Code == source.Paced:
		return w.leave(ctx, "next_at = ?, failures = 0, trouble = NULL, trouble_since = NULL", now.Add(trouble.After))
	case isTrouble:
		return w.troubled(ctx, trouble)
	case fault.Is(err, fault.Unavailable):
		return errors.Join(err, w.leave(ctx, "next_at = ?", now.Add(firstRetry)))
	}
	w.s.Log.ErrorContext(ctx, "pull failed", "connection", w.row.ID, "error", err)
	return w.troubled(ctx, &source.Trouble{Code: "INTERNAL", Passing: true})
}

// Kept is trouble as it is kept with a connection.
type Kept struct {
	Code    source.Code `json:"code"`
	Call    string      `json:"call,omitempty"`
	Status  int         `json:"status,omitempty"`
	Detail  string      `json:"detail,omitempty"`
	Passing bool        `json:"passing"`
}

// troubled notes what is wrong and puts the connection off.
func (w *worker) troubled(ctx context.Context, t *source.Trouble) error {
	pause := mendRetry
	if t.Passing {
		pause = min(firstRetry<<min(w.row.Failures, 10), lastRetry)
		pause -= time.Duration(w.s.Chance() * float64(pause) / 4) // not all at once when the service is back
	}
	pause = max(pause, t.After)
	w.s.Log.WarnContext(ctx, "pull: put off", "connection", w.row.ID, "code", t.Code, "call", t.Call, "status", t.Status, "detail", t.Detail, "pause", pause)
	kept, err := json.Marshal(Kept{t.Code, t.Call, t.Status, t.Detail, t.Passing})
	if err != nil {
		return err
	}
	now := w.s.Clock.Now()
	err = w.leave(ctx, "next_at = ?, failures = failures + 1, trouble = ?::jsonb, trouble_since = coalesce(trouble_since, ?)", now.Add(pause), string(kept), now)
	return errors.Join(err, db.RunInTx(ctx, w.s.DB, func(ctx context.Context, tx db.Tx) error {
		return w.s.Queue.Enqueue(ctx, tx, alert.CheckJob{Of: alert.ConnectionTroubled})
	}))
}

// leave gives the lease back.
func (w *worker) leave(ctx context.Context, set string, args ...any) error {
	if err := w.s.connections().Leave(ctx, w.row.ID, w.owner, set, args...); err != nil {
		return err
	}
	return db.Fault(live.Notify(ctx, w.s.DB, live.Pulls, w.row.ID))
}
