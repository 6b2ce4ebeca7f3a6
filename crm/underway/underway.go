// Package underway tells what the installation works on in the background.
//
// It owns the shape of such work as staff sees it. It promises that whoever
// watches has the present state first and again within a second of a change,
// however many watch, for one reading per change and node. What runs and how
// far it is, the nouns know: each gives a Source, and the composition root lists
// them.
package underway

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/live"
)

// Kind is what is done.
type Kind string

// The kinds.
const (
	Import     Kind = "IMPORT"
	ImportUndo Kind = "IMPORT_UNDO"
	Send       Kind = "SEND"      // a campaign that is being sent
	Stages     Kind = "STAGES"    // members are placed anew after the ladder changed
	Bulk       Kind = "BULK"      // many customers are changed at once
	NetSales   Kind = "NET_SALES" // rollups are worked out by another definition of net sales
	Pull       Kind = "PULL"      // the first orders of a shop come from its mall
)

// seenWith are the scopes that show work of a kind.
var seenWith = map[Kind]access.Scope{
	Import: access.ScopeImportsRead, ImportUndo: access.ScopeImportsRead,
	Send: access.ScopeCampaignsRead, Stages: access.ScopePointsRead, Pull: access.ScopeSettingsRead, Bulk: access.ScopeCustomersRead, NetSales: access.ScopeSettingsRead,
}

// Max bounds how much of one kind a source tells of at the same time.
const Max = 20

// Job is one piece of work that runs or waits for its turn.
type Job struct {
	Kind        Kind
	SubjectKind string // type in the API; "" where it is about all
	SubjectID   int64
	Name        string   // of the subject; never of a person
	Progress    *float64 // 0 to 1; nil: not known yet
	Waiting     bool
	StartedAt   time.Time
}

// Share is how far work is of which so much is done; nil while nobody knows how
// much there is.
func Share(done, of int64) *float64 {
	if of <= 0 {
		return nil
	}
	share := min(float64(done)/float64(of), 1)
	return &share
}

// Visible are the jobs that scopes show.
func Visible(jobs []Job, scopes access.ScopeSet) []Job {
	return slices.DeleteFunc(slices.Clone(jobs), func(j Job) bool { return !scopes.Has(seenWith[j.Kind]) })
}

// Source answers with what runs of its noun now.
type Source func(ctx context.Context) ([]Job, error)

// tick is the least time between two readings.
const tick = time.Second

// Board shows what runs.
type Board struct {
	sources []Source
	feeds   live.Feeds[[]Job]
}

// NewBoard is a board of sources, which is read anew when the hub tells of an
// object of topics.
func NewBoard(hub *live.Hub, log *slog.Logger, topics []string, sources ...Source) *Board {
	b := &Board{sources: sources}
	b.feeds.Subscribe = func(_ int64, wake func()) func() { return hub.OnWakeOfAll(wake, topics...) }
	b.feeds.Read, b.feeds.Tick = func(ctx context.Context, _ int64) ([]Job, error) { return b.Now(ctx) }, tick
	b.feeds.Warn = func(ctx context.Context, _ int64, err error) {
		log.WarnContext(ctx, "what runs could not be read", "error", err)
	}
	return b
}

// Now is what runs, the longest first.
func (b *Board) Now(ctx context.Context) ([]Job, error) {
	jobs := []Job{}
	for _, source := range b.sources {
		found, err := source(ctx)
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, found...)
	}
	slices.SortStableFunc(jobs, func(a, b Job) int { return a.StartedAt.Compare(b.StartedAt) })
	return jobs, nil
}

// Watch sends what runs, then again after every change until ctx ends.
func (b *Board) Watch(ctx context.Context) (<-chan []Job, error) { return b.feeds.Watch(ctx, 0) }
