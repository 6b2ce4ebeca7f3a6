package points

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// ledger is a Service on a database of the test's own, with a clock that the
// test moves.
type ledger struct {
	*Service
	t     *testing.T
	db    *db.DB
	clock *clock.Fixed
	shop  int64
}

func newLedger(t *testing.T) *ledger {
	d := dbtest.New(t)
	c := &clock.Fixed{T: time.Date(2026, 4, 1, 3, 0, 0, 0, time.UTC)}
	l := &ledger{Service: New(d, c, tokyo), t: t, db: d, clock: c}
	l.shop = l.id(`INSERT INTO shops (code, name, mall) VALUES ('own', 'own', 'OWN_SITE') RETURNING id`)
	return l
}

func (l *ledger) id(sql string, args ...any) (id int64) {
	l.t.Helper()
	if err := l.db.Pool.QueryRow(context.Background(), sql, args...).Scan(&id); err != nil {
		l.t.Fatal(err)
	}
	return id
}

func (l *ledger) exec(sql string, args ...any) {
	l.t.Helper()
	if _, err := l.db.Pool.Exec(context.Background(), sql, args...); err != nil {
		l.t.Fatal(err)
	}
}

func (l *ledger) member() int64 {
	l.t.Helper()
	return l.id(`INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'SITE') RETURNING id`)
}

func (l *ledger) grant(customer, amount int64, key string, expires *time.Time) (Receipt, error) {
	return l.Grant(context.Background(), nil, GrantRequest{CustomerID: customer, Amount: amount, Key: key, ExpiresAt: expires, Cause: Cause{Reason: "STAFF"}})
}

func (l *ledger) redeem(customer, amount int64, key string) (Receipt, error) {
	return l.Redeem(context.Background(), nil, SpendRequest{CustomerID: customer, Amount: amount, Key: key, Cause: Cause{Reason: "API"}})
}

// placed is an order of the test's; the zero fields are those of a plain sale.
type placed struct {
	customer, goods, coupon int64
	kind, status, currency  string
	at                      time.Time
	shipped                 *time.Time
}

func (l *ledger) order(no string, p placed) int64 {
	l.t.Helper()
	if p.kind == "" {
		p.kind = "SALE"
	}
	if p.status == "" {
		p.status = "PLACED"
	}
	if p.currency == "" {
		p.currency = "JPY"
	}
	if p.at.IsZero() {
		p.at = l.clock.Now()
	}
	return l.id(`INSERT INTO orders (customer_id, shop_id, order_no, kind, status, ordered_at, shipped_at, currency, goods_amount, shop_coupon, net_sales, content_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9::bigint - $10::bigint, '') RETURNING id`,
		p.customer, l.shop, no, p.kind, p.status, p.at, p.shipped, p.currency, p.goods, p.coupon)
}

// reached notes that a member has reached a stage.
func (l *ledger) reached(customer int64, code string, at time.Time) {
	l.t.Helper()
	l.exec(`INSERT INTO stage_changes (customer_id, to_stage, at, reason) SELECT $1, id, $3, 'SPEND' FROM stages WHERE code = $2`, customer, code, at)
}

func (l *ledger) settle(orders ...int64) {
	l.t.Helper()
	err := db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error { return l.SettleOrders(ctx, tx, orders) })
	if err != nil {
		l.t.Fatal(err)
	}
}

// want compares the balance; the books must be in order too.
func (l *ledger) want(customer int64, available, pending, held, debt int64) {
	l.t.Helper()
	a, err := l.Balance(context.Background(), customer)
	if err != nil {
		l.t.Fatal(err)
	}
	if a.Available != available || a.Pending != pending || a.Held != held || a.Debt != debt {
		l.t.Errorf("available %d, pending %d, held %d, debt %d; want %d, %d, %d, %d",
			a.Available, a.Pending, a.Held, a.Debt, available, pending, held, debt)
	}
	l.inOrder()
}

// untilOneWaits waits until somebody waits for a lock.
func (l *ledger) untilOneWaits() {
	l.t.Helper()
	for waiting := 0; waiting == 0; {
		must(l.t, l.db.Pool.QueryRow(context.Background(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waiting))
	}
}

func (l *ledger) inOrder() {
	l.t.Helper()
	found, err := l.Verify(context.Background())
	if err != nil {
		l.t.Fatal(err)
	}
	for _, d := range found {
		l.t.Errorf("the books are not in order: %+v", d)
	}
}

func codeOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.CodeOrKind()
	}
	return ""
}

func fieldOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Field
	}
	return ""
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestGrantAndRedeem(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	first, err := l.grant(c, 100, "a", nil)
	must(t, err)
	again, err := l.grant(c, 100, "a", nil)
	must(t, err)
	if !again.Replayed || again.Booking.ID != first.Booking.ID {
		t.Errorf("the same key again: %+v, want booking %d replayed", again, first.Booking.ID)
	}
	if _, err := l.grant(c, 101, "a", nil); codeOf(err) != "IDEMPOTENCY_KEY_REUSED" || !fault.Is(err, fault.Conflict) {
		t.Errorf("the same key for another amount: %v", err)
	}
	if _, err := l.redeem(c, 1, "a"); codeOf(err) != "IDEMPOTENCY_KEY_REUSED" {
		t.Errorf("the same key for another operation: %v", err)
	}
	if _, err := l.redeem(c, 101, "b"); codeOf(err) != "INSUFFICIENT_POINTS" {
		t.Errorf("more than there is: %v", err)
	}
	spent, err := l.redeem(c, 60, "b")
	must(t, err)
	if spent.Booking.AvailableAfter != 40 {
		t.Errorf("balance after the booking %d, want 40", spent.Booking.AvailableAfter)
	}
	l.want(c, 40, 0, 0, 0)
	_, err = l.Deduct(context.Background(), nil, SpendRequest{CustomerID: c, Amount: 40, Key: "c", Cause: Cause{Reason: "STAFF", Note: "重複付与の訂正"}})
	must(t, err)
	l.want(c, 0, 0, 0, 0)
}

func TestOneKeyIsBookedOnceHoweverManyComeAtOnce(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	const clients = 32
	type answer struct {
		r   Receipt
		err error
	}
	answers := make(chan answer, clients)
	for range clients {
		go func() {
			r, err := l.grant(c, 100, "same", nil)
			answers <- answer{r, err}
		}()
	}
	booked, id := 0, int64(0)
	for range clients {
		a := <-answers
		must(t, a.err)
		if !a.r.Replayed {
			booked++
		}
		if id != 0 && a.r.Booking.ID != id {
			t.Errorf("bookings %d and %d of one key", id, a.r.Booking.ID)
		}
		id = a.r.Booking.ID
	}
	if booked != 1 {
		t.Errorf("%d clients booked, want one", booked)
	}
	l.want(c, 100, 0, 0, 0)
}

func TestWhoMayHavePoints(t *testing.T) {
	l := newLedger(t)
	guest := l.id(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
	nobody := l.id(`INSERT INTO customers (anonymous) VALUES (true) RETURNING id`)
	member := l.member()
	merged := l.id(`INSERT INTO customers (merged_into) VALUES ($1) RETURNING id`, member)
	twice := l.id(`INSERT INTO customers (merged_into) VALUES ($1) RETURNING id`, merged)
	for customer, want := range map[int64]string{guest: "NOT_A_MEMBER", nobody: "CUSTOMER_ANONYMOUS", 1 << 40: "NOT_FOUND"} {
		if _, err := l.grant(customer, 10, "k", nil); codeOf(err) != want {
			t.Errorf("grant: %v, want %s", err, want)
		}
	}
	r, err := l.grant(twice, 10, "k", nil)
	must(t, err)
	if r.Booking.CustomerID != member {
		t.Errorf("booked for %d, want the survivor %d of the merge", r.Booking.CustomerID, member)
	}
	for _, amount := range []int64{0, -1, MaxAmount + 1} {
		if _, err := l.grant(member, amount, "x", nil); !fault.Is(err, fault.Invalid) || fieldOf(err) != "amount" {
			t.Errorf("an amount of %d: %v", amount, err)
		}
	}
	l.want(member, 10, 0, 0, 0)
}

func TestWhatExpiresFirstIsSpentFirst(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	soon, late := l.clock.Now().Add(24*time.Hour), l.clock.Now().Add(72*time.Hour)
	_, err := l.grant(c, 100, "late", &late)
	must(t, err)
	_, err = l.grant(c, 30, "soon", &soon)
	must(t, err)
	a, err := l.Balance(context.Background(), c)
	must(t, err)
	if a.ExpiringNextAmount != 30 || !a.ExpiringNextOn.Equal(soon) {
		t.Errorf("expires next: %d at %v, want 30 at %v", a.ExpiringNextAmount, a.ExpiringNextOn, soon)
	}
	_, err = l.redeem(c, 50, "r")
	must(t, err)
	a, err = l.Balance(context.Background(), c)
	must(t, err)
	if a.ExpiringNextAmount != 80 || !a.ExpiringNextOn.Equal(late) {
		t.Errorf("expires next: %d at %v, want 80 at %v", a.ExpiringNextAmount, a.ExpiringNextOn, late)
	}
	l.clock.Advance(48 * time.Hour)
	l.want(c, 80, 0, 0, 0)
	l.clock.Advance(24 * time.Hour)
	l.want(c, 0, 0, 0, 0) // before the job has run
	if _, err := l.redeem(c, 1, "gone"); codeOf(err) != "INSUFFICIENT_POINTS" {
		t.Errorf("spending what has expired: %v", err)
	}
	if again, err := l.grant(c, 30, "soon", &soon); err != nil || !again.Replayed {
		t.Errorf("a request repeated after its last day: %+v, %v; want the first result", again, err)
	}
	if _, err := l.grant(c, 30, "too late", &soon); fieldOf(err) != "expiresOn" {
		t.Errorf("granting points of the past: %v", err)
	}
	n, err := l.BookDue(context.Background())
	must(t, err)
	if n != 1 {
		t.Errorf("the job did %d accounts, want 1", n)
	}
	if n, err = l.BookDue(context.Background()); n != 0 || err != nil {
		t.Errorf("the job again: %d accounts, %v", n, err)
	}
	l.want(c, 0, 0, 0, 0)
	before, err := l.BalanceAt(context.Background(), c, late.Add(-time.Microsecond))
	must(t, err)
	if before.Available != 80 {
		t.Errorf("at the instant before the expiry there were %d, want 80", before.Available)
	}
}

func TestHolds(t *testing.T) {
	l := newLedger(t)
	ctx := context.Background()
	c := l.member()
	end := l.clock.Now().Add(time.Hour)
	_, err := l.grant(c, 100, "g", &end)
	must(t, err)
	hold := func(amount int64, key string) db.PointHold {
		t.Helper()
		_, h, err := l.Hold(ctx, nil, HoldRequest{CustomerID: c, Amount: amount, For: 30 * time.Minute, Key: key, Cause: Cause{Reason: "API"}})
		must(t, err)
		return h
	}
	h := hold(60, "h1")
	l.want(c, 40, 0, 60, 0)
	if again := hold(60, "h1"); again.ID != h.ID {
		t.Errorf("the same key made hold %d, want %d", again.ID, h.ID)
	}
	if _, _, err := l.Capture(ctx, nil, CloseRequest{CustomerID: c, HoldID: h.ID, Amount: 61, Key: "c0"}); codeOf(err) != "HOLD_TOO_SMALL" {
		t.Errorf("capturing more than is held: %v", err)
	}
	_, after, err := l.Capture(ctx, nil, CloseRequest{CustomerID: c, HoldID: h.ID, Amount: 25, Key: "c1"})
	must(t, err)
	if after.Status != "CAPTURED" || after.Captured != 25 {
		t.Errorf("after the capture: %+v", after)
	}
	l.want(c, 75, 0, 0, 0)
	if _, _, err := l.Release(ctx, nil, CloseRequest{CustomerID: c, HoldID: h.ID, Key: "r1"}); codeOf(err) != "HOLD_CLOSED" {
		t.Errorf("releasing a captured hold: %v", err)
	}
	h = hold(10, "h2")
	_, _, err = l.Release(ctx, nil, CloseRequest{CustomerID: c, HoldID: h.ID, Key: "r2"})
	must(t, err)
	l.want(c, 75, 0, 0, 0)

	h = hold(50, "h3")
	l.clock.Advance(29 * time.Minute)
	l.want(c, 25, 0, 50, 0)
	l.clock.Advance(time.Minute)
	l.want(c, 75, 0, 0, 0)
	if _, _, err := l.Capture(ctx, nil, CloseRequest{CustomerID: c, HoldID: h.ID, Key: "c3"}); codeOf(err) != "HOLD_EXPIRED" {
		t.Errorf("capturing after the time is up: %v", err)
	}
	_, err = l.BookDue(ctx)
	must(t, err)
	if _, _, err := l.Capture(ctx, nil, CloseRequest{CustomerID: c, HoldID: h.ID, Key: "c4"}); codeOf(err) != "HOLD_EXPIRED" {
		t.Errorf("capturing after the job released it: %v", err)
	}
	l.want(c, 75, 0, 0, 0)

	l.clock.Advance(20 * time.Minute)
	h = hold(75, "h5") // ten minutes before they expire
	l.clock.Advance(20 * time.Minute)
	l.want(c, 0, 0, 75, 0) // what is held does not expire
	_, _, err = l.Capture(ctx, nil, CloseRequest{CustomerID: c, HoldID: h.ID, Amount: 70, Key: "c5"})
	must(t, err)
	l.want(c, 0, 0, 0, 0) // and what comes back expires at once
	if _, _, err := l.Capture(ctx, nil, CloseRequest{CustomerID: c, HoldID: 1 << 40, Key: "c6"}); codeOf(err) != "NOT_FOUND" {
		t.Errorf("capturing no hold: %v", err)
	}
}
