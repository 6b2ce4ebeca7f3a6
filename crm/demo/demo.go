// Package demo plays the buyers of the demonstration merchant (デモ: お客さま役),
// so that a newcomer's first campaign is answered while he watches.
//
// It owns what the made-up people do with the mails they get, whether they are
// at it, and the mark of a database that the seed has made. It promises that:
//   - they act on databases with that mark only, only while mails stay in the
//     built-in mailbox, and never once the demonstration is switched off;
//   - they are the people whom the seed has made, nobody else, and end for good
//     once somebody takes in a file of his own;
//   - they come through the same doors as anybody: the pixel, the tracked link
//     and the unsubscribe page of the mail itself, by HTTP, and orders as files
//     that crm/intake takes in, with the coupon of the mail; no figure is written;
//   - what each does follows from the mail and the person alone, so that it is
//     the same every time, and nobody does anything twice, whichever process
//     plays and however often it is started again; what was in hand when one is
//     killed is left undone;
//   - they end by themselves some minutes after the last mail, and at once when
//     staff stop them.
//
// It leaves making the merchant to server/seed, and what an answer means to the
// nouns that take it.
package demo

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/db"
)

const (
	MadeKey  = "demo.made" // stands where the merchant is the demonstration
	stateKey = "demo.buyers"
)

// Mark notes that the demonstration merchant was made in this database, and that
// the customers and imports there are now are his.
func Mark(ctx context.Context, d *db.DB, at time.Time) error {
	_, err := d.Pool.Exec(ctx, `INSERT INTO settings (key, value, updated_at)
		SELECT $1, jsonb_build_object('customers', (SELECT coalesce(max(id), 0) FROM customers), 'imports', (SELECT coalesce(max(id), 0) FROM imports)), $2
		ON CONFLICT (key) DO NOTHING`, MadeKey, at)
	return db.Fault(err)
}

// Config is what the buyers need.
type Config struct {
	DB     *db.DB
	Clock  clock.Clock
	Zone   *time.Location // of the merchant
	Intake *intake.Service
	Signer *link.Signer
	// On says that the demonstration is not switched off and that mails stay in
	// the built-in mailbox.
	On    bool
	Log   *slog.Logger
	Owner string // a name no other process has
}

// Service starts and stops the buyers, and tells how they are doing.
type Service struct {
	Config
	client *http.Client
}

// New makes the service. Nobody acts before Run.
func New(c Config) *Service {
	return &Service{Config: c, client: &http.Client{
		Timeout: actTimeout,
		// On a connection that is used again, a request without an answer would
		// be made once more.
		Transport: &http.Transport{DisableKeepAlives: true},
		// The merchant's shop is made up: nobody goes where the links lead.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// state is what is kept of the play.
type state struct {
	Stopped bool      `json:"stopped,omitempty"` // by staff
	Acted   time.Time `json:"acted"`             // until when everything is done
	Ordered time.Time `json:"ordered"`           // until when orders are handed in
	// A second round, of people who answer mails of days ago.
	Late     time.Time `json:"late,omitzero"` // when it began
	LateUpTo int64     `json:"lateUpTo,omitempty"`
	Round    int       `json:"round"` // how many of these there were
	Acts     int64     `json:"acts"`
	Orders   int64     `json:"orders"`

	Owner      string    `json:"owner,omitempty"`
	LeaseUntil time.Time `json:"leaseUntil,omitzero"`

	// What the database tells and nobody keeps here.
	people int64 // customers up to this one are the seed's
	ended  bool  // somebody took in a file of his own
}

// Status is how the buyers are doing.
type Status struct {
	Playing bool
	Stopped bool      // by staff
	Ended   bool      // for good: somebody took in a file of his own
	Until   time.Time // when they end by themselves; zero unless Playing
	Acts    int64     // opens, clicks and unsubscribes so far
	Orders  int64
}

// Status is nil where there are no buyers: this is no demonstration, or they
// are switched off.
func (s *Service) Status(ctx context.Context) (*Status, error) {
	if !s.On {
		return nil, nil //nolint:nilnil // nil is the status of what is not there
	}
	st, newest, err := s.read(ctx, s.DB.Pool, "")
	if err != nil || st == nil {
		return nil, err
	}
	out := &Status{Stopped: st.Stopped, Ended: st.ended, Acts: st.Acts, Orders: st.Orders}
	if end := st.end(newest); st.plays() && end.After(s.Clock.Now()) {
		out.Playing, out.Until = true, end
	}
	return out, nil
}

// plays reports whether the buyers may act at all.
func (st *state) plays() bool { return !st.Stopped && !st.ended }

// end is when the buyers end by themselves.
func (st *state) end(newest time.Time) time.Time {
	if st.Late.After(newest) {
		newest = st.Late
	}
	return newest.Add(span)
}

type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// read is the state, and when the newest mail came; nil in a database that is
// not the demonstration's.
func (s *Service) read(ctx context.Context, q querier, lock string) (*state, time.Time, error) {
	var raw []byte
	var newest *time.Time
	st := new(state)
	err := q.QueryRow(ctx, `SELECT coalesce((SELECT value FROM settings WHERE key = $2), 'null'), (SELECT max(received_at) FROM mailbox_mails),
			coalesce((made.value->>'customers')::bigint, 0),
			EXISTS (SELECT FROM imports i WHERE i.id > coalesce((made.value->>'imports')::bigint, 0) AND i.mends_id IS NULL
				AND (i.created_by IS NOT NULL OR i.mapping->>'name' IS DISTINCT FROM $3))
		FROM settings made WHERE key = $1 `+lock, MadeKey, stateKey, mappingName).Scan(&raw, &newest, &st.people, &st.ended)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, db.Fault(err)
	}
	if err := json.Unmarshal(raw, st); err != nil {
		return nil, time.Time{}, fault.Wrap(fault.Internal, err, "the state of the buyers cannot be read")
	}
	if newest == nil {
		newest = new(time.Time)
	}
	return st, *newest, nil
}

// change changes the state under a lock on the mark, which only the buyers take.
func (s *Service) change(ctx context.Context, do func(q querier, st *state, newest time.Time) error, after ...func(context.Context, db.Tx) error) error {
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		err := tx.Pgx(func(q pgx.Tx) error {
			st, newest, err := s.read(ctx, q, "FOR UPDATE")
			if err != nil {
				return err
			}
			if st == nil {
				return fault.New(fault.Precondition, "this is no database of the demonstration merchant").WithCode("NO_DEMO")
			}
			if err := do(q, st, newest); err != nil {
				return err
			}
			raw, err := json.Marshal(st)
			if err != nil {
				return err
			}
			_, err = q.Exec(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ($1, $2::text::jsonb, $3)
				ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, stateKey, string(raw), s.Clock.Now())
			return db.Fault(err)
		})
		for _, then := range after {
			if err == nil {
				err = then(ctx, tx)
			}
		}
		return err
	})
}

// Start lets people answer mails of days ago, for some minutes.
// Errors: fault.Precondition NO_DEMO, DEMO_ENDED.
func (s *Service) Start(ctx context.Context) (*Status, error) {
	return s.turn(ctx, "demo.start", func(q querier, st *state, _ time.Time) error {
		if st.ended {
			return fault.New(fault.Precondition, "somebody took in a file of his own: no made-up people act on his data").WithCode("DEMO_ENDED")
		}
		st.Stopped = false
		return s.late(ctx, q, st)
	})
}

// Stop ends the play at once; mails that come later are not answered either,
// until it is started again. Errors: fault.Precondition NO_DEMO.
func (s *Service) Stop(ctx context.Context) (*Status, error) {
	return s.turn(ctx, "demo.stop", func(_ querier, st *state, _ time.Time) error {
		st.Stopped, st.Late = true, time.Time{}
		return nil
	})
}

func (s *Service) turn(ctx context.Context, action string, do func(querier, *state, time.Time) error) (*Status, error) {
	if !s.On {
		return nil, fault.New(fault.Precondition, "the demonstration is switched off").WithCode("NO_DEMO")
	}
	err := s.change(ctx, do, func(ctx context.Context, tx db.Tx) error {
		return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Demo"})
	})
	if err != nil {
		return nil, err
	}
	return s.Status(ctx)
}

// late begins a round of answers to the mails that are there.
func (s *Service) late(ctx context.Context, q querier, st *state) error {
	now := s.Clock.Now()
	st.Late, st.Acted, st.Ordered = now, now, now
	st.Round++
	err := q.QueryRow(ctx, "SELECT coalesce(max(id), 0) FROM mailbox_mails WHERE received_at < $1", now).Scan(&st.LateUpTo)
	return db.Fault(err)
}
