package live

import (
	"context"
	"sync"
	"time"
)

// retryAfter is how long a feed waits after a reading that failed.
const retryAfter = time.Second

// Feeds hand readings of objects to whoever watches them. However many watch an
// object on this node, it is read once per change and at most once per Tick, and
// all get the same reading.
type Feeds[T any] struct {
	// Subscribe tells when an object may have changed; Hub does.
	Subscribe func(id int64) (wake <-chan struct{}, cancel func())
	Read      func(ctx context.Context, id int64) (T, error)
	Tick      time.Duration
	// Warn hears of readings that failed after the first; they are tried again.
	Warn func(ctx context.Context, id int64, err error)

	mu    sync.Mutex
	feeds map[int64]*feed[T]
}

// feed is one watched object. It lives from its first watcher to its last.
type feed[T any] struct {
	stop     context.CancelFunc
	ready    chan struct{} // closed once the first reading is there, or has failed
	err      error         // of the first reading; set before ready is closed
	last     T
	read     bool // whether last is set
	watchers map[chan T]struct{}
}

// Watch sends the object as it stands, then again after every change until ctx
// ends, when the channel is closed. A reader that is slow misses readings in
// between, never the newest, and holds nobody up. Errors: those of the first
// reading.
func (l *Feeds[T]) Watch(ctx context.Context, id int64) (<-chan T, error) {
	ch := make(chan T, 1)
	f := l.join(id, ch)
	leave := func() { l.leave(id, f, ch) }
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

func (l *Feeds[T]) join(id int64, ch chan T) *feed[T] {
	l.mu.Lock()
	defer l.mu.Unlock()
	f, ok := l.feeds[id]
	if !ok {
		ctx, stop := context.WithCancel(context.Background())
		f = &feed[T]{stop: stop, ready: make(chan struct{}), watchers: map[chan T]struct{}{}}
		if l.feeds == nil {
			l.feeds = map[int64]*feed[T]{}
		}
		l.feeds[id] = f
		go l.run(ctx, id, f)
	}
	f.watchers[ch] = struct{}{}
	if f.read {
		ch <- f.last // the buffer is empty: nobody else has this channel yet
	}
	return f
}

func (l *Feeds[T]) leave(id int64, f *feed[T], ch chan T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(f.watchers, ch)
	close(ch)
	if len(f.watchers) == 0 {
		f.stop()
		if l.feeds[id] == f {
			delete(l.feeds, id)
		}
	}
}

// run reads and hands out until the last watcher has left. It subscribes before
// the first reading, so that no change falls in between.
func (l *Feeds[T]) run(ctx context.Context, id int64, f *feed[T]) {
	wake, cancel := l.Subscribe(id)
	defer cancel()
	v, err := l.Read(ctx, id)
	if err != nil {
		l.fail(id, f, err)
		return
	}
	l.publish(f, v)
	close(f.ready)
	for wait(ctx, wake) {
		for {
			if v, err = l.Read(ctx, id); err == nil || ctx.Err() != nil {
				break
			}
			l.Warn(ctx, id, err)
			sleep(ctx, retryAfter)
		}
		if err == nil {
			l.publish(f, v)
		}
		sleep(ctx, l.Tick)
	}
}

// fail ends a feed whose first reading failed; its watchers get the error, and
// whoever comes next begins afresh.
func (l *Feeds[T]) fail(id int64, f *feed[T], err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.feeds[id] == f {
		delete(l.feeds, id)
	}
	f.err = err
	close(f.ready)
}

// publish replaces whatever a watcher has not taken yet. Only this goroutine
// sends on the channels, so that a slot that was emptied stays empty.
func (l *Feeds[T]) publish(f *feed[T], v T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f.last, f.read = v, true
	for ch := range f.watchers {
		select {
		case <-ch:
		default:
		}
		ch <- v
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
