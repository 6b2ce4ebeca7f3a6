package inbox

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/db"
)

const (
	// Every is how often a folder is looked into, and soon while something lies in it.
	Every = 30 * time.Second
	soon  = 3 * time.Second
	// Settled is how long a file must have been of one size and time before it is taken.
	Settled = 10 * time.Second
)

// folders are the rows that looks are leased by.
func (s *Service) folders() lease.Due { return lease.Due{DB: s.DB, Table: "inboxes"} }

// Work looks into every folder that is due, one after the other.
func (s *Service) Work(ctx context.Context) error {
	for {
		row, owner, err := lease.Claim[db.Inbox](ctx, s.folders(), s.Owner, s.Clock.Now())
		if err != nil || row == nil {
			return err
		}
		w := &worker{s: s, row: row, owner: owner}
		if err := w.end(ctx, s.folders().Hold(ctx, row.ID, owner, w.look)); err != nil {
			return err
		}
	}
}

// worker is one process's look into one folder.
type worker struct {
	s     *Service
	row   *db.Inbox
	owner string // of this claim's lease
	open  int    // files that lie there still
}

// hold renews the lease in a transaction of the look. Errors: lease.ErrLost, lease.ErrStopped.
func (w *worker) hold(ctx context.Context, tx bun.IDB) error {
	return w.s.folders().Renew(ctx, tx, w.row.ID, w.owner)
}

// trouble is what keeps a look from being done, and staff has to mend.
type trouble struct {
	code  string
	cause error
}

func (t *trouble) Error() string { return t.code + ": " + t.cause.Error() }
func (t *trouble) Unwrap() error { return t.cause }

// end gives the lease back and says when the folder is due again.
func (w *worker) end(ctx context.Context, err error) error {
	ctx = context.WithoutCancel(ctx)
	now := w.s.Clock.Now()
	next := now.Add(Every)
	if w.open > 0 {
		next = now.Add(soon)
	}
	var t *trouble
	switch {
	case err == nil:
		return w.leave(ctx, "next_at = ?, looked_at = ?, trouble = NULL, trouble_since = NULL", next, now)
	case errors.Is(err, lease.ErrLost):
		return nil
	case errors.Is(err, lease.ErrStopped), errors.Is(err, context.Canceled):
		return w.leave(ctx, "next_at = next_at")
	case errors.As(err, &t):
		w.s.Log.WarnContext(ctx, "watched folder", "folder", w.row.ID, "code", t.code, "error", t.cause)
		return errors.Join(
			w.leave(ctx, "next_at = ?, looked_at = ?, trouble = ?, trouble_since = CASE WHEN trouble = ? THEN trouble_since ELSE ? END", now.Add(Every), now, t.code, t.code, now),
			w.alarm(ctx),
		)
	case fault.Is(err, fault.Unavailable):
		return errors.Join(err, w.leave(ctx, "next_at = ?", next))
	}
	w.s.Log.ErrorContext(ctx, "watched folder: the look failed", "folder", w.row.ID, "error", err)
	return errors.Join(err, w.leave(ctx, "next_at = ?", now.Add(Every)))
}

// alarm has the alerts looked at anew.
func (w *worker) alarm(ctx context.Context) error {
	return db.RunInTx(ctx, w.s.DB, func(ctx context.Context, tx db.Tx) error {
		return w.s.Queue.Enqueue(ctx, tx, alert.CheckJob{Of: alert.WatchedFolder})
	})
}

// leave gives the lease back.
func (w *worker) leave(ctx context.Context, set string, args ...any) error {
	return w.s.folders().Leave(ctx, w.row.ID, w.owner, set, args...)
}
