// Package intake takes files of orders in.
//
// It owns uploads, import sessions, their stage and their quarantine, and the
// mappings of columns. It promises:
//   - memory that does not grow with the file, and files of any encoding a mall
//     writes (UTF-8 with and without a byte order mark, CP932), told by content;
//   - that the same file twice changes nothing, and that an import that was
//     killed at any instant (process, node or Postgres) goes on where its last
//     batch committed and ends with the same figures: every figure is written
//     in the transaction of the facts it counts;
//   - that at most one worker works on an import, under a lease with heartbeats,
//     and that another takes over within leaseFor when it dies;
//   - that orders which a mall exports in two halves come out the same whichever
//     half is first, and count from the moment both are there;
//   - rows = inserted + updated + unchanged + quarantined, where a refused row
//     keeps its line, the reason and the text.
//
// What a file's columns mean is left to crm/mall, who a buyer is to
// crm/customer, and what hangs on orders to the three hooks.
package intake

import (
	"context"
	"log/slog"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/db"
)

// Queue wakes workers: a job enqueued in a transaction runs once it commits.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// Hooks are the nouns that follow orders, in the transaction of each batch; nil
// ones are left out.
type Hooks struct {
	Ledger      Ledger
	Stages      Stages
	Conversions Conversions
	People      People
	// Of files of members: what takes over the points, stages and suppressions
	// that they tell of.
	Points       Points
	Ranks        Ranks
	Suppressions Suppressions
	// Erased keeps out whose data was erased; nil: nobody.
	Erased Erased
	// Tables take over the rows of files that are neither of orders nor of
	// customers, by their kind.
	Tables map[string]Taker
	// Sold is a job that follows each import of orders once it is done.
	Sold interface{ Kind() string }
}

// Job wakes a process for imports that wait; its handler calls Service.Poke.
type Job struct{}

// Kind names the job.
func (Job) Kind() string { return "intake.work" }

// Service takes files in.
type Service struct {
	db      *db.DB
	clock   clock.Clock
	once    *once.Service
	queue   Queue
	hooks   Hooks
	log     *slog.Logger
	owner   string // of the leases this process takes
	workers *lease.Workers
}

// New is the service of one process; owner is a name no other process has.
func New(d *db.DB, c clock.Clock, q Queue, h Hooks, log *slog.Logger, owner string) *Service {
	s := &Service{db: d, clock: c, once: &once.Service{DB: d, Clock: c}, queue: q, hooks: h, log: log, owner: owner}
	s.workers = lease.NewWorkers(s.Work, func(ctx context.Context, err error) {
		log.WarnContext(ctx, "imports: will look again", "error", err)
	})
	return s
}
