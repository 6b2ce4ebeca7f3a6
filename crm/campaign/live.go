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

// retryAfter is how long a feed waits after a reading that failed.
const retryAfter = time.Second

// Hub tells when something changed, here or on another node. The channel holds
// one wake-up at most; several changes may come as one. The hub also wakes when
// it may have missed something.
type Hub interface {
	Subscribe(topic string, id int64) (wake <-chan struct{}, cancel func())
}

// Live hands the figures of campaigns to whoever watches them. However many
// watch a campaign on this node, it is read once per change and at most once
// per Tick, and all get the same reading.
type Live struct {
	Hub  Hub
	Read func(ctx context.Context, campaignID int64) (*Metrics, error)
	Log  *slog.Logger

	mu    sync.Mutex
	feeds map[int64]*feed
}

// feed is one watched campaign. It lives from its first watcher to its last.
type feed struct {
	stop     context.CancelFunc
	ready    chan struct{} // closed once the first reading is there, or has failed
	err      error         // of the first reading; set before ready is closed
	last     *Metrics
	watchers map[chan *Metrics]struct{}
}

// Watch sends the figures as they stand, then again after every change until
// ctx ends, when the channel is closed. A reader that is slow misses readings
// in between, never the newest, and holds nobody up.
// Errors: fault.NotFound.
func (l *Live) Watch(ctx context.Context, campaignID int64) (<-chan *Metrics, error) {
	ch := make(chan *Metrics, 1)
	f := l.join(campaignID, ch)
	leave := func() { l.leave(campaignID, f, ch) }
	select {
	case <-f.ready:
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
	if f.err != nil {
		leave()
		return nil, f.err
	}
	context.AfterFunc(ctx, leave)
	return ch, nil
}

func (l *Live) join(campaignID int64, ch chan *Metrics) *feed {
	l.mu.Lock()
	defer l.mu.Unlock()
	f, ok := l.feeds[campaignID]
	if !ok {
		ctx, stop := context.WithCancel(context.Background())
		f = &feed{stop: stop, ready: make(chan struct{}), watchers: map[chan *Metrics]struct{}{}}
		if l.feeds == nil {
			l.feeds = map[int64]*feed{}
		}
		l.feeds[campaignID] = f
		go l.run(ctx, campaignID, f)
	}
	f.watchers[ch] = struct{}{}
	if f.last != nil {
		ch <- f.last // the buffer is empty: nobody else has this channel yet
	}
	return f
}

func (l *Live) leave(campaignID int64, f *feed, ch chan *Metrics) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(f.watchers, ch)
	close(ch)
	if len(f.watchers) == 0 {
		f.stop()
		if l.feeds[campaignID] == f {
			delete(l.feeds, campaignID)
		}
	}
}

// run reads and hands out until the last watcher has left. It subscribes before
// the first reading, so that no change falls in between.
func (l *Live) run(ctx context.Context, campaignID int64, f *feed) {
	wake, cancel := l.Hub.Subscribe(live.Campaign, campaignID)
	defer cancel()
	m, err := l.Read(ctx, campaignID)
	if err != nil {
		l.fail(campaignID, f, err)
		return
	}
	l.publish(f, m)
	close(f.ready)
	for wait(ctx, wake) {
		for {
			if m, err = l.Read(ctx, campaignID); err == nil || ctx.Err() != nil {
				break
			}
			l.Log.WarnContext(ctx, "campaign figures could not be read", "campaign", campaignID, "error", err)
			sleep(ctx, retryAfter)
		}
		if err == nil {
			l.publish(f, m)
		}
		sleep(ctx, Tick)
	}
}

// fail ends a feed whose first reading failed; its watchers get the error, and
// whoever comes next begins afresh.
func (l *Live) fail(campaignID int64, f *feed, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.feeds[campaignID] == f {
		delete(l.feeds, campaignID)
	}
	f.err = err
	close(f.ready)
}

// publish replaces whatever a watcher has not taken yet. Only this goroutine
// sends on the channels, so that a slot that was emptied stays empty.
func (l *Live) publish(f *feed, m *Metrics) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f.last = m
	for ch := range f.watchers {
		select {
		case <-ch:
		default:
		}
		ch <- m
	}
}

// wait reports whether it was woken before ctx ended.
func wait(ctx context.Context, wake <-chan struct{}) bool {
	select {
	case <-ctx.Done():
		return false
	case <-wake:
		return true
	}
}

// sleep waits for d, or less when ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
