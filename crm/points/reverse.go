package points

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// ReverseRequest asks for a spending to be taken back.
type ReverseRequest struct {
	CustomerID int64 // of the booking
	BookingID  int64 // a REDEEM or a CAPTURE
	Amount     int64 // 0: all that is left of it
	Key        string
	Cause      Cause
}

// Reverse gives a spending back, whole or in part, into the lots it came from:
// what would have been spent last comes back first, as if less had been spent at
// once. A lot whose last day has gone by lives on for the days of grace. What a
// cancelled order gave back already does not come back a second time, nor does a
// cancellation give back what was reversed. A nil tx means a transaction of its own.
// Errors: fault.Invalid (amount, key), fault.NotFound (booking),
// fault.Precondition NOT_REVERSIBLE (no spending, or one that a file told of:
// undo the import) or REVERSED_TOO_MUCH with what is left, fault.Conflict
// IDEMPOTENCY_KEY_REUSED.
func (s *Service) Reverse(ctx context.Context, tx *db.Tx, r ReverseRequest) (Receipt, error) {
	if r.Amount != 0 {
		if err := checkAmount(r.Amount); err != nil {
			return Receipt{}, err
		}
	}
	cause, err := r.Cause.identified(r.Key, "REVERSE", r.BookingID, r.Amount)
	if err != nil {
		return Receipt{}, err
	}
	return s.run(ctx, tx, func(q querier) (Receipt, error) {
		v := reversal{s: s, q: q, request: r, cause: cause}
		return v.book(ctx)
	})
}

// reversal is one reversal at work.
type reversal struct {
	s       *Service
	q       querier
	request ReverseRequest
	cause   Cause
	now     time.Time
	books   map[int64]*book // of all who were ever merged with the customer
	of      db.PointBooking // what is taken back
}

func (v *reversal) book(ctx context.Context) (Receipt, error) {
	done, err := v.begin(ctx)
	if done != nil || err != nil {
		return deref(done), err
	}
	parts, err := v.parts(ctx)
	if err != nil {
		return Receipt{}, err
	}
	set, err := v.s.readSettings(ctx, v.q)
	if err != nil {
		return Receipt{}, err
	}
	lines := v.giveBack(parts, set)
	if err := save(ctx, v.q, slices.Collect(maps.Values(v.books))); err != nil {
		return Receipt{}, err
	}
	return Receipt{Booking: lines[0].PointBooking}, v.note(ctx, lines)
}

// begin locks the books of the customer and of all kin at once, in order, and
// looks for an earlier result of the key, then for the spending.
func (v *reversal) begin(ctx context.Context) (*Receipt, error) {
	survivor, _, err := settled(ctx, v.q, v.request.CustomerID)
	if err != nil {
		return nil, err
	}
	kin, err := kinOf(ctx, v.q, []int64{survivor, v.request.CustomerID})
	if err != nil {
		return nil, err
	}
	if v.books, err = lock(ctx, v.q, kin, v.s.clock.Now(), wanted{}); err != nil {
		return nil, err
	}
	o := opened{book: v.books[survivor], asked: v.request.CustomerID}
	earlier, found, err := o.findByKey(ctx, v.q, v.cause)
	switch {
	case err != nil:
		return nil, err
	case found && string(earlier.RequestHash) != string(v.cause.hash):
		return nil, keyReused()
	case found:
		return &Receipt{Booking: earlier, Replayed: true}, nil
	}
	v.now = v.s.clock.Now() // it may have waited for the accounts
	for _, b := range v.books {
		b.zone = v.s.zone
		b.advance(maxTime(v.now, b.account.UpdatedAt))
	}
	return nil, v.find(ctx)
}

func (v *reversal) find(ctx context.Context) error {
	rows, err := v.q.Query(ctx, `SELECT `+bookingColumns+` FROM point_bookings WHERE customer_id = $1 AND id = $2`, v.request.CustomerID, v.request.BookingID)
	if err != nil {
		return db.Fault(err)
	}
	v.of, err = pgx.CollectOneRow(rows, pgx.RowToStructByNameLax[db.PointBooking])
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.New(fault.NotFound, "there is no such booking").At("bookingId")
	}
	if err == nil && !Reversible(&v.of) {
		return fault.New(fault.Precondition, "only what was spent can be given back").WithCode("NOT_REVERSIBLE").At("bookingId")
	}
	return db.Fault(err)
}

// Reversible reports whether a booking is a spending that Reverse may take back.
func Reversible(b *db.PointBooking) bool {
	return (b.Kind == "REDEEM" || b.Kind == "CAPTURE") && !strings.HasPrefix(b.IdempotencyKey, "told:")
}

// leftToReverse asks what is still spent of bookings, by lot: of customers $1 with
// ids $2 what their own reversals did not give back, but no more than is still
// spent on their order by whomever of the kin $3.
const leftToReverse = `
	SELECT e.customer_id, e.booking_id, e.lot_id, least(e.amount - coalesce(back.amount, 0), coalesce(net.amount, e.amount))::bigint AS amount
	FROM unnest($1::bigint[], $2::bigint[]) AS n (customer_id, id)
	JOIN point_bookings b ON b.customer_id = n.customer_id AND b.id = n.id
	JOIN point_entries e ON e.customer_id = b.customer_id AND e.booking_id = b.id AND e.account = 'REDEEMED' AND e.lot_id <> 0
	LEFT JOIN LATERAL (SELECT -sum(x.amount) AS amount FROM point_reversals r JOIN point_entries x ON x.customer_id = r.customer_id AND x.booking_id = r.booking_id
			AND x.account = 'REDEEMED' AND x.lot_id = e.lot_id
		WHERE r.of_booking = b.id AND r.of_customer = b.customer_id) back ON true
	LEFT JOIN LATERAL (SELECT sum(x.amount) AS amount FROM point_bookings o JOIN point_entries x ON x.customer_id = o.customer_id AND x.booking_id = o.id
			AND x.account = 'REDEEMED' AND x.lot_id = e.lot_id
		WHERE o.customer_id = ANY($3::bigint[]) AND o.shop_id = b.shop_id AND o.order_no = b.order_no) net ON b.order_no IS NOT NULL`

// parts are what is to be given back, by lot.
func (v *reversal) parts(ctx context.Context) ([]posting, error) {
	rows, err := v.q.Query(ctx, leftToReverse, []int64{v.of.CustomerID}, []int64{v.of.ID}, slices.Sorted(maps.Keys(v.books)))
	if err != nil {
		return nil, db.Fault(err)
	}
	type left struct{ CustomerID, BookingID, LotID, Amount int64 }
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[left])
	if err != nil {
		return nil, db.Fault(err)
	}
	spent := make([]spending, len(found))
	for i, f := range found {
		spent[i].LotID = f.LotID
	}
	lots, err := loadLots(ctx, v.q, v.books, spent)
	if err != nil {
		return nil, err
	}
	all := make([]posting, 0, len(found))
	for _, f := range found {
		if f.Amount > 0 {
			all = append(all, posting{lot: lots[f.LotID], amount: f.Amount})
		}
	}
	return lastSpentFirst(all, v.request.Amount)
}

// lastSpentFirst takes amount (0: all) out of what is left of a spending, in the
// order opposite to that of spending.
func lastSpentFirst(left []posting, amount int64) (parts []posting, err error) {
	var there int64
	for _, p := range left {
		there += p.amount
	}
	if amount == 0 {
		amount = there
	}
	if amount > there || there == 0 {
		return nil, fault.New(fault.Precondition, "only %d points of it are left to be given back", there).
			WithCode("REVERSED_TOO_MUCH").At("amount").With("left", there).With("asked", amount)
	}
	slices.SortStableFunc(left, func(x, y posting) int { return spendingOrder(y.lot, x.lot) })
	for _, p := range left {
		p.amount = min(p.amount, amount)
		if amount -= p.amount; p.amount > 0 {
			parts = append(parts, p)
		}
	}
	return parts, nil
}

// giveBack books the parts in the books of those who have their lots now. The
// first line is under the key of the request.
func (v *reversal) giveBack(parts []posting, set Settings) (lines []*line) {
	byHolder := map[int64][]posting{}
	for _, p := range parts {
		byHolder[p.lot.CustomerID] = append(byHolder[p.lot.CustomerID], p)
	}
	c := v.cause
	c.ShopID, c.OrderNo, c.OrderID = v.of.ShopID, v.of.OrderNo, v.of.OrderID // what comes back is taken off what was spent on the order
	for i, holder := range slices.Sorted(maps.Keys(byHolder)) {
		if i > 0 {
			c.key = fmt.Sprintf("reversal:%s:%d", v.cause.key, holder)
		}
		b := v.books[holder]
		at := maxTime(v.now, b.account.UpdatedAt)
		b.restore(at, byHolder[holder], endOfDay(at, 0, set.RestoreGraceDays, v.s.zone), c)
		lines = append(lines, b.lines[len(b.lines)-1])
	}
	return lines
}

// note keeps which spending the lines took back, and under whom the key is found.
func (v *reversal) note(ctx context.Context, lines []*line) error {
	for _, l := range lines {
		if _, err := v.q.Exec(ctx, `INSERT INTO point_reversals (customer_id, booking_id, of_customer, of_booking) VALUES ($1, $2, $3, $4)`,
			l.CustomerID, l.ID, v.of.CustomerID, v.of.ID); err != nil {
			return db.Fault(err)
		}
	}
	if first := lines[0]; first.CustomerID != v.request.CustomerID {
		_, err := v.q.Exec(ctx, `INSERT INTO point_key_aliases (customer_id, idempotency_key, booked_for, booking_id) VALUES ($1, $2, $3, $4)`,
			v.request.CustomerID, first.IdempotencyKey, first.CustomerID, first.ID)
		return db.Fault(err)
	}
	return nil
}

// spendingOrder compares lots by the order in which they are spent.
func spendingOrder(x, y *lot) int {
	switch {
	case x.ExpiresAt == nil && y.ExpiresAt != nil:
		return 1
	case x.ExpiresAt != nil && y.ExpiresAt == nil:
		return -1
	case x.ExpiresAt != nil && !x.ExpiresAt.Equal(*y.ExpiresAt):
		return x.ExpiresAt.Compare(*y.ExpiresAt)
	}
	return cmp.Or(x.EarnedAt.Compare(y.EarnedAt), cmp.Compare(x.rank(), y.rank()))
}
