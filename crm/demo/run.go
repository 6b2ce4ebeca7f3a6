package demo

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/db"
)

const (
	// tick is how often the buyers act, idle how often they look for mails to act on.
	tick = time.Second
	idle = 3 * time.Second
	// actsPerTick bounds what is done at once, actsPerSign what is done between
	// two signs of life.
	actsPerTick = 200
	actsPerSign = 4
	// leaseFor is how long the play waits for a process that gives no sign of
	// life: longer than what is done meanwhile can take.
	leaseFor = (actsPerSign + 1) * actTimeout
)

// Run plays until ctx ends, on the server that answers at base. On the first
// start after the merchant was made, people answer the campaign he has sent.
func (s *Service) Run(ctx context.Context, base string) {
	if !s.On {
		return
	}
	p := s.Player(base)
	for wait := idle; ; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		playing, err := p.Step(ctx)
		if err != nil && ctx.Err() == nil {
			s.Log.WarnContext(ctx, "the demonstration's buyers will try again", "error", err)
		}
		if wait = idle; playing && err == nil {
			wait = tick
		}
	}
}

// Player is one process's part in the play.
type Player struct {
	s       *Service
	base    string
	seen    int64 // mail of the mailbox up to which letters are known
	late    time.Time
	letters []*letter
}

// Player plays on the server that answers at base.
func (s *Service) Player(base string) *Player { return &Player{s: s, base: base} }

// Step does what is due, if this process plays; playing says that there is more to come.
func (p *Player) Step(ctx context.Context) (playing bool, err error) {
	if !p.s.On {
		return false, nil
	}
	st, newest, err := p.s.read(ctx, p.s.DB.Pool, "")
	now := p.s.Clock.Now()
	if err != nil || st == nil || !st.plays() || st.Acted.After(st.end(newest)) {
		return false, err
	}
	if st.Round > 0 && !st.end(newest).After(now.Add(-span)) {
		return false, nil
	}
	if st, newest, err = p.claim(ctx, now); err != nil || st == nil {
		return false, err
	}
	if err := p.learn(ctx, st, now); err != nil {
		return true, err
	}
	deeds, orders := p.due(st, now)
	if mine, err := p.act(ctx, st, deeds[:min(len(deeds), actsPerTick)]); err != nil || !mine {
		return err != nil, err
	}
	if len(deeds) <= actsPerTick {
		st.Acted = now
	}
	if now.Sub(st.Ordered) >= ordersEvery {
		handed, err := p.s.handIn(ctx, orders, now)
		if err != nil {
			return true, err
		}
		st.Ordered, st.Orders = now, st.Orders+handed
	}
	mine, err := p.keep(ctx, st)
	return mine && st.end(newest).After(now), err
}

// act does what is due, as long as this process plays. What it is about to do is
// noted before: a request that fails may have arrived, so that none is made again.
func (p *Player) act(ctx context.Context, st *state, deeds []deed) (mine bool, err error) {
	for some := range slices.Chunk(deeds, actsPerSign) {
		st.Acted = some[len(some)-1].at
		if mine, err := p.keep(ctx, st); err != nil || !mine {
			return false, err
		}
		for _, d := range some {
			if err := p.s.do(ctx, p.base, d.letter, d.doing); err != nil {
				st.Acted = d.at // those after it are still to come
				_, keeping := p.keep(ctx, st)
				return true, errors.Join(err, keeping)
			}
			st.Acts++
		}
	}
	return true, nil
}

// claim takes or renews the lease; nil while another process plays. That it is
// taken is the one thing the audit log tells of the play.
func (p *Player) claim(ctx context.Context, now time.Time) (mine *state, newest time.Time, err error) {
	begins := false
	err = p.s.change(ctx, func(q querier, st *state, last time.Time) error {
		if !st.plays() || st.Owner != p.s.Owner && st.LeaseUntil.After(now) {
			return nil
		}
		begins = !st.LeaseUntil.After(now)
		st.Owner, st.LeaseUntil = p.s.Owner, now.Add(leaseFor)
		if st.Round == 0 {
			if err := p.s.late(ctx, q, st); err != nil {
				return err
			}
		}
		// What came about while nobody played has passed.
		if floor := now.Add(-span); st.Acted.Before(floor) {
			st.Acted, st.Ordered = floor, floor
		}
		mine, newest = st, last
		return nil
	}, func(ctx context.Context, tx db.Tx) error {
		if !begins {
			return nil
		}
		return access.Audit(ctx, tx, access.Entry{Action: "demo.play", ObjectKind: "Demo"})
	})
	return mine, newest, err
}

// keep notes how far the play is and renews the lease. It is not this process's
// any more when another has taken over, or staff have begun a new round; and
// nobody's once it is stopped or has ended for good.
func (p *Player) keep(ctx context.Context, done *state) (mine bool, err error) {
	err = p.s.change(ctx, func(_ querier, st *state, _ time.Time) error {
		if st.Owner == done.Owner && st.Round == done.Round {
			st.Acted, st.Ordered, st.Acts, st.Orders = done.Acted, done.Ordered, done.Acts, done.Orders
			st.LeaseUntil = p.s.Clock.Now().Add(leaseFor)
			mine = st.plays()
		}
		return nil
	})
	return mine, err
}

// learn reads the letters that came, and lets go of those that are through.
func (p *Player) learn(ctx context.Context, st *state, now time.Time) error {
	if !p.late.Equal(st.Late) { // a new round begins with all letters
		p.letters, p.seen, p.late = nil, 0, st.Late
	}
	p.letters = slices.DeleteFunc(p.letters, func(l *letter) bool { return l.from.Add(span).Before(now) })
	for {
		found, last, err := p.s.look(ctx, p.seen, now.Add(-span), st)
		if err != nil {
			return err
		}
		p.letters = append(p.letters, found...)
		if last == p.seen {
			return nil
		}
		p.seen = last
	}
}

// deed is an act of the reader of a letter.
type deed struct {
	*letter
	doing
	at time.Time
}

// due is what happens until now: what readers do, and which orders are to be
// handed in. What is done already is told by the state, so that a process which
// takes over does none of it again.
func (p *Player) due(st *state, now time.Time) (deeds []deed, orders []order) {
	for _, l := range p.letters {
		for _, a := range l.upcoming {
			at := l.from.Add(a.after)
			switch {
			case at.After(now):
			case a.doing == buying && at.After(st.Ordered):
				orders = append(orders, order{at, l})
			case a.doing != buying && at.After(st.Acted):
				deeds = append(deeds, deed{l, a.doing, at})
			}
		}
	}
	slices.SortStableFunc(deeds, func(a, b deed) int { return a.at.Compare(b.at) })
	return deeds, orders
}
