// Package inbox takes in files that other programs lay into folders of the
// server.
//
// It owns the watched folders and what lay in them. It promises that:
//   - a file is taken once it has stopped growing, and its content once: what is
//     laid down again is moved away without an import, unless the first one was
//     undone meanwhile;
//   - its imports begin in the transaction that notes it as taken, so that no
//     kill at any instant loses it or takes it twice;
//   - it is moved into done when its imports have ended well, and else into
//     failed with the reason in a text beside it; nothing is overwritten or
//     removed, and what is written anew under its name is a file of its own;
//   - no folder leads out of the one that the installation was configured with;
//   - at most one worker looks into a folder, under a lease with heartbeats;
//   - what keeps files from coming in is told with the folder and as an alert.
//
// What is in a file is left to crm/intake. With several nodes the folder must be
// on a disk that all of them share.
package inbox

import (
	"context"
	"log/slog"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/db"
)

// Intake takes in what was laid down.
type Intake interface {
	TakeLaid(ctx context.Context, l intake.Laid, then func(ctx context.Context, tx db.Tx) error) error
}

// Queue wakes workers: a job enqueued in a transaction runs once it commits.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// Job wakes a process for folders that are due; its handler calls Service.Poke.
type Job struct{}

// Kind names the job.
func (Job) Kind() string { return "inbox.look" }

// Config is what a service is made of.
type Config struct {
	DB     *db.DB
	Clock  clock.Clock
	Queue  Queue
	Intake Intake
	Log    *slog.Logger
	Owner  string // of the leases this process takes
	Root   string // the folder that watched ones lie in; it is made when the first one is
}

// Service watches folders.
type Service struct {
	Config
	workers *lease.Workers
}

// New is the service of one process.
func New(c Config) *Service {
	s := &Service{Config: c}
	s.workers = lease.NewWorkers(s.Work, func(ctx context.Context, err error) {
		c.Log.WarnContext(ctx, "watched folders: will look again", "error", err)
	})
	return s
}

// Poke makes Run look at once; the handler of Job calls it.
func (s *Service) Poke() { s.workers.Poke() }

// Run looks into folders that are due until ctx ends.
func (s *Service) Run(ctx context.Context) { s.workers.Run(ctx, 1) }

// The states of a folder.
const (
	active  = "ACTIVE"
	stopped = "STOPPED"
)

// The states of a file.
const (
	seen   = "SEEN"   // it may still grow
	taken  = "TAKEN"  // its imports have begun, or it is known not to come in
	done   = "DONE"   // moved into done
	failed = "FAILED" // moved into failed
)

// Where files are moved, below their folder.
const (
	doneDir   = "done"
	failedDir = "failed"
)

// The troubles of a folder, which staff has to mend.
const (
	folderGone  = "FOLDER_GONE"  // it cannot be found or read
	notWritable = "NOT_WRITABLE" // files cannot be moved out of it
	tooMany     = "TOO_MANY_FILES"
)
