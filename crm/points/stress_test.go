package points

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var soakFor = flag.Duration("points.soak", 10*time.Minute, "how long TestSoakLedger runs")

// TestStressLedger: 32 clients with random earn, spend, hold, cancel and expiry
// on few customers, while these are merged and parted, connections are cut and
// requests given up.
func TestStressLedger(t *testing.T) { stress(t, 32, 40, 5*time.Second) }

// TestSoakLedger is the same for longer, with more clients and on more customers.
func TestSoakLedger(t *testing.T) { stress(t, 64, 400, *soakFor) }

// storm is one run of the stress.
type storm struct {
	*Service
	t         *testing.T
	db        *db.DB
	clock     *racing
	shop      int64
	customers []int64
	done      atomic.Bool

	bookings, cut, refused, merges, watched atomic.Int64
	tally                                   tally
}

// racing is a clock that the clients push forward.
type racing struct{ at atomic.Int64 }

func (c *racing) Now() time.Time { return time.UnixMicro(c.at.Load()).UTC() }

var _ clock.Clock = (*racing)(nil)

func stress(t *testing.T, clients, customers int, length time.Duration) {
	d := dbtest.New(t)
	c := &racing{}
	c.at.Store(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro())
	s := &storm{Service: New(d, c, tokyo), t: t, db: d, clock: c}
	s.prepare(customers)

	var wg sync.WaitGroup
	stop := make(chan struct{})
	for i := range clients {
		wg.Go(func() { s.client(i) })
	}
	var helpers sync.WaitGroup
	helpers.Go(func() { s.cutConnections(stop) })
	helpers.Go(func() { s.runJob(stop) })
	helpers.Go(func() { s.mergeAndPart(stop) })
	helpers.Go(func() { s.watch(stop) })
	time.AfterFunc(length, s.endOnceSeen)
	wg.Wait()
	close(stop)
	helpers.Wait()
	s.audit()
}

// kindsOfStorm are the bookings without which a storm shows nothing.
var kindsOfStorm = []string{"GRANT", "REDEEM", "HOLD", "CAPTURE", "RELEASE", "EXPIRE", "CLAWBACK", "RESTORE", "ADJUST", "TRANSFER_OUT", "TRANSFER_IN"}

// endOnceSeen ends the storm once every kind was booked: on a slow machine that
// may be later than asked for.
func (s *storm) endOnceSeen() {
	defer s.done.Store(true)
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		var kinds int
		err := s.db.Pool.QueryRow(context.Background(), `SELECT count(DISTINCT kind) FROM point_bookings WHERE kind = ANY($1)`, kindsOfStorm).Scan(&kinds)
		if err == nil && kinds == len(kindsOfStorm) {
			return
		}
	}
}

func (s *storm) prepare(customers int) {
	ctx := context.Background()
	if err := s.db.Pool.QueryRow(ctx, `INSERT INTO shops (code, name, mall) VALUES ('own', 'own', 'OWN_SITE') RETURNING id`).Scan(&s.shop); err != nil {
		s.t.Fatal(err)
	}
	rows, err := s.db.Pool.Query(ctx, `INSERT INTO customers (member_since, member_via) SELECT '2025-01-01', 'SITE' FROM generate_series(1, $1::int) RETURNING id`, customers)
	if err == nil {
		s.customers, err = pgx.CollectRows(rows, pgx.RowTo[int64])
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.tally.answers = map[string]answer{}
	for _, r := range []EarnRule{
		{Name: "cups twice", Kind: EarnMultiplier, Multiplier: 20_000, Conditions: Conditions{From: "2025-01-01", SKUs: []string{"cup"}}, Caps: Caps{Order: 20}},
		{Name: "agreed", Kind: EarnAction, Action: ActionLine, Points: 30, Conditions: Conditions{From: "2025-01-01"}},
	} {
		if _, err := (Desk{s.Service}).CreateRule(ctx, r); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *storm) client(n int) {
	rnd := rand.New(rand.NewPCG(uint64(n), 99))
	type mine struct{ customer, id int64 }
	var holds, orders, spent []mine
	for i := 0; !s.done.Load(); i++ {
		s.clock.at.Add(int64(rnd.IntN(int(20 * time.Minute / time.Microsecond))))
		customer := s.customers[rnd.IntN(len(s.customers))]
		key := fmt.Sprint(n, ":", i)
		amount := int64(1 + rnd.IntN(50))
		switch op := rnd.IntN(14); {
		case op < 3:
			expires := s.clock.Now().Add(time.Duration(24+rnd.IntN(240)) * time.Hour)
			s.insist(rnd, asked{key, "GRANT", amount}, func(ctx context.Context) error {
				_, err := s.Grant(ctx, nil, GrantRequest{CustomerID: customer, Amount: amount, Key: key, ExpiresAt: &expires, Cause: Cause{Reason: "STAFF"}})
				return err
			})
		case op < 6:
			s.insist(rnd, asked{key, "REDEEM", amount}, func(ctx context.Context) error {
				r, err := s.Redeem(ctx, nil, SpendRequest{CustomerID: customer, Amount: amount, Key: key, Cause: Cause{Reason: "API"}})
				if err == nil {
					spent = append(spent, mine{r.Booking.CustomerID, r.Booking.ID})
				}
				return err
			})
		case op == 6:
			s.insist(rnd, asked{key, "HOLD", amount}, func(ctx context.Context) error {
				_, h, err := s.Hold(ctx, nil, HoldRequest{CustomerID: customer, Amount: amount, For: time.Duration(1+amount) * time.Hour, Key: key, Cause: Cause{Reason: "API"}})
				if err == nil {
					holds = append(holds, mine{customer, h.ID})
				}
				return err
			})
		case op == 7 && len(holds) > 0:
			h := holds[len(holds)-1]
			holds = holds[:len(holds)-1]
			s.insist(rnd, asked{key, "CAPTURE", 0}, func(ctx context.Context) error {
				_, _, err := s.Capture(ctx, nil, CloseRequest{CustomerID: h.customer, HoldID: h.id, Key: key})
				return err
			})
		case op == 10 && len(spent) > 0:
			b := spent[rnd.IntN(len(spent))] // now and then one that was reversed before
			s.insist(rnd, asked{key, "RESTORE", 0}, func(ctx context.Context) error {
				_, err := s.Reverse(ctx, nil, ReverseRequest{CustomerID: b.customer, BookingID: b.id, Amount: rnd.Int64N(4), Key: key, Cause: Cause{Reason: "REVERSAL"}})
				return err
			})
		case op == 11:
			s.insist(rnd, asked{key, "ADJUST", amount}, func(ctx context.Context) error {
				_, err := s.Deduct(ctx, nil, SpendRequest{CustomerID: customer, Amount: amount, Key: key, Cause: Cause{Reason: "ADJUSTMENT"}})
				return err
			})
		case op == 12:
			s.insist(rnd, asked{}, func(ctx context.Context) error { return s.award(ctx, customer, amount%3 == 0) })
		case op == 13 && len(orders) > 0:
			o := orders[rnd.IntN(len(orders))]
			s.insist(rnd, asked{}, func(ctx context.Context) error { return s.returnGoods(ctx, o.id, amount%2) })
		case op == 8:
			s.insist(rnd, asked{}, func(ctx context.Context) error {
				id, err := s.placeOrder(ctx, customer, key, amount*100)
				if err == nil {
					orders = append(orders, mine{customer, id})
				}
				return err
			})
		case len(orders) > 0:
			o := orders[len(orders)-1]
			orders = orders[:len(orders)-1]
			s.insist(rnd, asked{}, func(ctx context.Context) error { return s.cancelOrder(ctx, o.id) })
		}
	}
}

// insist repeats a request, now and then giving up on it in the middle, until
// it has an answer: done, or refused for a reason.
func (s *storm) insist(rnd *rand.Rand, what asked, do func(context.Context) error) {
	for try := 0; ; try++ {
		ctx, cancel := context.WithCancel(context.Background())
		if rnd.IntN(8) == 0 {
			ctx, cancel = context.WithTimeout(context.Background(), time.Duration(rnd.IntN(4000))*time.Microsecond)
		}
		err := do(ctx)
		cancel()
		switch {
		case err == nil:
			s.bookings.Add(1)
			s.tally.note(what, answer{asked: what, done: true, cut: try > 0})
			return
		case fault.Is(err, fault.Precondition), fieldOf(err) == "expiresOn": // its last day went by while it was tried
			s.refused.Add(1)
			s.tally.note(what, answer{asked: what, cut: try > 0})
			return
		case fault.Is(err, fault.Unavailable), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
			s.cut.Add(1)
		default:
			s.cut.Add(1)
			if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) {
				s.t.Errorf("an answer that nothing asked for: %v", err)
				return
			}
		}
	}
}

// cutConnections kills the server side of a random connection, again and again.
func (s *storm) cutConnections(stop <-chan struct{}) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C: // the killer's own connection is spared by pg_backend_pid
			_, _ = s.db.Pool.Exec(context.Background(), `SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1) one`)
		}
	}
}

func (s *storm) runJob(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			_, _ = s.BookDue(context.Background()) // cut connections fail it; the next turn goes on
		}
	}
}

// watch looks through the books again and again while everybody books: what is
// committed is in order at any instant.
func (s *storm) watch(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			if s.watched.Load() == 0 {
				s.t.Error("nobody could look through the books while they were written")
			}
			return
		case <-time.After(200 * time.Millisecond):
		}
		found, err := s.Verify(context.Background())
		if err != nil { // its connection was cut
			continue
		}
		s.watched.Add(1)
		for _, d := range found {
			s.t.Errorf("while everybody books: %+v", d)
		}
	}
}

// audit: nothing negative (the database would have refused), the entries replay
// to every balance, and each request was booked as often as its answer says.
func (s *storm) audit() {
	ctx := context.Background()
	s.drain(ctx)
	_, err := s.BookDue(ctx)
	for try := 0; err != nil && try < 100; try++ { // each fails once on a connection that was ended
		_, err = s.BookDue(ctx)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	found, err := s.Verify(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, d := range found {
		s.t.Errorf("the books are not in order: %+v", d)
	}
	s.tally.compare(ctx, s.t, s.db.Pool)
	s.compareOrders(ctx)
	s.compareAwards(ctx)
	s.sawEverything(ctx)
}

// drain ends every other connection and waits until it is gone: a try that was
// given up may still wait for an account, and would be booked while the books
// are read. What pg_terminate_backend says is not asked, as it is false too for
// a connection that has just ended by itself.
func (s *storm) drain(ctx context.Context) {
	s.db.Pool.Reset()
	conn, err := pgx.ConnectConfig(ctx, s.db.Pool.Config().ConnConfig)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	const others = ` FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`
	left := 1
	for deadline := time.Now().Add(time.Minute); left > 0 && time.Now().Before(deadline); {
		if _, err := conn.Exec(ctx, `SELECT pg_terminate_backend(pid, 1000)`+others); err != nil {
			s.t.Fatal(err)
		}
		if err := conn.QueryRow(ctx, `SELECT count(*)`+others).Scan(&left); err != nil {
			s.t.Fatal(err)
		}
	}
	if left > 0 {
		s.t.Fatalf("%d connections do not end", left)
	}
}

// sawEverything: a run without one of the kinds, or without a cut, shows nothing.
func (s *storm) sawEverything(ctx context.Context) {
	kinds := map[string]int64{}
	rows, err := s.db.Pool.Query(ctx, `SELECT kind, count(*) FROM point_bookings GROUP BY kind`)
	if err != nil {
		s.t.Fatal(err)
	}
	var kind string
	var n int64
	if _, err = pgx.ForEachRow(rows, []any{&kind, &n}, func() error { kinds[kind] = n; return nil }); err != nil {
		s.t.Fatal(err)
	}
	for _, k := range kindsOfStorm {
		if kinds[k] == 0 {
			s.t.Errorf("no %s was ever booked: the run shows nothing", k)
		}
	}
	if s.cut.Load() == 0 {
		s.t.Error("no connection was ever cut")
	}
	s.t.Logf("%d requests booked, %d refused, %d cut, %d merges, looked through %d times; bookings by kind %v",
		s.bookings.Load(), s.refused.Load(), s.cut.Load(), s.merges.Load(), s.watched.Load(), kinds)
}
