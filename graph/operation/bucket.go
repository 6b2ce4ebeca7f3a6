package operation

import (
	"hash/maphash"
	"net/netip"
	"sync"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
)

// Rate is the leaky bucket of one caller: how much cost it holds, and how much
// comes back per second.
type Rate struct{ Maximum, Restore int }

// Rates are the buckets by kind of caller. Each node counts for itself.
type Rates struct {
	Staff     Rate // per member of staff; of a client its own allowance counts
	Customer  Rate // per customer
	Anonymous Rate // per network
}

// DefaultRates are the rates of production.
var DefaultRates = Rates{
	Staff:     Rate{Maximum: 20_000, Restore: 1_000},
	Customer:  Rate{Maximum: 1_000, Restore: 50},
	Anonymous: Rate{Maximum: 500, Restore: 20},
}

// bucketKey is one caller: a principal, or a network when nobody is signed in.
type bucketKey struct {
	kind access.ActorKind
	id   int64
	net  netip.Prefix
}

// buckets are the buckets of all callers of this node, in shards, so that
// callers do not wait for each other. A bucket that would be full again is
// forgotten, which changes nothing for its caller.
type buckets struct {
	rates  Rates
	seed   maphash.Seed
	shards [64]shard
}

type shard struct {
	mu      sync.Mutex
	buckets map[bucketKey]bucket
	sweepAt int
}

type bucket struct {
	level float64 // available at at
	at    time.Time
	rate  Rate
}

const sweepAtLeast = 256

func newBuckets(rates Rates) *buckets {
	b := &buckets{rates: rates, seed: maphash.MakeSeed()}
	for i := range b.shards {
		b.shards[i].buckets, b.shards[i].sweepAt = map[bucketKey]bucket{}, sweepAtLeast
	}
	return b
}

func (b *buckets) of(c *access.Caller) (bucketKey, Rate) {
	switch p := c.Principal; p.Kind {
	case access.Anonymous:
		return bucketKey{net: c.Network()}, b.rates.Anonymous
	case access.ActorCustomer:
		return bucketKey{kind: p.Kind, id: p.ID}, b.rates.Customer
	case access.ActorClient:
		return bucketKey{kind: p.Kind, id: p.ID}, Rate(p.Allowance)
	default:
		return bucketKey{kind: p.Kind, id: p.ID}, b.rates.Staff
	}
}

// take takes cost from a caller's bucket, or nothing when it does not hold so
// much, and tells what is left.
func (b *buckets) take(key bucketKey, rate Rate, cost int, now time.Time) (left int, ok bool) {
	return b.move(key, rate, -float64(cost), now)
}

// giveBack returns what was taken too much.
func (b *buckets) giveBack(key bucketKey, rate Rate, cost int, now time.Time) (left int) {
	left, _ = b.move(key, rate, float64(cost), now)
	return left
}

func (b *buckets) move(key bucketKey, rate Rate, amount float64, now time.Time) (left int, ok bool) {
	s := &b.shards[maphash.Comparable(b.seed, key)%uint64(len(b.shards))]
	s.mu.Lock()
	defer s.mu.Unlock()
	held, known := s.buckets[key]
	if !known {
		s.sweep(now)
		held = bucket{level: float64(rate.Maximum), at: now}
	}
	held.rate = rate
	level := held.levelAt(now)
	if ok = level+amount >= 0; ok {
		level = min(level+amount, float64(rate.Maximum))
	}
	s.buckets[key] = bucket{level: level, at: now, rate: rate}
	return int(level), ok
}

func (k bucket) levelAt(now time.Time) float64 {
	return min(k.level+now.Sub(k.at).Seconds()*float64(k.rate.Restore), float64(k.rate.Maximum))
}

// sweep forgets full buckets whenever the shard has doubled since the last time.
func (s *shard) sweep(now time.Time) {
	if len(s.buckets) < s.sweepAt {
		return
	}
	for key, held := range s.buckets {
		if held.levelAt(now) >= float64(held.rate.Maximum) {
			delete(s.buckets, key)
		}
	}
	s.sweepAt = max(2*len(s.buckets), sweepAtLeast)
}
