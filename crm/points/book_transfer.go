package points

import (
	"slices"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// handover is what goes from one book to another when customers are merged, or
// when a merge is undone.
type handover struct {
	lots  []*lot // open or done
	holds []*hold
	owed  int64 // of the debt
}

// handOver books what goes over from b to the book to. Lots and holds stay the
// same, with their ids, dates and order; a hold that stays while its lot goes, or
// goes while its lot stays, takes along what it reserved, as a lot of its own.
func (b *book) handOver(to *book, at time.Time, g handover, c Cause) {
	out := b.write("TRANSFER_OUT", at, c)
	g.lots = append(slices.Clone(g.lots), b.part(out, g)...)
	in := to.write("TRANSFER_IN", at, c)
	var amount int64
	for _, l := range g.lots {
		amount += l.Remaining
		b.pass(out, to, in, l)
	}
	b.lots = slices.DeleteFunc(b.lots, func(l *lot) bool { return slices.Contains(g.lots, l) })
	b.holds = slices.DeleteFunc(b.holds, func(h *hold) bool { return slices.Contains(g.holds, h) })
	for _, h := range g.holds {
		h.CustomerID = to.account.CustomerID
	}
	to.lots, to.holds = append(to.lots, g.lots...), append(to.holds, g.holds...)
	b.endOrDrop(out, amount)
	to.endOrDrop(in, amount)
	b.handOverDebt(to, at, g.owed, c)
}

// part makes lots of what holds reserved that do not go the way of the lots they
// reserved it from, and answers with those that go over.
func (b *book) part(l *line, g handover) (going []*lot) {
	for _, h := range b.holds {
		if h.Status != holdOpen {
			continue
		}
		goes := slices.Contains(g.holds, h)
		for i, of := range h.took {
			if slices.Contains(g.lots, of) == goes {
				continue
			}
			own := &lot{born: l, PointLot: db.PointLot{
				CustomerID: b.account.CustomerID, Amount: h.Allocations[i].Amount, Status: lotUsable,
				EarnedAt: of.EarnedAt, UsableAt: of.UsableAt, ExpiresAt: of.ExpiresAt, ParentID: &of.ID, Rule: of.Rule, Origin: of.Origin,
				RollingMonths: of.RollingMonths, RollingTo: of.RollingTo,
			}}
			b.lots = append(b.lots, own)
			b.post(l, held, of, -own.Amount)
			b.post(l, held, own, own.Amount)
			h.took[i] = own
			if goes {
				going = append(going, own)
			}
		}
	}
	return going
}

// pass moves all that remains of a lot. What is free pays off a debt of the
// receiver first.
func (b *book) pass(out *line, to *book, in *line, l *lot) {
	reserved, free, account := l.Held, l.free(), available
	if l.Status == lotPending {
		account = pending
	}
	b.post(out, held, l, -reserved)
	b.post(out, account, l, -free)
	b.post(out, transferred, l, reserved+free)
	l.CustomerID = to.account.CustomerID
	to.post(in, transferred, l, -reserved-free)
	to.post(in, held, l, reserved)
	if account == pending {
		to.post(in, pending, l, free)
	} else {
		to.makeUsable(in, l, free)
	}
}

// handOverDebt lets the book to owe what b owed; its usable points pay it off.
func (b *book) handOverDebt(to *book, at time.Time, owed int64, c Cause) {
	if owed == 0 {
		return
	}
	out, in := b.write("DEBT_OUT", at, c.on("debt")), to.write("DEBT_IN", at, c.on("debt"))
	b.post(out, debt, nil, owed)
	b.post(out, transferred, nil, -owed)
	to.post(in, transferred, nil, owed)
	to.post(in, debt, nil, -owed)
	to.sortLots()
	for _, l := range to.lots {
		if l.Status == lotUsable {
			pay := min(l.free(), to.account.Debt)
			to.post(in, available, l, -pay)
			to.post(in, debt, l, pay)
		}
	}
	b.end(out, owed)
	to.end(in, owed)
}

// on is the cause under a key of its own.
func (c Cause) on(what string) Cause {
	c.key += ":" + what
	return c
}

// endOrDrop closes a line, or takes it back when it moved nothing.
func (b *book) endOrDrop(l *line, amount int64) {
	if b.end(l, amount); len(l.postings) == 0 {
		b.lines = slices.DeleteFunc(b.lines, func(other *line) bool { return other == l })
	}
}
