package points

import (
	"fmt"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// reserve takes amount out of the balance until it is captured, released or
// lapses at until.
func (b *book) reserve(at time.Time, amount int64, until time.Time, c Cause) (*line, error) {
	parts, err := b.allocate(amount)
	if err != nil {
		return nil, err
	}
	l := b.write("HOLD", at, c)
	l.hold = &hold{born: l, PointHold: db.PointHold{
		CustomerID: b.account.CustomerID, Amount: amount, Status: holdOpen,
		CreatedAt: at, ExpiresAt: until, ShopID: c.ShopID, OrderNo: c.OrderNo,
	}}
	b.holds = append(b.holds, l.hold)
	for _, p := range parts {
		b.post(l, available, p.lot, -p.amount)
		b.post(l, held, p.lot, p.amount)
		l.hold.took = append(l.hold.took, p.lot)
		l.hold.Allocations = append(l.hold.Allocations, db.PointHoldAllocation{Amount: p.amount})
	}
	b.end(l, amount)
	return l, nil
}

// capture spends amount of an open hold, in the order it was taken, and gives
// the rest back. An amount of 0 means all of it.
func (b *book) capture(at time.Time, h *hold, amount int64, c Cause) (*line, error) {
	if err := h.mustBeOpen(); err != nil {
		return nil, err
	}
	if amount == 0 {
		amount = h.Amount
	}
	if amount > h.Amount {
		return nil, fault.New(fault.Precondition, "the hold is of %d points", h.Amount).
			WithCode("HOLD_TOO_SMALL").At("amount").With("held", h.Amount)
	}
	l := b.write("CAPTURE", at, c)
	l.hold = h
	h.Status, h.Captured = holdCaptured, amount
	spend := amount
	for i, of := range h.took {
		n := min(h.Allocations[i].Amount, spend)
		spend -= n
		b.post(l, held, of, -n)
		b.post(l, redeemed, of, n)
		b.giveBack(l, of, h.Allocations[i].Amount-n)
	}
	b.end(l, amount)
	b.expirePast(at)
	b.active(at)
	return l, nil
}

// release gives an open hold back.
func (b *book) release(at time.Time, h *hold, c Cause) (*line, error) {
	if err := h.mustBeOpen(); err != nil {
		return nil, err
	}
	l := b.freeHold(at, h, holdReleased, c)
	b.expirePast(at)
	return l, nil
}

func (b *book) freeHold(at time.Time, h *hold, status string, c Cause) *line {
	l := b.write("RELEASE", at, c)
	l.hold = h
	h.Status = status
	for i, of := range h.took {
		b.giveBack(l, of, h.Allocations[i].Amount)
	}
	b.end(l, h.Amount)
	return l
}

func (b *book) giveBack(l *line, of *lot, amount int64) {
	b.post(l, held, of, -amount)
	b.makeUsable(l, of, amount)
}

// instead lets the hold have amount of its i-th part of another lot.
func (h *hold) instead(i int, amount int64, of *lot) {
	h.Allocations = slices.Clone(h.Allocations)
	switch h.Allocations[i].Amount -= amount; {
	case amount == 0:
	case h.Allocations[i].Amount == 0:
		h.took[i], h.Allocations[i] = of, db.PointHoldAllocation{Lot: of.ID, Amount: amount}
	default:
		h.took, h.Allocations = append(h.took, of), append(h.Allocations, db.PointHoldAllocation{Lot: of.ID, Amount: amount})
	}
}

func (h *hold) mustBeOpen() error {
	switch h.Status {
	case holdOpen:
		return nil
	case holdHasLapsed:
		return fault.New(fault.Precondition, "the hold has run out").WithCode("HOLD_EXPIRED")
	default:
		return fault.New(fault.Precondition, "the hold is closed").WithCode("HOLD_CLOSED").With("status", h.Status)
	}
}

// expirePast expires what came back into lots whose last day has gone by. It
// happens in the same breath, so that no expiry is ever booked for an instant
// before the points came back.
func (b *book) expirePast(at time.Time) {
	for _, l := range b.lots {
		if l.Status == lotUsable && l.free() > 0 && l.ExpiresAt != nil && !l.ExpiresAt.After(at) {
			b.expire(at, l)
		}
	}
}

// advance books everything that time brought about until now, each at its own
// instant and in the order in which it happened: lots mature, holds lapse, lots
// expire. Every operation begins with it, so that an expired point is never
// spent and a pending one never missed, however late the periodic job is.
func (b *book) advance(now time.Time) {
	for {
		at, event := b.next()
		if event == nil || at.After(now) {
			return
		}
		event(at)
	}
}

// next is what time brings about next, and when; nil when nothing is to come.
func (b *book) next() (at time.Time, event func(at time.Time)) {
	consider := func(t time.Time, e func(time.Time)) {
		if event == nil || t.Before(at) {
			at, event = t, e
		}
	}
	for _, l := range b.lots {
		if l.Status == lotPending && l.UsableAt != nil {
			consider(*l.UsableAt, func(at time.Time) { b.mature(at, l); b.expirePast(at) })
		}
	}
	for _, h := range b.holds {
		if h.Status == holdOpen {
			consider(h.ExpiresAt, func(at time.Time) {
				b.freeHold(at, h, holdHasLapsed, Cause{Reason: "TIME", ShopID: h.ShopID, OrderNo: h.OrderNo, key: fmt.Sprintf("hold:%d:lapse", h.ID)})
				b.expirePast(at)
			})
		}
	}
	for _, l := range b.lots {
		if l.Status == lotUsable && l.free() > 0 && l.ExpiresAt != nil {
			consider(*l.ExpiresAt, func(at time.Time) { b.expire(at, l) })
		}
	}
	return at, event
}

// total brings the figures of the account that follow from its lots up to date.
func (b *book) total() {
	a := &b.account
	a.ExpiringNextOn, a.ExpiringNextAmount, a.DueAt = nil, 0, nil
	if at, event := b.next(); event != nil {
		a.DueAt = &at
	}
	for _, l := range b.lots {
		if l.Status != lotUsable || l.free() == 0 || l.ExpiresAt == nil {
			continue
		}
		switch {
		case a.ExpiringNextOn == nil || l.ExpiresAt.Before(*a.ExpiringNextOn):
			a.ExpiringNextOn, a.ExpiringNextAmount = l.ExpiresAt, l.free()
		case l.ExpiresAt.Equal(*a.ExpiringNextOn):
			a.ExpiringNextAmount += l.free()
		}
	}
}

// ownKey is the key of what the ledger books on a lot by itself. A lot can
// expire more than once, because points come back into it; the granted and
// remaining figures then differ, and so does what it was extended to.
func ownKey(what string, of *lot) string {
	if what == "expire" {
		return fmt.Sprintf("lot:%d:expire:%d:%d", of.ID, of.ExpiresAt.UnixMicro(), of.Remaining)
	}
	return fmt.Sprintf("lot:%d:%s", of.ID, what)
}
