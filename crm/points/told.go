package points

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Told is a booking of a former system, as a file of members tells it.
type Told struct {
	CustomerID int64
	// Names are what the file calls the member, surest first. The action is booked
	// under the first, and is booked already where it was under any of them.
	Names []string
	// Known are what else the customer is known by: under these, other files may
	// have told of the action. In this one it is another member who is called so.
	Known  []string
	Key    string // unique over the actions of a member
	Action mall.PointAction
	Line   int64 // of the file
}

// BookTold books what a former system did with the points of members, each
// action once, at its own instant where nothing was booked since, else at once.
// What happened in between (points mature and expire) is booked with it, so
// that the history is whole. A spending takes what is there; the rest is owed,
// and paid off by points that come later, of orders that are still to be taken
// in, say. It answers with the number of actions booked, and whose they are.
//
// An opening closes the books of the former system: orders placed before it earn
// nothing here. SettleOrders comes after it, not before; also names the customers
// it will be called for, so that their accounts are locked in one order.
func (s *Service) BookTold(ctx context.Context, tx db.Tx, importID int64, told []Told, also []int64) (booked int64, whose []int64, err error) {
	if len(told) == 0 {
		return 0, nil, nil
	}
	told = slices.Clone(told)
	slices.SortStableFunc(told, func(a, b Told) int {
		return cmp.Or(cmp.Compare(a.CustomerID, b.CustomerID), a.Action.At.Compare(b.Action.At))
	})
	err = tx.Pgx(func(q pgx.Tx) error {
		books, news, err := lockTold(ctx, q, importID, told, also)
		if err != nil || len(news) == 0 {
			return err
		}
		p, done, err := s.toldOf(ctx, q, books, news)
		if err != nil {
			return err
		}
		var touched []*book
		now := s.clock.Now()
		for _, t := range news {
			b := books[t.CustomerID]
			b.zone = s.zone
			if n := len(touched); n == 0 || touched[n-1] != b {
				touched, whose = append(touched, b), append(whose, t.CustomerID)
			}
			if err := b.tell(t, importID, p, done[toldKey{t.CustomerID, t.as(t.Names[0])}]); err != nil {
				return err
			}
		}
		for _, b := range touched {
			b.advance(maxTime(now, b.account.UpdatedAt))
		}
		booked = int64(len(news))
		if err := p.used.save(ctx, q); err != nil {
			return err
		}
		return save(ctx, q, touched)
	})
	return booked, whose, db.Fault(err)
}

// lockTold locks the books of those who are told of, and answers with what is
// not booked yet, or was and is undone. An account that is made for it has never
// been booked on, so that its clock stands at the beginning.
func lockTold(ctx context.Context, q querier, importID int64, told []Told, also []int64) (books map[int64]*book, news []Told, err error) {
	customers := slices.Clone(also)
	for _, t := range told {
		customers = append(customers, t.CustomerID)
	}
	slices.Sort(customers)
	customers = slices.Compact(customers)
	if books, err = lock(ctx, q, customers, time.Unix(0, 0), wanted{}); err != nil {
		return nil, nil, err
	}
	before, err := toldBefore(ctx, q, customers)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range told {
		if !before.has(t, importID) {
			before[toldKey{t.CustomerID, t.as(t.Names[0])}] = importID
			news = append(news, t)
		}
	}
	return books, news, nil
}

// toldKey is whom an action was told of, and what it is known by.
type toldKey struct {
	customer int64
	as       string
}

// bookedTold is by which import each action was booked.
type bookedTold map[toldKey]int64

func (b bookedTold) has(t Told, importID int64) bool {
	by := func(name string) int64 { return b[toldKey{t.CustomerID, t.as(name)}] }
	return slices.ContainsFunc(t.Names, func(name string) bool { return by(name) != 0 }) ||
		slices.ContainsFunc(t.Known, func(name string) bool { return by(name) != 0 && by(name) != importID })
}

// toldBefore is what customers, or who was ever merged with them, were told of
// and no undoing has taken back: one that is under way may not have come to them.
func toldBefore(ctx context.Context, q querier, customers []int64) (bookedTold, error) {
	rows, err := q.Query(ctx, `WITH RECURSIVE kin AS (
			SELECT c AS told, c AS id FROM unnest($1::bigint[]) AS c
			UNION SELECT kin.told, side.id FROM kin JOIN point_merges m ON m.customer_id = kin.id OR m.from_id = kin.id,
				LATERAL (VALUES (m.customer_id), (m.from_id)) AS side (id))
		SELECT kin.told, b.idempotency_key, (b.detail->>'import')::bigint FROM kin JOIN point_bookings b ON b.customer_id = kin.id
		WHERE b.idempotency_key LIKE 'told:%' AND b.id NOT IN (`+takenBack+`(ARRAY(SELECT id FROM kin)))`, customers)
	if err != nil {
		return nil, db.Fault(err)
	}
	before := bookedTold{}
	var of, by int64
	var key string
	_, err = pgx.ForEachRow(rows, []any{&of, &key, &by}, func() error {
		key = strings.TrimPrefix(key, "told:")
		before[toldKey{of, key[:strings.LastIndexByte(key, ':')]}] = by
		return nil
	})
	return before, db.Fault(err)
}

// as is the action of a member who is called name.
func (t Told) as(name string) string { return name + ":" + t.Key }

// key is another one for each import, because one that is undone may be taken in again.
func (t Told) key(importID int64) string {
	return fmt.Sprintf("told:%s:%d", t.as(t.Names[0]), importID)
}

// toldOf reads the programme, and for actions that earn by its rules who did them.
func (s *Service) toldOf(ctx context.Context, q querier, books map[int64]*book, news []Told) (*programme, map[toldKey]*order, error) {
	var acts []Act
	var keys []toldKey
	var actions []Action
	whose := map[int64]*book{}
	for _, t := range news {
		if t.Action.Kind == mall.PointsAward {
			acts, keys = append(acts, Act{CustomerID: t.CustomerID, At: t.Action.At}), append(keys, toldKey{t.CustomerID, t.as(t.Names[0])})
			actions, whose[t.CustomerID] = append(actions, Action(t.Action.Action)), books[t.CustomerID]
		}
	}
	who, err := doers(ctx, q, acts)
	if err != nil {
		return nil, nil, err
	}
	slices.Sort(actions)
	p, err := s.programmeFor(ctx, q, who, whose, slices.Compact(actions), toGive)
	done := make(map[toldKey]*order, len(who))
	for i, doer := range who {
		done[keys[i]] = doer
	}
	return p, done, err
}

// tell books one action; doer is who did it where it earns by rules.
func (b *book) tell(t Told, importID int64, p *programme, doer *order) error {
	a := t.Action
	at := maxTime(a.At, b.account.UpdatedAt)
	b.advance(at)
	c := Cause{
		Reason: cmp.Or(a.Reason, "IMPORT"), Note: a.Note, key: t.key(importID),
		Detail: map[string]any{"import": importID, "line": t.Line, "at": a.At},
	}
	switch a.Kind {
	case mall.PointsAward:
		b.award(at, doer, Action(a.Action), c.key, p, c)
		b.expirePast(at)
		return nil
	case mall.PointsRedeem:
		return b.spendOrOwe(at, "REDEEM", redeemed, a.Amount, c)
	case mall.PointsDeduct:
		return b.spendOrOwe(at, "ADJUST", adjusted, a.Amount, c)
	case mall.PointsOpening:
		c.Detail["opened"] = a.At
		if b.account.OpenedAt == nil || b.account.OpenedAt.Before(a.At) {
			b.account.OpenedAt = &a.At
		}
	}
	b.grant(at, a.Amount, termsOf(a, p.Settings, p.zone), c)
	b.expirePast(at)
	return nil
}

func termsOf(a mall.PointAction, set Settings, zone *time.Location) Terms {
	t := Terms{EarnedAt: a.At, UsableAt: &a.UsableAt, ExpiresAt: &a.ExpiresAt, Rule: []byte("{}")}
	if a.UsableAt.IsZero() {
		t.UsableAt = &a.At
	}
	switch {
	case a.Never:
		t.ExpiresAt = nil
	case a.ExpiresAt.IsZero():
		t = t.expiring(set, "", zone)
	}
	return t
}

// spendOrOwe is spend of what is there; the rest becomes a debt.
func (b *book) spendOrOwe(at time.Time, kind, counter string, amount int64, c Cause) error {
	there := min(amount, b.account.Available)
	var parts []posting
	if there > 0 {
		var err error
		if parts, err = b.allocate(there); err != nil {
			return err
		}
	}
	l := b.write(kind, at, c)
	for _, p := range parts {
		b.post(l, available, p.lot, -p.amount)
		b.post(l, counter, p.lot, p.amount)
	}
	b.post(l, counter, nil, amount-there)
	b.post(l, debt, nil, there-amount)
	b.end(l, amount)
	if kind == "REDEEM" {
		b.active(at)
	}
	return nil
}
