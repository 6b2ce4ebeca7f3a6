package transport

import (
	"net/netip"
	"sync"

	"github.com/meguri-crm/meguri/crm/access"
)

// gate counts open streams, per caller and together.
type gate struct {
	each, all int
	mu        sync.Mutex
	open      map[streamKey]int
	total     int
}

// streamKey is a principal, or a network while nobody has said who he is.
type streamKey struct {
	kind access.ActorKind
	id   int64
	net  netip.Prefix
}

func newGate(limits Limits) *gate {
	return &gate{each: limits.Streams, all: limits.AllStreams, open: map[streamKey]int{}}
}

// enter counts one more stream of the caller; leave must follow when ok.
func (g *gate) enter(c *access.Caller) (leave func(), ok bool) {
	key := keyOf(c)
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.total >= g.all || g.open[key] >= g.each {
		return nil, false
	}
	g.total++
	g.open[key]++
	return sync.OnceFunc(func() { g.leave(key) }), true
}

func (g *gate) leave(key streamKey) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.total--
	if g.open[key]--; g.open[key] == 0 {
		delete(g.open, key)
	}
}

func keyOf(c *access.Caller) streamKey {
	if p := c.Principal; p.SignedIn() {
		return streamKey{kind: p.Kind, id: p.ID}
	}
	return streamKey{net: c.Network()}
}
