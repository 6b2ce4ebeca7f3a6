package points

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/db"
)

// Bookings that are asked for at the same time are booked together: one
// transaction of two round trips, whose statements write the rows of all. Each
// of them ends as it would have ended alone, in the order in which they came;
// one that is refused spoils none of the others. While the transactions that
// may go on at once are at work, what comes in waits for the next, so that an
// account that everybody books on is locked once for all of them, and nobody
// waits where there is nothing to wait for.
const (
	atOnce          = 2
	mostTogether    = 128
	togetherTimeout = 30 * time.Second
)

// queue is who waits to be booked.
type queue struct {
	mu      sync.Mutex
	waiting []*turn
	working int // transactions that go on

	booked, transactions, spoiled atomic.Int64
}

// Tally is how bookings were made since the start.
type Tally struct {
	Booked       int64 // together with others who asked at the same time
	Transactions int64 // that these took
	Spoiled      int64 // transactions that failed as a whole, whose requests were booked one by one
}

// Tally tells how bookings were made since the start.
func (s *Service) Tally() Tally {
	return Tally{s.queue.booked.Load(), s.queue.transactions.Load(), s.queue.spoiled.Load()}
}

// turn is a request on its way.
type turn struct {
	*request
	ctx  context.Context //nolint:containedctx // of the one who asked, who may give up
	done chan struct{}

	line    *line
	receipt Receipt
	after   db.PointHold
	err     error
	alone   bool // not to be booked with others
}

// together books with all who ask at the same time. Who gives up while it is
// booked does not know how it ended; the same key tells.
func (s *Service) together(ctx context.Context, r *request) (Receipt, db.PointHold, error) {
	a := &turn{request: r, ctx: ctx, done: make(chan struct{})}
	s.join(a)
	select {
	case <-a.done:
	case <-ctx.Done():
		return Receipt{}, db.PointHold{}, db.Fault(ctx.Err())
	}
	if a.alone {
		return s.aloneInTx(ctx, r)
	}
	return a.receipt, a.after, a.err
}

func (s *Service) join(a *turn) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.waiting = append(s.queue.waiting, a)
	if s.queue.working < atOnce {
		s.queue.working++
		go s.serve()
	}
}

// serve books for those who wait until nobody does.
func (s *Service) serve() {
	for {
		all := s.queue.next()
		if all == nil {
			return
		}
		s.bookQueue(all)
		for _, a := range all {
			close(a.done)
		}
	}
}

// next takes those who have waited longest. Nil: nobody does, and whoever asked
// is to end.
func (u *queue) next() []*turn {
	u.mu.Lock()
	defer u.mu.Unlock()
	n := min(len(u.waiting), mostTogether)
	if n == 0 {
		u.working--
		return nil
	}
	all := slices.Clone(u.waiting[:n])
	u.waiting = slices.Delete(u.waiting, 0, n)
	return all
}

// bookQueue books for all in one transaction. Where that fails as a whole each is
// booked alone, which also finds what the failed commit may have booked after all.
func (s *Service) bookQueue(all []*turn) {
	all = slices.DeleteFunc(slices.Clone(all), func(a *turn) bool {
		a.err = db.Fault(a.ctx.Err()) // of who has given up
		return a.err != nil
	})
	if len(all) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(all[0].ctx), togetherTimeout)
	defer cancel()
	booked := false
	defer func() {
		if booked {
			return
		}
		_ = recover() // whose request it was meets it again when booked alone, where it is told
		s.queue.spoiled.Add(1)
		for _, a := range all {
			a.alone = true
		}
	}()
	conn, err := s.db.Pool.Acquire(ctx)
	if err != nil {
		return
	}
	defer conn.Release() // closes a connection that was left in a transaction
	booked = s.bookAll(ctx, &ownTx{Conn: conn.Conn()}, all) == nil
	s.queue.transactions.Add(1)
}

// ownTx is a connection on which bookAll begins and ends the transaction by
// itself, within its two round trips.
type ownTx struct{ *pgx.Conn }

// bookAll books for all, or marks those who have to be booked alone. An error
// means that nothing is booked and the transaction is of no more use.
func (s *Service) bookAll(ctx context.Context, q querier, all []*turn) error {
	_, own := q.(*ownTx)
	o, err := s.openAll(ctx, q, all, own)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	var changed []*book
	for _, a := range all {
		b := o.bookFor(a)
		if b == nil {
			a.alone = true
			continue
		}
		if earlier, found := o.earlier[keyOf{a.customer, a.cause.key}]; found {
			o.repeat(a, earlier)
			continue
		}
		b.zone = s.zone
		at := opened{book: b, now: maxTime(now, b.account.UpdatedAt), asked: a.customer}
		at.advance(at.now)
		if a.line, a.err = a.do(at, b.holdByID(a.hold)); a.err != nil {
			continue
		}
		o.earlier[keyOf{a.customer, a.cause.key}] = nil // whoever repeats it in this transaction is told by the way that looks it up
		if !slices.Contains(changed, b) {
			changed = append(changed, b)
		}
	}
	return s.writeAll(ctx, q, all, changed, o.drawn, own)
}

// opening is what a transaction has found for all who are to be booked.
type opening struct {
	books   map[int64]*book
	members map[int64]bool
	earlier map[keyOf]*db.PointBooking // nil: booked in this transaction
	drawn   ids
}

type keyOf struct {
	customer int64
	key      string
}

// bookFor is the locked book of the one who asked; nil where only the way that
// knows of everything can tell.
func (o *opening) bookFor(a *turn) *book {
	b := o.books[a.customer]
	switch {
	case b == nil, b.account.Kin, a.who == membersOnly && !o.members[a.customer], a.hold != 0 && b.holdByID(a.hold) == nil:
		return nil
	}
	return b
}

// repeat answers a request whose key was used before.
func (o *opening) repeat(a *turn, earlier *db.PointBooking) {
	switch {
	case earlier == nil, earlier.HoldID != nil:
		a.alone = true
	case string(earlier.RequestHash) != string(a.cause.hash):
		a.err = keyReused()
	default:
		a.receipt = Receipt{Booking: *earlier, Replayed: true}
	}
}

// openAll locks the accounts of all who have one and loads their books, in one
// round trip. Nobody is merged from then on until the transaction ends.
func (s *Service) openAll(ctx context.Context, q querier, all []*turn, begin bool) (*opening, error) {
	var customers, holds, of []int64
	var keys []string
	need := counts{bookings: len(all)}
	for _, a := range all {
		customers, of, keys = append(customers, a.customer), append(of, a.customer), append(keys, a.cause.key)
		if a.hold != 0 {
			holds = append(holds, a.hold)
		}
		if a.makesLot {
			need.lots++
		}
		if a.makesHold {
			need.holds++
		}
	}
	slices.Sort(customers)
	customers = slices.Compact(customers)

	batch := &pgx.Batch{}
	if begin {
		batch.Queue("BEGIN")
	}
	// Statements on a few ids would be planned anew each time, which takes longer than what is planned.
	batch.Queue("SELECT pg_advisory_xact_lock_shared($1), set_config('plan_cache_mode', 'force_generic_plan', true)", int64(db.PeopleLock))
	first := batch.Len()
	batch.Queue(`SELECT `+accountColumns+`, member FROM point_accounts
		JOIN (SELECT id, member_since IS NOT NULL AS member FROM customers WHERE merged_into IS NULL AND NOT anonymous) c ON c.id = customer_id
		WHERE customer_id = ANY($1::bigint[]) ORDER BY customer_id FOR UPDATE OF point_accounts`, customers)
	queueOpen(batch, customers, wanted{holds: holds})
	batch.Queue(`SELECT `+bookingColumns+` FROM point_bookings WHERE (customer_id, idempotency_key) IN (SELECT * FROM unnest($1::bigint[], $2::text[]))`, of, keys)
	need.queue(batch)
	res := q.SendBatch(ctx, batch)
	o, err := readOpening(res, first)
	if closed := res.Close(); err == nil {
		err = db.Fault(closed)
	}
	return o, err
}

func readOpening(res pgx.BatchResults, first int) (*opening, error) {
	for range first {
		if _, err := res.Exec(); err != nil {
			return nil, db.Fault(err)
		}
	}
	type row struct {
		db.PointAccount
		Member bool
	}
	rows, err := collect[row](res)
	if err != nil {
		return nil, err
	}
	o := &opening{members: map[int64]bool{}, earlier: map[keyOf]*db.PointBooking{}}
	accounts := make([]db.PointAccount, len(rows))
	for i, r := range rows {
		accounts[i], o.members[r.CustomerID] = r.PointAccount, r.Member
	}
	if o.books, err = readBooksOf(accounts, res); err != nil {
		return nil, err
	}
	earlier, err := collect[db.PointBooking](res)
	if err != nil {
		return nil, err
	}
	for i, b := range earlier {
		o.earlier[keyOf{b.CustomerID, b.IdempotencyKey}] = &earlier[i]
	}
	o.drawn, err = readIDs(res)
	return o, err
}

// writeAll writes what the books have become and ends the transaction where it
// is bookAll's own, in one round trip.
func (s *Service) writeAll(ctx context.Context, q querier, all []*turn, changed []*book, drawn ids, commit bool) error {
	batch := &pgx.Batch{}
	if len(changed) > 0 {
		w, err := writesOf(ctx, q, changed, drawn)
		if err != nil {
			return err
		}
		w.queue(batch)
	}
	if err := queueAudit(batch, all); err != nil {
		return err
	}
	if commit {
		batch.Queue("COMMIT")
	}
	if batch.Len() > 0 {
		if err := q.SendBatch(ctx, batch).Close(); err != nil {
			return db.Fault(err)
		}
	}
	for _, a := range all {
		if a.line != nil {
			s.queue.booked.Add(1)
			a.receipt, a.after = Receipt{Booking: a.line.PointBooking}, a.line.heldAs()
		}
	}
	return nil
}

// queueAudit adds the lines of the audit log, for what is audited.
func queueAudit(batch *pgx.Batch, all []*turn) error {
	var lines []*db.AuditEntry
	for _, a := range all {
		if a.line == nil || a.audited == "" {
			continue
		}
		l, err := access.Line(a.ctx, auditLine(a.audited, Receipt{Booking: a.line.PointBooking}))
		if err != nil {
			return err
		}
		lines = append(lines, l)
	}
	access.QueueLines(batch, lines)
	return nil
}
