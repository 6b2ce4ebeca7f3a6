package live

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// retryAfter is how long a feed waits after a reading that failed.
const retryAfter = time.Second

// Feeds hand readings of objects to whoever watches them. However many watch an
// object on this node, it is read once per change and at most once per Tick, and
// all get the same reading. While nothing changes a feed takes no goroutine.
type Feeds[T any] struct {
	// Subscribe calls wake when an object may have changed; Hub.OnWake does.
	Subscribe func(id int64, wake func()) (cancel func())
	Read      func(ctx context.Context, id int64) (T, error)
	Tick      time.Duration
	// Warn hears of readings that failed after the first; they are tried again.
	Warn func(ctx context.Context, id int64, err error)

	mu    sync.Mutex
	feeds map[int64]*feed[T]
}

// feed is one watched object. It lives from its first watcher to its last.
type feed[T any] struct {
	ctx      context.Context // a state of the feed, not of a call
	stop     context.CancelFunc
	forget   func() // of the subscription
	turn     atomic.Int32
	ready    chan struct{} // closed once the first reading is there, or has failed
	err      error         // of the first reading; set before ready is closed
	last     T
	read     bool // whether last is set
	watchers map[chan T]struct{}
}

// What a feed is at: nothing, or a turn of reading and handing out, in which more may
// have been told.
const (
	idle int32 = iota
	reading
	toldMore
)

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
		f = &feed[T]{ready: make(chan struct{}), watchers: map[chan T]struct{}{}}
		f.ctx, f.stop = context.WithCancel(context.Background())
		if l.feeds == nil {
			l.feeds = map[int64]*feed[T]{}
		}
		l.feeds[id] = f
		f.turn.Store(reading)
		// Before the first reading, so that no change falls in between.
		f.forget = l.Subscribe(id, func() { l.wake(id, f) })
		go l.begin(id, f)
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
		f.forget()
		if l.feeds[id] == f {
			delete(l.feeds, id)
		}
	}
}

// wake begins a turn, or makes the one that is under way read again. It waits for
// nothing.
func (l *Feeds[T]) wake(id int64, f *feed[T]) {
	for {
		switch {
		case f.turn.CompareAndSwap(idle, reading):
			go l.read(id, f)
			return
		case f.turn.CompareAndSwap(reading, toldMore), f.turn.Load() == toldMore:
			return
		}
	}
}

// begin is the first reading.
func (l *Feeds[T]) begin(id int64, f *feed[T]) {
	v, err := l.Read(f.ctx, id)
	if err != nil {
		l.fail(id, f, err)
		return
	}
	l.publish(f, v)
	close(f.ready)
	if !f.turn.CompareAndSwap(reading, idle) {
		f.turn.Store(reading)
		l.read(id, f)
	}
}

// read reads and hands out until nothing more was told, or the last watcher has left.
func (l *Feeds[T]) read(id int64, f *feed[T]) {
	for f.ctx.Err() == nil {
		v, err := l.Read(f.ctx, id)
		switch {
		case err == nil:
			l.publish(f, v)
			sleep(f.ctx, l.Tick)
		case f.ctx.Err() == nil:
			l.Warn(f.ctx, id, err)
			sleep(f.ctx, retryAfter)
			continue
		}
		if f.turn.CompareAndSwap(reading, idle) {
			return
		}
		f.turn.Store(reading)
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

// sleep waits for d, or less when ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
