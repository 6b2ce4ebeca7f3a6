package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
)

// sameWithin is how soon a cause that was gone comes back as the same alert, so
// that one that flickers is not news each time.
const sameWithin = 24 * time.Hour

// keptFor is how long resolved alerts can be read.
const keptFor = 180 * 24 * time.Hour

// Check brings the alerts of a kind up to the causes that there are now; "":
// of all kinds that are not slow. A watch that fails leaves the alerts of its
// kind as they are, and the others are looked at all the same.
func (s *Service) Check(ctx context.Context, of Kind) error {
	var failed error
	for _, w := range s.Watches {
		if of == w.Kind || of == "" && !w.Slow {
			if err := s.reconcile(ctx, w); err != nil {
				failed = errors.Join(failed, fmt.Errorf("look for %s: %w", w.Kind, err))
			}
		}
	}
	return failed
}

// RunJob is Check as a job. It fails only into the log: the next turn comes
// sooner than a job that is tried again.
func (s *Service) RunJob(ctx context.Context, job CheckJob) error {
	if err := s.Check(ctx, job.Of); err != nil && ctx.Err() == nil {
		s.Log.ErrorContext(ctx, "alerts: a check failed", "error", err)
	}
	return nil
}

// Sweep forgets alerts that were resolved long ago.
func (s *Service) Sweep(ctx context.Context) error {
	_, err := s.DB.NewDelete().Model((*db.Alert)(nil)).Where("resolved_at < ?", s.Clock.Now().Add(-keptFor)).Exec(ctx)
	return db.Fault(err)
}

// SweepJob runs Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "alert_sweep" }

// reconcile looks alone: two processes that looked at the same time could
// otherwise end what the other had just begun. It looks outside of any
// transaction, because the world may take its time to answer.
func (s *Service) reconcile(ctx context.Context, w Watch) error {
	return s.alone(ctx, w, func() error {
		causes, err := w.Causes(ctx)
		if err != nil {
			return err
		}
		return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
			turn := turn{service: s, tx: tx, kind: w.Kind, now: s.Clock.Now()}
			return turn.run(ctx, causes[:min(len(causes), MaxCauses)])
		})
	})
}

// alone runs look under a lock of the session, one for each kind. While another
// looks, a slow watch is left to him; for the others it waits, because he may
// have looked before that came about of which this caller was told.
func (s *Service) alone(ctx context.Context, w Watch, look func() error) error {
	conn, err := s.DB.Pool.Acquire(ctx)
	if err != nil {
		return db.Fault(err)
	}
	defer conn.Release()
	key, lock := "alert:"+string(w.Kind), "SELECT true FROM pg_advisory_lock(hashtextextended($1, 0))"
	if w.Slow {
		lock = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
	}
	var mine bool
	if err := conn.QueryRow(ctx, lock, key).Scan(&mine); err != nil || !mine {
		return db.Fault(err)
	}
	defer func() {
		ending := context.WithoutCancel(ctx)
		if _, err := conn.Exec(ending, "SELECT pg_advisory_unlock(hashtextextended($1, 0))", key); err != nil {
			_ = conn.Conn().Close(ending) // the lock ends with its session
		}
	}()
	return look()
}

// turn is one look at the causes of one kind.
type turn struct {
	service *Service
	tx      db.Tx
	kind    Kind
	now     time.Time
	open    map[string]*db.Alert
	closed  map[string]*db.Alert // not long ago
	changed bool
}

func (t *turn) run(ctx context.Context, causes []Cause) error {
	if err := t.load(ctx); err != nil {
		return err
	}
	present := map[string]bool{}
	for _, c := range causes {
		if present[c.Key] {
			return fault.New(fault.Internal, "two causes of %s have the key %q", t.kind, c.Key)
		}
		present[c.Key] = true
		if err := t.see(ctx, c); err != nil {
			return err
		}
	}
	for key, row := range t.open {
		if !present[key] {
			row.ResolvedAt = &t.now
			if err := t.update(ctx, row, true); err != nil {
				return err
			}
		}
	}
	if !t.changed {
		return nil
	}
	return db.Fault(live.Notify(ctx, t.tx, live.Alert, 0))
}

func (t *turn) load(ctx context.Context) error {
	var rows []*db.Alert
	err := t.tx.NewSelect().Model(&rows).Where("kind = ?", t.kind).
		Where("(resolved_at IS NULL OR resolved_at > ?)", t.now.Add(-sameWithin)).Order("id").Scan(ctx)
	t.open, t.closed = map[string]*db.Alert{}, map[string]*db.Alert{}
	for _, row := range rows {
		if row.ResolvedAt == nil {
			t.open[row.Cause] = row
		} else {
			t.closed[row.Cause] = row
		}
	}
	return db.Fault(err)
}

// see books that a cause is there.
func (t *turn) see(ctx context.Context, c Cause) error {
	figures, err := json.Marshal(c.Figures)
	if err != nil {
		return fmt.Errorf("figures of %s: %w", t.kind, err)
	}
	if c.Figures == nil {
		figures = []byte("{}")
	}
	row, isOpen := t.open[c.Key]
	back, wasClosed := t.closed[c.Key]
	switch {
	case isOpen:
		worse := row.Severity != string(Critical) && c.Severity == Critical
		news := worse || row.Severity != string(c.Severity) || row.SubjectName != c.Subject.Name || !sameJSON(row.Figures, figures)
		if row.Severity != string(c.Severity) { // it is another matter from now on
			row.FirstSeenAt = t.now
		}
		if worse { // who had seen it had seen less
			row.AcknowledgedAt, row.AcknowledgedBy = nil, nil
		}
		t.describe(row, c, figures)
		return t.update(ctx, row, news)
	case wasClosed:
		back.ResolvedAt, back.AcknowledgedAt, back.AcknowledgedBy = nil, nil, nil
		back.Times++
		t.describe(back, c, figures)
		return t.update(ctx, back, true)
	default:
		return t.raise(ctx, c, figures)
	}
}

func (t *turn) raise(ctx context.Context, c Cause, figures json.RawMessage) error {
	row := &db.Alert{Kind: string(t.kind), Cause: c.Key, Times: 1, FirstSeenAt: t.now}
	t.describe(row, c, figures)
	if _, err := t.tx.NewInsert().Model(row).Returning("id").Exec(ctx); err != nil {
		return db.Fault(err)
	}
	t.changed = true
	t.service.Log.WarnContext(ctx, "alert", "kind", row.Kind, "severity", row.Severity, "subject", row.SubjectKind, "id", c.Subject.ID)
	return t.service.Queue.Enqueue(ctx, t.tx, MailJob{AlertID: row.ID})
}

func (t *turn) describe(row *db.Alert, c Cause, figures json.RawMessage) {
	row.Severity, row.Figures, row.LastSeenAt = string(c.Severity), figures, t.now
	row.SubjectKind, row.SubjectName, row.SubjectID = c.Subject.Kind, c.Subject.Name, nil
	if c.Subject.Kind != "" {
		row.SubjectID = &c.Subject.ID
	}
}

func (t *turn) update(ctx context.Context, row *db.Alert, news bool) error {
	t.changed = t.changed || news
	_, err := t.tx.NewUpdate().Model(row).WherePK().Exec(ctx)
	return db.Fault(err)
}

// sameJSON compares by meaning: Postgres orders keys its own way.
func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}
