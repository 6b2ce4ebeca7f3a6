package campaign

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/meguri-crm/meguri/crm/live"
)

// Tick is the least time between two readings of a watched campaign.
const Tick = 250 * time.Millisecond

// Hub tells when something changed, here or on another node. The channel holds
// one wake-up at most; several changes may come as one. The hub also wakes when
// it may have missed something.
type Hub interface {
	OnWake(topic string, id int64, wake func()) (cancel func())
}

// Live hands the figures of campaigns to whoever watches them. However many
// watch a campaign on this node, it is read once per change and at most once
// per Tick, and all get the same reading.
type Live struct {
	Hub  Hub
	Read func(ctx context.Context, campaignID int64) (*Metrics, error)
	Log  *slog.Logger

	once  sync.Once
	feeds *live.Feeds[*Metrics]
}

// Watch sends the figures as they stand, then again after every change until
// ctx ends, when the channel is closed. A reader that is slow misses readings
// in between, never the newest, and holds nobody up.
// Errors: fault.NotFound.
func (l *Live) Watch(ctx context.Context, campaignID int64) (<-chan *Metrics, error) {
	l.once.Do(func() {
		l.feeds = &live.Feeds[*Metrics]{
			Subscribe: func(id int64, wake func()) func() { return l.Hub.OnWake(live.Campaign, id, wake) },
			Read:      l.Read, Tick: Tick,
			Warn: func(ctx context.Context, id int64, err error) {
				l.Log.WarnContext(ctx, "campaign figures could not be read", "campaign", id, "error", err)
			},
		}
	})
	return l.feeds.Watch(ctx, campaignID)
}
