package points

import (
	"encoding/json"
	"reflect"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// queue adds the statements that write s, columns as arrays: one statement per
// table however many rows there are. All postings go in by one statement,
// because the database checks at its end that the books balance.
func (s *writes) queue(batch *pgx.Batch) {
	s.queueBookings(batch)
	s.queueEntries(batch)
	s.queueLots(batch)
	s.queueHolds(batch)
	s.queueAccounts(batch)
}

// queueBookings writes the bookings, and the events that tell of them.
func (s *writes) queueBookings(batch *pgx.Batch) {
	if len(s.lines) == 0 {
		return
	}
	n := len(s.lines)
	customer, id, amount, after, left := make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n)
	kind, key, reason, note, actor, detail := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	at, hash := make([]time.Time, n), make([][]byte, n)
	shop, order, lotID, holdID, actorID := make([]*int64, n), make([]*int64, n), make([]*int64, n), make([]*int64, n), make([]*int64, n)
	orderNo := make([]*string, n)
	for i, l := range s.lines {
		customer[i], id[i], amount[i], after[i], left[i] = l.CustomerID, l.ID, l.Amount, l.AvailableAfter, l.Outstanding
		kind[i], key[i], reason[i], note[i], actor[i], detail[i] = l.Kind, l.IdempotencyKey, l.Reason, l.Note, l.ActorKind, string(l.Detail)
		at[i], hash[i] = l.OccurredAt, l.RequestHash
		shop[i], orderNo[i], order[i], lotID[i], holdID[i], actorID[i] = l.ShopID, l.OrderNo, l.OrderID, l.LotID, l.HoldID, l.ActorID
	}
	batch.Queue(`WITH booked AS (INSERT INTO point_bookings (`+bookingColumns+`)
		SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::text[], $8::bytea[],
			$9::text[], $10::text[], $11::bigint[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[], $16::text[], $17::bigint[], $18::text[]::jsonb[], $19::bigint[])
		RETURNING *)
		INSERT INTO events (customer_id, occurred_at, kind, shop_id, ref_id, data)
		SELECT customer_id, occurred_at, point_event_kind(kind), shop_id, id, jsonb_build_object('amount', amount, 'reason', reason) FROM booked
		WHERE point_event_kind(kind) IS NOT NULL`, // a merge has an event of its own
		customer, id, kind, amount, after, at, key, hash, reason, note, shop, orderNo, order, lotID, holdID, actor, actorID, detail, left)
}

func (s *writes) queueEntries(batch *pgx.Batch) {
	var customer, booking, lots, amount []int64
	var account []string
	for _, l := range s.lines {
		for _, p := range l.postings {
			var of int64
			if p.lot != nil {
				of = p.lot.ID
			}
			customer, booking, lots, amount = append(customer, l.CustomerID), append(booking, l.ID), append(lots, of), append(amount, p.amount)
			account = append(account, p.account)
		}
	}
	if len(customer) == 0 {
		return
	}
	batch.Queue(`INSERT INTO point_entries (customer_id, booking_id, account, lot_id, amount)
		SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[])`, customer, booking, account, lots, amount)
}

// changed reports whether the row of a loaded lot must be written.
func (l *lot) changed() bool { return !reflect.DeepEqual(l.PointLot, l.loaded) }

func (s *writes) queueLots(batch *pgx.Batch) {
	if len(s.newLots) > 0 {
		var c lotArrays
		for _, l := range s.newLots {
			c.add(l)
		}
		batch.Queue(`INSERT INTO point_lots (`+lotColumns+`)
			SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[],
				$9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::bigint[], $13::text[]::jsonb[], $14::bigint[], $15::text[],
				$16::int[], $17::text[])`,
			c.customer, c.id, c.booking, c.amount, c.remaining, c.held, c.clawedBack, c.status, c.earned, c.usable, c.expires, c.order, c.rule, c.parent,
			c.origin, c.months, c.to)
	}
	if len(s.changedLots) > 0 {
		var c lotArrays
		for _, l := range s.changedLots {
			c.add(l)
		}
		batch.Queue(`UPDATE point_lots l SET customer_id = n.to_id, remaining = n.remaining, held = n.held, clawed_back = n.clawed_back, status = n.status,
				usable_at = n.usable_at, expires_at = n.expires_at
			FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::bigint[])
				AS n (customer_id, id, remaining, held, clawed_back, status, usable_at, expires_at, to_id)
			WHERE l.customer_id = n.customer_id AND l.id = n.id`,
			c.loaded, c.id, c.remaining, c.held, c.clawedBack, c.status, c.usable, c.expires, c.customer)
	}
}

type lotArrays struct {
	customer, id, booking, amount, remaining, held, clawedBack []int64
	status, rule, origin                                       []string
	earned                                                     []time.Time
	usable, expires                                            []*time.Time
	order, parent                                              []*int64
	months                                                     []*int // of rolling expiry
	to                                                         []*string
	loaded                                                     []int64 // whose they were when they were loaded
}

func (c *lotArrays) add(l *lot) {
	c.customer, c.id, c.booking = append(c.customer, l.CustomerID), append(c.id, l.ID), append(c.booking, l.BookingID)
	c.amount, c.remaining, c.held, c.clawedBack = append(c.amount, l.Amount), append(c.remaining, l.Remaining), append(c.held, l.Held), append(c.clawedBack, l.ClawedBack)
	rule := string(l.Rule)
	if rule == "" {
		rule = "{}"
	}
	c.status, c.rule = append(c.status, l.Status), append(c.rule, rule)
	c.earned, c.usable, c.expires = append(c.earned, l.EarnedAt), append(c.usable, l.UsableAt), append(c.expires, l.ExpiresAt)
	c.months, c.to = append(c.months, l.RollingMonths), append(c.to, l.RollingTo)
	c.order, c.parent, c.loaded = append(c.order, l.OrderID), append(c.parent, l.ParentID), append(c.loaded, l.loaded.CustomerID)
	c.origin = append(c.origin, l.Origin)
}

// changed reports whether the row of a loaded hold must be written.
func (h *hold) changed() bool {
	return h.Status != h.loaded.Status || h.CustomerID != h.loaded.CustomerID || !slices.Equal(h.Allocations, h.loaded.Allocations) || slices.ContainsFunc(h.took, func(l *lot) bool { return l != nil && l.born != nil })
}

// nameLots lets the allocations name the lots that they are of.
func (h *hold) nameLots() {
	h.Allocations = slices.Clone(h.Allocations)
	for i, l := range h.took {
		if l != nil { // of a closed hold
			h.Allocations[i].Lot = l.ID
		}
	}
}

// queueHolds writes holds one by one: a batch of more than a few holds happens
// only when many lapse at once.
func (s *writes) queueHolds(batch *pgx.Batch) {
	for _, h := range s.newHolds {
		allocations, _ := json.Marshal(h.Allocations) // figures always marshal
		batch.Queue(`INSERT INTO point_holds (`+holdColumns+`) VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8, $9, $10)`,
			h.CustomerID, h.ID, h.Amount, h.Captured, h.Status, string(allocations), h.CreatedAt, h.ExpiresAt, h.ShopID, h.OrderNo)
	}
	for _, h := range s.changedHolds {
		allocations, _ := json.Marshal(h.Allocations)
		batch.Queue(`UPDATE point_holds SET status = $3, captured = $4, allocations = $5::text::jsonb, customer_id = $6 WHERE customer_id = $1 AND id = $2`,
			h.loaded.CustomerID, h.ID, h.Status, h.Captured, string(allocations), h.CustomerID)
	}
}

func (s *writes) queueAccounts(batch *pgx.Batch) {
	n := len(s.accounts)
	if n == 0 {
		return
	}
	customer, usable, waiting, reserved, owed, expiring := make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n)
	on, due, updated, opened := make([]*time.Time, n), make([]*time.Time, n), make([]time.Time, n), make([]*time.Time, n)
	for i, a := range s.accounts {
		customer[i], usable[i], waiting[i], reserved[i], owed[i] = a.CustomerID, a.Available, a.Pending, a.Held, a.Debt
		on[i], expiring[i], due[i], updated[i], opened[i] = a.ExpiringNextOn, a.ExpiringNextAmount, a.DueAt, a.UpdatedAt, a.OpenedAt
	}
	batch.Queue(`UPDATE point_accounts a SET available = n.available, pending = n.pending, held = n.held, debt = n.debt,
			expiring_next_on = n.expiring_next_on, expiring_next_amount = n.expiring_next_amount, due_at = n.due_at, updated_at = n.updated_at,
			opened_at = n.opened_at
		FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::bigint[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[])
			AS n (customer_id, available, pending, held, debt, expiring_next_on, expiring_next_amount, due_at, updated_at, opened_at)
		WHERE a.customer_id = n.customer_id`, customer, usable, waiting, reserved, owed, on, expiring, due, updated, opened)
}
