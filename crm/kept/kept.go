// Package kept keeps answers that are computed over everybody, so that pages do
// not wait for them.
//
// It owns kept_answers: the last answer to each question, the instant it speaks
// of, and a print of what it was asked with. It promises that an answer is given
// for the one of now only to whoever asks with the same print and while it is
// fresh (less than a minute old, if the question says nothing else), that the
// same is computed once for all who ask for it at the same time, that what nobody
// asks for in a week is let go, and that merchants whose answers are cheap never
// see a kept one.
// It leaves to the nouns what a question is, what belongs into its print
// (everything that staff can change and expects to see at once), and whether an
// answer is had anew before somebody asks (Held, Anew; crm/insight does). An
// answer holds no data of any person.
package kept

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/singleflight"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db"
)

// An answer is kept when it took longer than dear, at a merchant with a crowd of
// customers. With fewer it is always fresh, also on a machine that is busy.
const (
	dear  = 60 * time.Millisecond
	crowd = 30_000
)

// Fresh is how long an answer may be given for the one of now, if its question
// says nothing else.
const Fresh = 50 * time.Second

// forgotten is after how long an answer is let go that nobody asked for.
const forgotten = 7 * 24 * time.Hour

// asked is how exactly it is known when somebody asked.
const asked = time.Minute

// Shelf holds the kept answers of a database. It is safe for concurrent use; a
// nil one keeps nothing.
type Shelf struct {
	db     *db.DB
	clock  clock.Clock
	dear   time.Duration
	crowd  int64
	flight singleflight.Group
}

// New is the shelf of a database.
func New(d *db.DB, c clock.Clock) *Shelf { return &Shelf{db: d, clock: c, dear: dear, crowd: crowd} }

// NewFrom is a shelf that keeps what took at least as long as dear, with at
// least crowd customers.
func NewFrom(d *db.DB, c clock.Clock, dear time.Duration, crowd int64) *Shelf {
	return &Shelf{db: d, clock: c, dear: dear, crowd: crowd}
}

// Question names what is asked.
type Question struct {
	Name  string // audience, usage …
	Of    int64  // the row it is about; 0: none
	Print []byte // of what it is asked with; Print makes one
	// Fresh is how long an answer may be given for the one of now; 0: Fresh.
	Fresh time.Duration
}

func (q Question) fresh() time.Duration {
	if q.Fresh == 0 {
		return Fresh
	}
	return q.Fresh
}

// Print is a short name for all that an answer depends on beside the data of
// people.
func Print(parts ...any) ([]byte, error) {
	raw, err := json.Marshal(parts)
	if err != nil {
		return nil, fmt.Errorf("print a question: %w", err)
	}
	sum := sha256.Sum256(raw)
	return sum[:], nil
}

// Answer is an answer and its time.
type Answer[T any] struct {
	Value T
	AsOf  time.Time
	// Stale says that it is not fresh, or was asked with something else: it is the
	// last there was, not the one of now.
	Stale bool
}

// At is when the answer is of: of one that no shelf computed, now.
func (a Answer[T]) At(now time.Time) time.Time {
	if a.AsOf.IsZero() {
		return now
	}
	return a.AsOf
}

// Wanted is which answer somebody wants.
type Wanted bool

const (
	// Now is the kept answer where it was asked with the same and is fresh, and
	// otherwise one that is computed.
	Now Wanted = false
	// Last is the last kept answer, however old and whatever it was asked with;
	// only where none is kept, one that is computed.
	Last Wanted = true
)

// Ask answers a question. What is computed goes on when the caller leaves, for
// the next who asks.
func Ask[T any](ctx context.Context, s *Shelf, q Question, want Wanted, compute func(context.Context) (T, error)) (Answer[T], error) {
	if s == nil {
		return Anew(ctx, s, q, compute)
	}
	last, err := find[T](ctx, s, q)
	if err != nil {
		return Answer[T]{}, err
	}
	if last != nil && (want == Last || !last.Stale) {
		return *last, nil
	}
	computed := s.flight.DoChan(fmt.Sprintf("%s %d %x", q.Name, q.Of, q.Print), func() (any, error) {
		return Anew(context.WithoutCancel(ctx), s, q, compute)
	})
	select {
	case <-ctx.Done():
		return Answer[T]{}, ctx.Err()
	case done := <-computed:
		answer, _ := done.Val.(Answer[T]) // the name of a question has one type
		return answer, done.Err
	}
}

// Anew computes an answer, for whoever asks next.
func Anew[T any](ctx context.Context, s *Shelf, q Question, compute func(context.Context) (T, error)) (Answer[T], error) {
	if s == nil {
		value, err := compute(ctx)
		return Answer[T]{Value: value}, err
	}
	at, begun := s.clock.Now(), time.Now()
	value, err := compute(ctx)
	if err != nil {
		return Answer[T]{}, err
	}
	return Answer[T]{Value: value, AsOf: at}, s.keep(ctx, q, value, at, time.Since(begun))
}

// find is the kept answer, and notes that somebody asked; nil when there is none.
func find[T any](ctx context.Context, s *Shelf, q Question) (*Answer[T], error) {
	var raw []byte
	var same bool
	var askedAt time.Time
	a := new(Answer[T])
	err := s.db.Pool.QueryRow(ctx, `SELECT answer, as_of, print = $3, asked_at FROM kept_answers WHERE name = $1 AND of = $2`, q.Name, q.Of, q.Print).
		Scan(&raw, &a.AsOf, &same, &askedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil //nolint:nilnil // nil is the answer that is not there
	}
	if err != nil {
		return nil, db.Fault(err)
	}
	if err := json.Unmarshal(raw, &a.Value); err != nil {
		return nil, fmt.Errorf("read a kept answer: %w", err)
	}
	now := s.clock.Now()
	age := now.Sub(a.AsOf)
	a.Stale = !same || age < 0 || age > q.fresh()
	if now.Sub(askedAt) > asked {
		_, err = s.db.Pool.Exec(ctx, "UPDATE kept_answers SET asked_at = $3 WHERE name = $1 AND of = $2", q.Name, q.Of, now)
	}
	return a, db.Fault(err)
}

// keep keeps an answer that was dear, unless a newer one is there, and lets go
// of one that has become cheap.
func (s *Shelf) keep(ctx context.Context, q Question, value any, at time.Time, took time.Duration) error {
	if took < s.dear {
		_, err := s.db.Pool.Exec(ctx, `DELETE FROM kept_answers WHERE name = $1 AND of = $2 AND as_of <= $3`, q.Name, q.Of, at)
		return db.Fault(err)
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("keep an answer: %w", err)
	}
	_, err = s.db.Pool.Exec(ctx, `
		WITH gone AS (DELETE FROM kept_answers WHERE asked_at < $6 AND (name, of) <> ($1, $2))
		INSERT INTO kept_answers AS k (name, of, print, as_of, asked_at, took_ms, answer)
		SELECT $1, $2::bigint, $3::bytea, $4::timestamptz, $4::timestamptz, $8::int, $5::json
		WHERE (SELECT t.reltuples >= $7::bigint FROM pg_class AS t WHERE t.oid = 'customers'::regclass)
		ON CONFLICT (name, of) DO UPDATE SET print = excluded.print, as_of = excluded.as_of, took_ms = excluded.took_ms, answer = excluded.answer
		WHERE k.as_of <= excluded.as_of`, q.Name, q.Of, q.Print, at, string(raw), at.Add(-forgotten), s.crowd, took.Milliseconds())
	return db.Fault(err)
}

// Held is an answer on the shelf.
type Held struct {
	Name    string
	Of      int64
	Print   []byte
	AsOf    time.Time
	AskedAt time.Time     // to the minute
	Took    time.Duration // to compute
}

// Held lists the answers whose names begin with prefix, what somebody asked for
// last first, and lets go of those that nobody asked for in a week.
func (s *Shelf) Held(ctx context.Context, prefix string) ([]Held, error) {
	if s == nil {
		return nil, nil
	}
	if _, err := s.db.Pool.Exec(ctx, "DELETE FROM kept_answers WHERE asked_at < $1", s.clock.Now().Add(-forgotten)); err != nil {
		return nil, db.Fault(err)
	}
	rows, err := s.db.Pool.Query(ctx, `SELECT name, of, print, as_of, asked_at, took_ms * 1000000::bigint FROM kept_answers WHERE starts_with(name, $1) ORDER BY asked_at DESC`, prefix)
	if err != nil {
		return nil, db.Fault(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Held])
	return list, db.Fault(err)
}

// Doubt makes the answers whose names begin with prefix too old to be given for
// the ones of now, once tx commits.
func Doubt(ctx context.Context, tx db.Tx, prefix string) error {
	_, err := tx.ExecContext(ctx, "UPDATE kept_answers SET as_of = '1970-01-01' WHERE starts_with(name, ?)", prefix)
	return db.Fault(err)
}
