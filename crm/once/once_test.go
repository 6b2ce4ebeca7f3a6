package once_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// counter is what requests of these tests do: they add one, and answer with the
// number they are.
type counter struct {
	*once.Service
	clock *clock.Fixed
}

type answer struct{ Number int64 }

func newCounter(t *testing.T) *counter {
	t.Helper()
	c := &clock.Fixed{T: time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)}
	d := dbtest.New(t)
	if _, err := d.ExecContext(t.Context(), "CREATE TABLE counted (n bigint GENERATED ALWAYS AS IDENTITY)"); err != nil {
		t.Fatal(err)
	}
	return &counter{&once.Service{DB: d, Clock: c}, c}
}

func (c *counter) add(ctx context.Context, tx db.Tx) (a answer, err error) {
	if _, err := tx.ExecContext(ctx, "INSERT INTO counted DEFAULT VALUES"); err != nil {
		return a, err
	}
	return a, tx.NewRaw("SELECT count(*) FROM counted").Scan(ctx, &a.Number)
}

func client(ctx context.Context, id int64) context.Context {
	return access.As(ctx, access.Principal{Kind: access.ActorClient, ID: id})
}

func codeOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.CodeOrKind()
	}
	return ""
}

func TestARequestIsCarriedOutOnce(t *testing.T) {
	c := newCounter(t)
	for _, r := range []struct {
		what         string
		client       int64
		action, key  string
		body         any
		want         int64
		code         string
		after        time.Duration
		refusedFirst bool
	}{
		{what: "the first", client: 1, action: "redeem", key: "a", body: map[string]any{"x": 1, "y": 2}, want: 1},
		{what: "the same again", client: 1, action: "redeem", key: "a", body: map[string]any{"y": 2, "x": 1}, want: 1},
		{what: "the same six days later", client: 1, action: "redeem", key: "a", body: map[string]any{"y": 2, "x": 1}, after: 6 * 24 * time.Hour, want: 1},
		{what: "other content", client: 1, action: "redeem", key: "a", body: map[string]any{"x": 1, "y": 3}, code: "IDEMPOTENCY_KEY_REUSED"},
		{what: "another mutation", client: 1, action: "upsert", key: "a", body: map[string]any{"x": 1, "y": 2}, code: "IDEMPOTENCY_KEY_REUSED"},
		{what: "another client", client: 2, action: "redeem", key: "a", body: map[string]any{"x": 1, "y": 2}, want: 2},
		{what: "another key", client: 1, action: "redeem", key: "b", body: map[string]any{"x": 1, "y": 2}, want: 3},
		{what: "one that was refused", client: 1, action: "redeem", key: "c", refusedFirst: true, want: 4},
		{what: "no key", client: 1, action: "redeem", code: "OUT_OF_RANGE"},
		{what: "a key without end", client: 1, action: "redeem", key: strings.Repeat("k", 201), code: "OUT_OF_RANGE"},
		{what: "the same after it was forgotten", client: 1, action: "redeem", key: "a", body: map[string]any{"x": 1, "y": 2}, after: once.Kept, want: 5},
	} {
		if c.clock.Advance(r.after); r.after > 0 {
			if err := c.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		ctx, asked := client(t.Context(), r.client), once.Request{Action: r.action, Key: r.key, Body: r.body}
		if r.refusedFirst {
			refused := fault.New(fault.Precondition, "not today").WithCode("NOT_TODAY")
			_, err := once.Do(ctx, c.Service, asked, func(ctx context.Context, tx db.Tx) (answer, error) {
				_, err := c.add(ctx, tx)
				return answer{}, errors.Join(err, refused)
			})
			if codeOf(err) != "NOT_TODAY" {
				t.Errorf("%s: %v", r.what, err)
			}
		}
		got, err := once.Do(ctx, c.Service, asked, c.add)
		if got.Number != r.want || codeOf(err) != r.code || (err != nil) != (r.code != "") {
			t.Errorf("%s: %d, %v; want %d, %q", r.what, got.Number, err, r.want, r.code)
		}
	}
}

func TestOfManyAtOnceOneIsCarriedOut(t *testing.T) {
	c := newCounter(t)
	ctx := client(t.Context(), 1)
	for name, do := range map[string]func(once.Request) (answer, error){
		"in one transaction": func(r once.Request) (answer, error) { return once.Do(ctx, c.Service, r, c.add) },
		"in several": func(r once.Request) (answer, error) {
			return once.Repeat(ctx, c.Service, r, func(ctx context.Context) (a answer, err error) {
				err = db.RunInTx(ctx, c.DB, func(ctx context.Context, tx db.Tx) (err error) { a, err = c.add(ctx, tx); return err })
				return a, err
			})
		},
	} {
		var answers [16]answer
		var failed [16]error
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { answers[i], failed[i] = do(once.Request{Action: "redeem", Key: name}) })
		}
		all.Wait()
		for i, got := range answers {
			if failed[i] != nil || got != answers[0] || got.Number == 0 {
				t.Errorf("%s: %+v, %v; another got %+v", name, got, failed[i], answers[0])
			}
		}
		if name == "in several" {
			continue // what is repeated is harmless there
		}
		if n, err := c.DB.NewSelect().Table("counted").Count(ctx); err != nil || n != answers[0].Number {
			t.Errorf("%s: carried out %d times, %v", name, n, err)
		}
	}
}

// Whoever waited for one that died does the work himself.
func TestWhatDiesBetweenIsDoneByTheNext(t *testing.T) {
	c := newCounter(t)
	ctx := client(t.Context(), 1)
	asked := once.Request{Action: "redeem", Key: "k", Body: 1}
	inside, waiting, second := make(chan int), make(chan struct{}), make(chan error, 1)
	go func() {
		_, err := once.Do(ctx, c.Service, asked, func(ctx context.Context, tx db.Tx) (answer, error) {
			a, err := c.add(ctx, tx)
			var pid int
			err = errors.Join(err, tx.NewRaw("SELECT pg_backend_pid()").Scan(ctx, &pid))
			inside <- pid
			<-waiting
			return a, err
		})
		second <- err
	}()
	pid := <-inside
	done := make(chan error, 1)
	go func() {
		got, err := once.Do(ctx, c.Service, asked, c.add)
		if err == nil && got.Number != 1 {
			err = fmt.Errorf("it is number %d, want 1", got.Number)
		}
		done <- err
	}()
	if _, err := c.DB.ExecContext(ctx, "SELECT pg_terminate_backend(?)", pid); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	close(waiting)
	if err := <-second; err == nil {
		t.Error("the one that was cut off thinks that it is done")
	}
}
