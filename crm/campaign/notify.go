package campaign

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/live"
)

// notifier keeps the notices of an engine to one per campaign and Tick, because
// commits that notify wait for each other. A change that came too soon after a
// notice is owed one, which goes out by itself at the next tick.
type notifier struct {
	mu   sync.Mutex
	last map[int64]time.Time
	owed map[int64]bool
}

// inTx puts a notice into tx if one is due. It returns what to call once tx has
// committed: a notice before the commit would announce what nobody can see yet.
func (n *notifier) inTx(ctx context.Context, tx bun.IDB, campaignID int64) (committed func(), err error) {
	if n.due(campaignID, time.Now()) {
		return func() {}, live.Notify(ctx, tx, live.Campaign, campaignID)
	}
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		if n.owed == nil {
			n.owed = map[int64]bool{}
		}
		n.owed[campaignID] = true
	}, nil
}

func (n *notifier) due(campaignID int64, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if now.Sub(n.last[campaignID]) < Tick {
		return false
	}
	if n.last == nil {
		n.last = map[int64]time.Time{}
	}
	n.last[campaignID] = now
	delete(n.owed, campaignID)
	return true
}

// run sends what is owed until ctx ends, and once more after it.
func (n *notifier) run(ctx context.Context, idb bun.IDB, log *slog.Logger) {
	ticker := time.NewTicker(Tick)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			n.flush(context.WithoutCancel(ctx), idb, log)
			return
		case <-ticker.C:
			n.flush(ctx, idb, log)
		}
	}
}

func (n *notifier) flush(ctx context.Context, idb bun.IDB, log *slog.Logger) {
	n.mu.Lock()
	owed := n.owed
	n.owed = nil
	now := time.Now()
	for id := range owed {
		if n.last == nil {
			n.last = map[int64]time.Time{}
		}
		n.last[id] = now
	}
	n.mu.Unlock()
	for id := range owed {
		if err := live.Notify(ctx, idb, live.Campaign, id); err != nil {
			log.WarnContext(ctx, "a notice of campaign figures was lost", "campaign", id, "error", err)
		}
	}
}
