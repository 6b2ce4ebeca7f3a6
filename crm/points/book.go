package points

import (
	"cmp"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// The accounts that a posting is made on. The first four are the customer's;
// debt is a negative balance there and a positive figure in db.PointAccount.
// The others are the counter-accounts, which keep no balance row.
const (
	available = "AVAILABLE"
	pending   = "PENDING"
	held      = "HELD"
	debt      = "DEBT"

	issued     = "ISSUED"
	redeemed   = "REDEEMED"
	expired    = "EXPIRED"
	clawedBack = "CLAWED_BACK"
	adjusted   = "ADJUSTED"

	transferred = "TRANSFERRED" // between customers who are merged
)

// The states of a lot and of a hold.
const (
	lotPending, lotUsable, lotDone                      = "PENDING", "USABLE", "DONE"
	holdOpen, holdCaptured, holdReleased, holdHasLapsed = "OPEN", "CAPTURED", "RELEASED", "LAPSED"
)

// book is one customer's part of the ledger in memory: what was loaded, and
// the lines that were written since. It is pure; the store locks, loads and
// saves it. post is the one place where a balance or a lot changes, so that
// the entries replay to the balance by construction.
type book struct {
	account db.PointAccount
	loaded  db.PointAccount // as it was loaded
	zone    *time.Location  // of whoever books an earning or a spending
	lots    []*lot          // every lot that is not done, and those done ones that the caller asked for
	holds   []*hold         // every open hold, and those the caller asked for
	lines   []*line         // written since the load, oldest first
}

type lot struct {
	db.PointLot
	born    *line       // the line that made it; nil when it was loaded
	loaded  db.PointLot // as it was loaded
	expired int64       // what has expired of it and was not clawed back since; of lots that were asked for
	lastAct time.Time   // when its holder or his kin last earned or spent, of one that rolls and was loaded empty
}

// free is what of the lot is neither spent nor reserved.
func (l *lot) free() int64 { return l.Remaining - l.Held }

type hold struct {
	db.PointHold
	took   []*lot       // the lots of Allocations, in that order
	born   *line        // the line that made it; nil when it was loaded
	loaded db.PointHold // as it was loaded
}

// line is a booking with its postings.
type line struct {
	db.PointBooking
	lot      *lot
	hold     *hold
	postings []posting
}

type posting struct {
	account string
	lot     *lot // nil: no lot
	amount  int64
}

// write opens a line of kind at the instant at.
func (b *book) write(kind string, at time.Time, c Cause) *line {
	l := &line{PointBooking: db.PointBooking{
		CustomerID: b.account.CustomerID, Kind: kind, OccurredAt: at,
		IdempotencyKey: c.key, RequestHash: c.hash, Reason: c.Reason, Note: c.Note,
		ShopID: c.ShopID, OrderNo: c.OrderNo, OrderID: c.OrderID,
		ActorKind: c.actorKind(), ActorID: c.ActorID, Detail: c.detail(),
	}}
	b.lines = append(b.lines, l)
	return l
}

// post moves amount onto account, and with it the balance and the lot.
func (b *book) post(l *line, account string, of *lot, amount int64) {
	if amount == 0 {
		return
	}
	switch account {
	case available:
		b.account.Available += amount
	case pending:
		b.account.Pending += amount
	case held:
		b.account.Held += amount
	case debt:
		b.account.Debt -= amount
	}
	if account == available || account == pending || account == held {
		l.Outstanding += amount
	}
	if of != nil && (account == available || account == pending || account == held) {
		of.Remaining += amount
		if account == held {
			of.Held += amount
		}
	}
	if of != nil && account == expired {
		of.expired += amount
	}
	i := slices.IndexFunc(l.postings, func(p posting) bool { return p.account == account && p.lot == of })
	if i < 0 {
		l.postings = append(l.postings, posting{account, of, amount})
	} else {
		l.postings[i].amount += amount
	}
}

// end closes the line: what it was about, the balance after it, and the state
// of the lots it touched.
func (b *book) end(l *line, amount int64) {
	l.Amount, l.AvailableAfter = amount, b.account.Available
	l.postings = slices.DeleteFunc(l.postings, func(p posting) bool { return p.amount == 0 })
	for _, p := range l.postings {
		switch {
		case p.lot == nil:
		case p.lot.Remaining == 0:
			p.lot.Status = lotDone
		case p.lot.Status == lotDone:
			p.lot.Status = lotUsable
		}
	}
}

// active begins the time of rolling points anew, from an earning or a spending at
// the instant at. It only ever prolongs. What has expired already is gone.
func (b *book) active(at time.Time) {
	for _, l := range b.lots {
		if l.Status != lotDone {
			b.prolong(l, at)
		}
	}
}

// prolong lets a lot live as long after the instant at as it rolls.
func (b *book) prolong(l *lot, at time.Time) {
	if l.RollingMonths == nil || l.ExpiresAt == nil {
		return
	}
	if end := (Lifetime{Months: *l.RollingMonths, To: PeriodEnd(*l.RollingTo)}).End(at, b.zone); end.After(*l.ExpiresAt) {
		l.ExpiresAt = &end
	}
}

// makeUsable posts amount of a lot as available, after the debt is paid off.
func (b *book) makeUsable(l *line, of *lot, amount int64) {
	pay := min(b.account.Debt, amount)
	b.post(l, debt, of, pay)
	b.post(l, available, of, amount-pay)
}

// Terms are the dates of a lot and the rule that made it.
type Terms struct {
	EarnedAt  time.Time
	UsableAt  *time.Time // nil: when its order is shipped and the return window has closed
	ExpiresAt *time.Time // nil: never
	Rolls     *Lifetime  // nil: ExpiresAt stands whatever the owner does
	Rule      []byte     // JSON
	Origin    Origin     // empty: free
}

// grant makes a lot of amount points.
func (b *book) grant(at time.Time, amount int64, t Terms, c Cause) *line {
	l := b.write("GRANT", at, c)
	l.lot = &lot{born: l, PointLot: db.PointLot{
		CustomerID: b.account.CustomerID, Amount: amount, Status: lotPending,
		EarnedAt: t.EarnedAt, UsableAt: t.UsableAt, ExpiresAt: t.ExpiresAt, OrderID: c.OrderID, Rule: t.Rule, Origin: string(cmp.Or(t.Origin, Free)),
	}}
	if t.Rolls != nil {
		to := string(t.Rolls.To)
		l.lot.RollingMonths, l.lot.RollingTo = &t.Rolls.Months, &to
	}
	b.lots = append(b.lots, l.lot)
	b.post(l, issued, l.lot, -amount)
	if t.UsableAt != nil && !t.UsableAt.After(at) {
		l.lot.Status = lotUsable
		b.makeUsable(l, l.lot, amount)
	} else {
		b.post(l, pending, l.lot, amount)
	}
	b.end(l, amount)
	b.active(t.EarnedAt)
	return l
}

// mature turns a pending lot into a usable one.
func (b *book) mature(at time.Time, of *lot) {
	l := b.write("MATURE", at, Cause{Reason: "TIME", OrderID: of.OrderID, key: ownKey("mature", of)})
	l.lot = of
	amount := of.Remaining
	of.Status = lotUsable
	b.post(l, pending, of, -amount)
	b.makeUsable(l, of, amount)
	b.end(l, amount)
}

// spend takes amount from the usable lots, those that expire first first, and
// posts it on the counter-account: REDEEMED for a purchase, ADJUSTED for staff.
func (b *book) spend(at time.Time, kind, counter string, amount int64, c Cause) (*line, error) {
	parts, err := b.allocate(amount)
	if err != nil {
		return nil, err
	}
	l := b.write(kind, at, c)
	for _, p := range parts {
		b.post(l, available, p.lot, -p.amount)
		b.post(l, counter, p.lot, p.amount)
	}
	b.end(l, amount)
	if kind == "REDEEM" {
		b.active(at)
	}
	return l, nil
}

// allocate chooses amount from the usable lots in the order of spending
// (expires_at nulls last, earned_at, id). It changes nothing.
func (b *book) allocate(amount int64) ([]posting, error) {
	if amount > b.account.Available {
		return nil, insufficient(amount, b.account.Available)
	}
	b.sortLots()
	var parts []posting
	for _, l := range b.lots {
		if l.Status != lotUsable || l.free() == 0 {
			continue
		}
		take := min(l.free(), amount)
		parts = append(parts, posting{lot: l, amount: take})
		if amount -= take; amount == 0 {
			return parts, nil
		}
	}
	return nil, fault.New(fault.Internal, "the lots of customer %d hold less than the balance", b.account.CustomerID)
}

func insufficient(asked, there int64) error {
	return fault.New(fault.Precondition, "only %d points are available", there).
		WithCode("INSUFFICIENT_POINTS").At("amount").With("available", there).With("asked", asked)
}

func (b *book) sortLots() {
	slices.SortStableFunc(b.lots, spendingOrder)
}

func (b *book) lotByID(id int64) *lot {
	for _, l := range b.lots {
		if l.born == nil && l.ID == id {
			return l
		}
	}
	return nil
}

// rank orders lots by id; new ones, which have none yet, come last as they will.
func (l *lot) rank() int64 {
	if l.ID == 0 {
		return 1<<63 - 1
	}
	return l.ID
}

// expire takes what is free in a lot whose last day has gone by.
func (b *book) expire(at time.Time, of *lot) {
	l := b.write("EXPIRE", at, Cause{Reason: "TIME", OrderID: of.OrderID, key: ownKey("expire", of)})
	l.lot = of
	amount := of.free()
	b.post(l, available, of, -amount)
	b.post(l, expired, of, amount)
	b.end(l, amount)
}

// clawback takes back amount of what a lot granted, of which gone has expired of
// the lot and is taken from nobody: its owner never had anything of it, and stands
// as if it had not been granted. It goes from EXPIRED to CLAWED_BACK, because what
// was granted for nothing is no breakage either. The rest is taken from the lot
// itself, then from the usable lots in the order of spending. What was spent
// meanwhile becomes a debt, or is forgiven. Points reserved for a checkout stay
// reserved, of the other lots where these have enough: what comes back of them
// would else expire with the lot, though other points were taken for it. The line is
// about what is taken from the owner.
func (b *book) clawback(at time.Time, of *lot, amount, gone int64, s Shortfall, c Cause) {
	l := b.write("CLAWBACK", at, c)
	l.lot = of
	of.ClawedBack += amount
	b.post(l, expired, of, -gone)
	b.post(l, clawedBack, of, gone)
	amount -= gone
	rest := amount
	take := func(from *lot, account string) {
		n := min(from.free(), rest)
		b.post(l, account, from, -n)
		b.post(l, clawedBack, from, n)
		rest -= n
	}
	if of.Status == lotPending {
		take(of, pending)
	} else {
		take(of, available)
	}
	b.sortLots()
	for _, other := range b.lots {
		if rest > 0 && other != of && other.Status == lotUsable {
			b.reserveOf(l, of, other, rest)
			take(of, available)
			take(other, available)
		}
	}
	b.post(l, clawedBack, nil, rest)
	if s == ShortfallDebt {
		b.post(l, debt, nil, -rest)
		rest = 0
	}
	b.post(l, adjusted, nil, -rest) // forgiven: the merchant's loss
	b.end(l, amount-rest)
}

// reserveOf lets holds have at most most of what they reserved of a lot of another
// one instead; what was reserved last goes first.
func (b *book) reserveOf(l *line, from, other *lot, most int64) {
	for _, h := range slices.Backward(b.holds) {
		for i := range h.took {
			if h.Status != holdOpen || h.took[i] != from {
				continue
			}
			n := min(h.Allocations[i].Amount, other.free(), most)
			b.post(l, held, from, -n)
			b.post(l, available, from, n)
			b.post(l, available, other, -n)
			b.post(l, held, other, n)
			h.instead(i, n, other)
			most -= n
		}
	}
}

// restore gives spent points back into the lots they came from. A lot whose
// last day has gone by lives on until grace; one that was empty while its holder
// earned or spent lives as long as it would have with points in it.
func (b *book) restore(at time.Time, parts []posting, grace time.Time, c Cause) {
	l := b.write("RESTORE", at, c)
	var amount int64
	for _, p := range parts {
		if p.lot.ExpiresAt != nil && !p.lot.ExpiresAt.After(at) {
			p.lot.ExpiresAt = &grace
		}
		if !p.lot.lastAct.IsZero() {
			b.prolong(p.lot, p.lot.lastAct)
		}
		b.post(l, redeemed, p.lot, -p.amount)
		b.makeUsable(l, p.lot, p.amount)
		amount += p.amount
	}
	b.end(l, amount)
}
