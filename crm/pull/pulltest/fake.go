// Package pulltest holds fakes of the malls' services and what every source must
// stand. It is for tests.
//
// It owns one fake for each service, which enforces the limits the service
// documents and writes down every breach, a clock that waiting moves, and
// [Run], the suite that each service has to pass with a real database and the
// real intake. What the orders are is made up by crm/mall/malltest/merchant.
package pulltest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Clock is a clock that moves only by waiting for it. It is safe for concurrent use.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// NewClock begins at an instant.
func NewClock(at time.Time) *Clock { return &Clock{at: at} }

// Now implements clock.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at.UTC().Truncate(time.Microsecond)
}

// Advance moves the clock on.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// Wait is a source's way of waiting: the time passes at once.
func (c *Clock) Wait(ctx context.Context, d time.Duration) error {
	c.Advance(d)
	return ctx.Err()
}

// Answer is what a fake answers instead of the truth.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// Fake is one service, answering on loopback.
type Fake struct {
	Clock *Clock
	URL   string

	mu       sync.Mutex
	calls    map[string]int
	total    int
	breaches []string
	before   func(call string, n int) *Answer
}

func newFake(t testing.TB, clock *Clock, handler http.Handler) *Fake {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return &Fake{Clock: clock, URL: server.URL, calls: map[string]int{}}
}

// Instead lets fn answer calls in place of the fake; nil lets the fake. n counts
// all calls from 1.
func (f *Fake) Instead(fn func(call string, n int) *Answer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.before = fn
}

// Calls is how often an operation was called; "": all together.
func (f *Fake) Calls(name string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if name == "" {
		return f.total
	}
	return f.calls[name]
}

// Breaches are the documented rules that the client broke.
func (f *Fake) Breaches() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.breaches
}

func (f *Fake) breach(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.breaches = append(f.breaches, fmt.Sprintf(format, args...))
}

// called counts a call, and answers it where a test has its own answer.
func (f *Fake) called(w http.ResponseWriter, name string) (answered bool) {
	f.mu.Lock()
	f.calls[name]++
	f.total++
	n, before := f.total, f.before
	f.mu.Unlock()
	if before == nil {
		return false
	}
	a := before(name, n)
	if a == nil {
		return false
	}
	for k, v := range a.Header {
		w.Header()[k] = v
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write([]byte(a.Body)) // a client that has gone needs none
	return true
}

// bucket is a leaky bucket on the fake's clock, as services keep one per client.
type bucket struct {
	rate, burst, tokens float64
	at                  time.Time
}

// take reports whether there is room for a call now.
func (b *bucket) take(now time.Time) bool {
	if b.at.IsZero() {
		b.tokens = b.burst
	} else {
		b.tokens = min(b.burst, b.tokens+now.Sub(b.at).Seconds()*b.rate)
	}
	b.at = now
	if b.tokens < 1-1e-6 {
		return false
	}
	b.tokens--
	return true
}
