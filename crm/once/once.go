// Package once answers a request that comes again as it answered the first.
//
// It owns the idempotency keys of callers, with what was asked under each and
// what was answered. It promises that of all requests of a caller with one key
// and one content exactly one is carried out, however many come at once and
// whenever a process dies, that all get its answer, and that the key with other
// content is refused. A request that is refused leaves nothing behind: the same
// key may be used again. Keys are kept for [Kept] and then swept. The ledger of
// points keeps those of its bookings itself, for good, and with their customers.
package once

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Kept is how long an answer can be had again, at least.
const Kept = 7 * 24 * time.Hour

// maxKey is how many bytes a key has at most.
const maxKey = 200

// Service keeps what was answered.
type Service struct {
	DB    *db.DB
	Clock clock.Clock
}

// Request is what a caller asks for: an action with all that it says.
type Request struct {
	Action string // the mutation
	Key    string // the caller's
	Body   any    // becomes JSON, always the same for the same request; without the key
}

// Do carries a request out in one transaction with the note that it was, unless
// it was before: then it answers as it did. T goes through JSON. Keys of one
// caller wait for each other, and before act holds any other lock.
// Errors: fault.Invalid at idempotencyKey; fault.Conflict IDEMPOTENCY_KEY_REUSED;
// those of act.
func Do[T any](ctx context.Context, s *Service, r Request, act func(ctx context.Context, tx db.Tx) (T, error)) (answer T, err error) {
	k, err := s.keyOf(ctx, r)
	if err != nil {
		return answer, err
	}
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		mine, err := k.claim(ctx, tx)
		if err != nil {
			return err
		}
		if !mine {
			return k.recall(ctx, tx, &answer)
		}
		if answer, err = act(ctx, tx); err != nil {
			return err
		}
		return k.keep(ctx, tx, answer)
	})
	return answer, db.Fault(err)
}

// Repeat is Do for what takes several transactions, each of which changes nothing
// when it is done again: two requests at once may both be carried out, and the
// one that is done first answers for both. Errors: as of Do.
func Repeat[T any](ctx context.Context, s *Service, r Request, act func(ctx context.Context) (T, error)) (answer T, err error) {
	k, err := s.keyOf(ctx, r)
	if err != nil {
		return answer, err
	}
	if err = k.recall(ctx, s.DB, &answer); !fault.Is(err, fault.NotFound) {
		return answer, err
	}
	if answer, err = act(ctx); err != nil {
		return answer, err
	}
	return Do(ctx, s, r, func(context.Context, db.Tx) (T, error) { return answer, nil })
}

// key is a request of one caller.
type key struct {
	kind  access.ActorKind
	actor int64
	key   string
	hash  []byte
	now   time.Time
}

func (s *Service) keyOf(ctx context.Context, r Request) (key, error) {
	if r.Key == "" || len(r.Key) > maxKey {
		return key{}, fault.New(fault.Invalid, "an idempotency key has 1 to %d bytes", maxKey).
			WithCode("OUT_OF_RANGE").At("idempotencyKey").With("min", 1).With("max", maxKey)
	}
	body, err := json.Marshal(r.Body)
	if err != nil {
		return key{}, err
	}
	caller := access.From(ctx)
	hash := sha256.Sum256(append([]byte(r.Action+"\x00"), body...))
	return key{caller.Kind, caller.ID, r.Key, hash[:], s.Clock.Now()}, nil
}

// claim takes the key, waiting for whoever else is at it; false: it was answered.
func (k key) claim(ctx context.Context, tx db.Tx) (bool, error) {
	done, err := tx.NewRaw(`INSERT INTO answered_requests (actor_kind, actor_id, key, hash, answered_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		k.kind, k.actor, k.key, k.hash, k.now).Exec(ctx)
	if err != nil {
		return false, db.Fault(err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

func (k key) keep(ctx context.Context, tx db.Tx, answer any) error {
	content, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw("UPDATE answered_requests SET answer = ? WHERE actor_kind = ? AND actor_id = ? AND key = ?", string(content), k.kind, k.actor, k.key).Exec(ctx)
	return db.Fault(err)
}

// recall reads what was answered. Errors: fault.NotFound; fault.Conflict.
func (k key) recall(ctx context.Context, idb bun.IDB, into any) error {
	var row struct {
		Same   bool
		Answer json.RawMessage
	}
	err := idb.NewRaw("SELECT hash = ? AS same, answer FROM answered_requests WHERE actor_kind = ? AND actor_id = ? AND key = ?",
		k.hash, k.kind, k.actor, k.key).Scan(ctx, &row)
	if err != nil {
		return db.Fault(err)
	}
	if !row.Same {
		return fault.New(fault.Conflict, "the idempotency key was used for another request").
			WithCode("IDEMPOTENCY_KEY_REUSED").At("idempotencyKey")
	}
	return json.Unmarshal(row.Answer, into)
}

// SweepJob is the daily reminder to forget old keys; its handler calls Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "once.sweep" }

// Sweep forgets what was answered longer ago than Kept.
func (s *Service) Sweep(ctx context.Context) error {
	_, err := s.DB.NewRaw("DELETE FROM answered_requests WHERE answered_at < ?", s.Clock.Now().Add(-Kept)).Exec(ctx)
	return db.Fault(err)
}
