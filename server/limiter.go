package server

import (
	"sync"
	"time"
)

// rate is how much may come at once, and how much comes back per second.
type rate struct{ burst, perSecond float64 }

// limiter holds callers to a rate, each by its name. A name that has its whole
// burst again is forgotten, so that the limiter does not grow with those who
// ever came.
type limiter struct {
	rate    rate
	mu      sync.Mutex
	callers map[string]allowance
	sweepAt int
}

type allowance struct {
	left float64
	at   time.Time
}

const limiterAtLeast = 1024

func newLimiter(r rate) *limiter {
	return &limiter{rate: r, callers: map[string]allowance{}, sweepAt: limiterAtLeast}
}

// allow takes cost from what a caller has left, if there is so much.
func (l *limiter) allow(name string, cost int, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, known := l.callers[name]
	if !known {
		l.sweep(now)
		a = allowance{left: l.rate.burst, at: now}
	}
	a = allowance{left: l.at(a, now), at: now}
	ok := a.left >= float64(cost)
	if ok {
		a.left -= float64(cost)
	}
	l.callers[name] = a
	return ok
}

func (l *limiter) at(a allowance, now time.Time) float64 {
	return min(a.left+now.Sub(a.at).Seconds()*l.rate.perSecond, l.rate.burst)
}

// sweep forgets whenever there are twice as many as after the last time.
func (l *limiter) sweep(now time.Time) {
	if len(l.callers) < l.sweepAt {
		return
	}
	for name, a := range l.callers {
		if l.at(a, now) >= l.rate.burst {
			delete(l.callers, name)
		}
	}
	l.sweepAt = max(2*len(l.callers), limiterAtLeast)
}
