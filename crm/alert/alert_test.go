package alert_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// jobs keeps what was enqueued.
type jobs struct {
	mu    sync.Mutex
	mails []alert.MailJob
}

func (j *jobs) Enqueue(_ context.Context, _ db.Tx, args interface{ Kind() string }) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if mail, ok := args.(alert.MailJob); ok {
		j.mails = append(j.mails, mail)
	}
	return nil
}

// world is a service that watches for failed imports; what fails, tests say.
type world struct {
	*alert.Service
	t      *testing.T
	clock  *clock.Fixed
	jobs   *jobs
	causes []alert.Cause
	broken error
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, clock: &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}, jobs: &jobs{}}
	w.Service = &alert.Service{
		DB: dbtest.New(t), Clock: w.clock, Queue: w.jobs, Log: slog.New(slog.DiscardHandler),
		Watches: []alert.Watch{
			{Kind: alert.ImportFailed, Causes: func(context.Context) ([]alert.Cause, error) { return w.causes, w.broken }},
			{Kind: alert.SenderDNS, Slow: true, Causes: func(context.Context) ([]alert.Cause, error) {
				return []alert.Cause{alert.Of("SenderDomain", 1, "shop.example", alert.Warning, nil)}, nil
			}},
		},
	}
	return w
}

func (w *world) check(causes ...alert.Cause) {
	w.t.Helper()
	w.causes = causes
	if err := w.Check(w.t.Context(), ""); err != nil {
		w.t.Fatal(err)
	}
}

// as is a caller of a role.
func (w *world) as(role access.Role) context.Context {
	return access.As(w.t.Context(), access.Principal{Kind: access.ActorStaff, ID: 7, Role: role, Scopes: role.Scopes()})
}

func (w *world) list(resolved bool) []*db.Alert {
	w.t.Helper()
	rows, err := w.List(w.as(access.RoleOwner), resolved, 0, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	return rows
}

func (w *world) only() *db.Alert {
	w.t.Helper()
	rows := w.list(false)
	if len(rows) != 1 {
		w.t.Fatalf("%d open alerts, want 1", len(rows))
	}
	return rows[0]
}

func failure(id, rows int64, severity alert.Severity) alert.Cause {
	return alert.Of("Import", id, "orders.csv", severity, map[string]any{"rows": rows})
}

func TestACauseIsOneAlertUntilItIsGone(t *testing.T) {
	w := newWorld(t)
	w.check(failure(5, 3, alert.Warning))
	first := *w.only()
	if first.Kind != "IMPORT_FAILED" || *first.SubjectID != 5 || first.SubjectName != "orders.csv" || first.Times != 1 {
		t.Errorf("raised %+v", first)
	}
	w.clock.T = w.clock.T.Add(time.Minute)
	w.check(failure(5, 4, alert.Warning))
	again := w.only()
	if again.ID != first.ID || !again.FirstSeenAt.Equal(first.FirstSeenAt) || !again.LastSeenAt.Equal(w.clock.T) || string(again.Figures) != `{"rows": 4}` {
		t.Errorf("seen again %+v", again)
	}
	w.check()
	if over := w.list(true); len(w.list(false)) != 0 || len(over) != 1 || !over[0].ResolvedAt.Equal(w.clock.T) {
		t.Errorf("its cause is gone: open %d, over %v", len(w.list(false)), over)
	}
	if len(w.jobs.mails) != 1 {
		t.Errorf("%d mails, want 1", len(w.jobs.mails))
	}
}

// TestAnAlertThatTurnsIsSinceThen: codes that were few the day before and are none
// now are none since now.
func TestAnAlertThatTurnsIsSinceThen(t *testing.T) {
	w := newWorld(t)
	w.check(failure(5, 3, alert.Warning))
	begun := w.clock.T
	w.clock.T = begun.Add(time.Hour)
	w.check(failure(5, 2, alert.Warning))
	if since := w.only().FirstSeenAt; !since.Equal(begun) {
		t.Errorf("as grave as before it is since %v, want %v", since, begun)
	}
	for _, turn := range []alert.Severity{alert.Critical, alert.Warning} {
		w.clock.T = w.clock.T.Add(time.Hour)
		w.check(failure(5, 0, turn))
		if since := w.only().FirstSeenAt; !since.Equal(w.clock.T) {
			t.Errorf("%s since %v, want %v", turn, since, w.clock.T)
		}
	}
}

func TestWhatComesBackSoonIsTheSameAlert(t *testing.T) {
	w := newWorld(t)
	w.check(failure(5, 1, alert.Warning))
	first := w.only().ID
	if _, err := w.Acknowledge(w.as(access.RoleOwner), first); err != nil {
		t.Fatal(err)
	}
	w.check()
	w.clock.T = w.clock.T.Add(23 * time.Hour)
	w.check(failure(5, 1, alert.Warning))
	if back := w.only(); back.ID != first || back.Times != 2 || back.AcknowledgedAt != nil {
		t.Errorf("back within a day: %+v", back)
	}
	w.check()
	w.clock.T = w.clock.T.Add(25 * time.Hour)
	w.check(failure(5, 1, alert.Warning))
	if later := w.only(); later.ID == first || later.Times != 1 {
		t.Errorf("back after a day: %+v", later)
	}
	if len(w.jobs.mails) != 2 {
		t.Errorf("%d mails, want 2: one for each alert", len(w.jobs.mails))
	}
}

// TestSlowWatchesLook without a transaction, and one process at a time.
func TestSlowWatchesLook(t *testing.T) {
	w := newWorld(t)
	looks := 0
	w.Watches = []alert.Watch{{Kind: alert.SenderDNS, Slow: true, Causes: func(ctx context.Context) ([]alert.Cause, error) {
		looks++
		var open int
		if err := w.DB.NewRaw("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'").Scan(ctx, &open); err != nil {
			return nil, err
		}
		if open != 0 {
			t.Errorf("%d transactions wait for the world to answer", open)
		}
		if looks == 1 { // another process comes to look meanwhile
			if err := w.Check(ctx, alert.SenderDNS); err != nil {
				return nil, err
			}
		}
		return []alert.Cause{alert.Of("SenderDomain", 1, "shop.example", alert.Warning, nil)}, nil
	}}}
	if err := w.Check(t.Context(), alert.SenderDNS); err != nil {
		t.Fatal(err)
	}
	if looks != 1 || w.only().Kind != "SENDER_DNS" {
		t.Errorf("%d looked at once", looks)
	}
	if err := w.Check(t.Context(), alert.SenderDNS); err != nil || looks != 2 {
		t.Errorf("afterwards: %d looks, %v", looks, err)
	}
}

func TestProcessesThatLookAtOnceRaiseOne(t *testing.T) {
	w := newWorld(t)
	w.causes = []alert.Cause{failure(1, 1, alert.Warning), failure(2, 1, alert.Warning)}
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if err := w.Check(t.Context(), ""); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(w.list(false)); n != 2 || len(w.jobs.mails) != 2 {
		t.Errorf("%d alerts and %d mails, want 2 and 2", n, len(w.jobs.mails))
	}
}

func TestAWatchThatFailsEndsNothing(t *testing.T) {
	w := newWorld(t)
	w.check(failure(5, 1, alert.Warning))
	w.causes, w.broken = nil, errors.New("the table is away")
	if err := w.Check(t.Context(), ""); !errors.Is(err, w.broken) {
		t.Errorf("got %v", err)
	}
	if err := w.RunJob(t.Context(), alert.CheckJob{}); err != nil {
		t.Errorf("as a job it failed: %v", err)
	}
	w.only()
}

func TestSlowWatchesHaveTheirOwnTurn(t *testing.T) {
	w := newWorld(t)
	w.check()
	if n := len(w.list(false)); n != 0 {
		t.Fatalf("%d alerts after a quick turn", n)
	}
	if err := w.Check(t.Context(), alert.SenderDNS); err != nil {
		t.Fatal(err)
	}
	if got := w.only(); got.Kind != "SENDER_DNS" {
		t.Errorf("got %+v", got)
	}
}

func TestAcknowledging(t *testing.T) {
	w := newWorld(t)
	w.check(failure(5, 1, alert.Warning))
	id := w.only().ID
	for role, want := range map[access.Role]fault.Kind{access.RoleSupport: fault.NotFound, access.RoleAnalyst: fault.Forbidden} {
		if _, err := w.Acknowledge(w.as(role), id); !fault.Is(err, want) {
			t.Errorf("%s: %v, want %s", role, err, want)
		}
	}
	for range 2 { // the second time does nothing
		if row, err := w.Acknowledge(w.as(access.RoleMarketer), id); err != nil || *row.AcknowledgedBy != 7 {
			t.Fatalf("%+v, %v", row, err)
		}
	}
	var logged int
	if err := w.DB.NewRaw(`SELECT count(*) FROM audit_log WHERE action = 'alert.acknowledge' AND object_id = ? AND actor_id = 7`, id).Scan(t.Context(), &logged); err != nil || logged != 1 {
		t.Errorf("%d lines in the audit log, %v", logged, err)
	}
	w.check(failure(5, 2, alert.Warning))
	w.summary(access.RoleMarketer, alert.Summary{Open: 1})
	w.check(failure(5, 2, alert.Critical)) // it got worse: whoever had seen it had seen less
	w.summary(access.RoleMarketer, alert.Summary{Open: 1, Unacknowledged: 1, Critical: 1})
	w.summary(access.RoleSupport, alert.Summary{})
}

func (w *world) summary(role access.Role, want alert.Summary) {
	w.t.Helper()
	if got, err := w.Summary(w.t.Context(), role.Scopes()); err != nil || got != want {
		w.t.Errorf("%s sees %+v, %v; want %+v", role, got, err, want)
	}
}

func TestOldOnesAreSwept(t *testing.T) {
	w := newWorld(t)
	w.check(failure(1, 1, alert.Warning))
	w.check(failure(2, 1, alert.Warning))
	w.clock.T = w.clock.T.AddDate(0, 0, 181)
	if err := w.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if over := w.list(true); len(over) != 0 || w.only().Cause != "2" {
		t.Errorf("after half a year %d resolved ones are left", len(over))
	}
}
