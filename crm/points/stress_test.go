package points_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/adjust"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/reward"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var soakFor = flag.Duration("points.soak", 10*time.Minute, "how long TestSoakLedger runs")

var tokyo = func() *time.Location {
	l, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		panic(err)
	}
	return l
}()

// TestStressLedger: 32 clients who earn, buy, spend, reserve, cancel, send back and
// take gifts at random on few customers, whose points end on a day or live by what
// they do, while these are merged and parted, files of adjustments are brought,
// approved and booked, connections are cut and requests given up.
func TestStressLedger(t *testing.T) { stress(t, 32, 40, 5*time.Second) }

// TestSoakLedger is the same for longer, with more clients and on more customers.
func TestSoakLedger(t *testing.T) { stress(t, 64, 400, *soakFor) }

// storm is one run of the stress: the ledger, and what beside it books.
type storm struct {
	*points.Service
	rewards reward.Service
	files   *adjust.Service
	reports *ledger.Service

	t         *testing.T
	db        *db.DB
	clock     *racing
	shop      int64
	gift      *db.Reward
	customers []int64
	done      atomic.Bool

	leaping  sync.RWMutex // held by who asks for something
	leaps    int
	answered chan struct{}

	bookings, cut, refused, merges, watched atomic.Int64
	tally                                   tally
	past                                    []memory
}

// racing is a clock that the clients push forward.
type racing struct{ at atomic.Int64 }

func (c *racing) Now() time.Time { return time.UnixMicro(c.at.Load()).UTC() }

var _ clock.Clock = (*racing)(nil)

// unheard is a queue of a process whose workers look by themselves.
type unheard struct{}

func (unheard) Enqueue(context.Context, db.Tx, interface{ Kind() string }) error { return nil }

func stress(t *testing.T, clients, customers int, length time.Duration) {
	d := dbtest.New(t)
	c := &racing{}
	c.at.Store(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro())
	p := points.New(d, c, tokyo)
	s := &storm{
		Service: p, rewards: reward.Service{DB: d, Clock: c, Points: p}, files: adjust.New(d, c, unheard{}, p, slog.New(slog.DiscardHandler)),
		reports: ledger.New(d, c, tokyo, p), t: t, db: d, clock: c, answered: make(chan struct{}, 1),
	}
	s.prepare(customers)

	var wg sync.WaitGroup
	stop := make(chan struct{})
	for i := range clients {
		wg.Go(func() { (&client{storm: s, n: i, rnd: rand.New(rand.NewPCG(uint64(i), 99))}).run() })
	}
	var helpers sync.WaitGroup
	for _, help := range []func(<-chan struct{}){s.cutConnections, s.mergeAndPart, s.watch, s.bringFiles, s.remember} {
		helpers.Go(func() { help(stop) })
	}
	for _, job := range []func(context.Context) error{
		func(ctx context.Context) error { _, err := s.BookDue(ctx); return err },
		s.files.Work, s.files.Work, s.reports.AddUp,
	} {
		helpers.Go(func() { again(stop, job) })
	}
	time.AfterFunc(length, s.endOnceSeen)
	wg.Wait()
	close(stop)
	helpers.Wait()
	s.audit()
}

// again does a job again and again; cut connections fail it, the next turn goes on.
func again(stop <-chan struct{}, job func(context.Context) error) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(5 * time.Millisecond):
			_ = job(context.Background())
		}
	}
}

// endOnceSeen ends the storm once it has been all that it should: on a slow machine
// that may be later than asked for, up to a minute before the tests have to end.
func (s *storm) endOnceSeen() {
	defer s.done.Store(true)
	for deadline, ends := s.t.Deadline(); !ends || time.Until(deadline) > time.Minute; <-time.After(100 * time.Millisecond) {
		if missing, err := s.missing(context.Background()); err == nil && len(missing) == 0 {
			return
		}
	}
}

// seen is what there must have been, or a storm shows nothing, by what is asked for it.
var seen = map[string]string{
	"goods that came back in part":   `SELECT FROM point_lots l JOIN orders o ON o.id = l.order_id WHERE o.status <> 'CANCELLED' AND l.clawed_back > 0`,
	"an award taken back":            `SELECT FROM point_awards_undone WHERE import_id IS NULL`,
	"an award whose import is gone":  `SELECT FROM point_awards_undone WHERE import_id IS NOT NULL`,
	"bought points spent":            `SELECT FROM point_entries e JOIN point_lots l ON l.id = e.lot_id WHERE l.origin = 'PAID' AND e.account = 'REDEEMED'`,
	"an expiry put off":              `SELECT FROM point_lots l WHERE l.rolling_months IS NOT NULL AND l.expires_at > l.earned_at + interval '40 days'`,
	"an expiry of what rolls":        `SELECT FROM point_entries e JOIN point_lots l ON l.id = e.lot_id WHERE l.rolling_months IS NOT NULL AND e.account = 'EXPIRED'`,
	"an exchange cancelled":          `SELECT FROM reward_exchanges WHERE status = 'CANCELLED'`,
	"an exchange that stands":        `SELECT FROM reward_exchanges WHERE status = 'HANDED_OVER'`,
	"a line of a file, given":        `SELECT FROM point_adjustment_lines WHERE state = 'BOOKED' AND amount > 0`,
	"a line of a file, taken":        `SELECT FROM point_adjustment_lines WHERE state = 'BOOKED' AND amount < 0`,
	"a line of a file, refused":      `SELECT FROM point_adjustment_lines WHERE state = 'REFUSED'`,
	"a file approved":                `SELECT FROM point_adjustments WHERE status = 'BOOKED' AND needs_approval`,
	"a file booked without approval": `SELECT FROM point_adjustments WHERE status = 'BOOKED' AND NOT needs_approval`,
	"a file rejected":                `SELECT FROM point_adjustments WHERE status = 'REJECTED'`,
	"a merge undone":                 `SELECT FROM point_merges WHERE undone_at IS NOT NULL`,
	"days added up":                  `SELECT FROM point_days`,
}

// missing is what of it there has not been.
func (s *storm) missing(ctx context.Context) (missing []string, err error) {
	if s.cut.Load() == 0 {
		missing = append(missing, "a connection that was cut")
	}
	if s.watched.Load() == 0 {
		missing = append(missing, "somebody who looked through the books while they were written")
	}
	for what, sql := range seen {
		var there bool
		if err := s.db.Pool.QueryRow(ctx, `SELECT EXISTS (`+sql+`)`).Scan(&there); err != nil {
			return nil, err
		}
		if !there {
			missing = append(missing, what)
		}
	}
	rows, err := s.db.Pool.Query(ctx, `SELECT kind FROM unnest(ARRAY['GRANT', 'REDEEM', 'HOLD', 'CAPTURE', 'RELEASE', 'EXPIRE', 'CLAWBACK', 'RESTORE', 'ADJUST', 'TRANSFER_OUT', 'TRANSFER_IN']) kind
		WHERE NOT EXISTS (SELECT FROM point_bookings b WHERE b.kind = kind.kind)`)
	if err != nil {
		return nil, err
	}
	kinds, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return append(missing, kinds...), err
}

func (s *storm) prepare(customers int) {
	ctx := context.Background()
	err := s.db.Pool.QueryRow(ctx, `INSERT INTO shops (code, name, mall) VALUES ('own', 'own', 'OWN_SITE') RETURNING id`).Scan(&s.shop)
	s.must(err)
	rows, err := s.db.Pool.Query(ctx, `INSERT INTO customers (member_since, member_via) SELECT '2025-01-01', 'SITE' FROM generate_series(1, $1::int) RETURNING id`, customers)
	s.must(err)
	s.customers, err = pgx.CollectRows(rows, pgx.RowTo[int64])
	s.must(err)
	s.tally.answers = map[string]answer{}
	desk := points.Desk{Service: s.Service}
	for _, r := range []points.EarnRule{
		{Name: "cups twice", Kind: points.EarnMultiplier, Multiplier: 20_000, Conditions: points.Conditions{From: "2025-01-01", SKUs: []string{"cup"}}, Caps: points.Caps{Order: 20}},
		{Name: "agreed", Kind: points.EarnAction, Action: points.ActionLine, Points: 30, Conditions: points.Conditions{From: "2025-01-01"}},
	} {
		_, err := desk.CreateRule(ctx, r)
		s.must(err)
	}
	_, err = desk.ChangeSettings(ctx, func(set *points.Settings) {
		set.Expiry, set.ExpiryMonths, set.ExpiryTo = points.ExpireAfterActivity, 1, points.EndOfTheDay
	})
	s.must(err)
	stock := int64(giftsThere)
	s.gift, err = s.rewards.Create(ctx, reward.Draft{Name: "gift", Kind: reward.Gift, Points: 15, Stock: &stock})
	s.must(err)
	s.must(s.files.ChangeSettings(ctx, adjust.Settings{ApprovalAbove: 150}))
}

func (s *storm) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// mine is something that a client has made, and whose it was.
type mine struct{ customer, id int64 }

// client asks for one thing after the other.
type client struct {
	*storm
	n                               int
	rnd                             *rand.Rand
	holds, orders, spent, exchanged []mine

	// of what is asked for now
	customer, amount int64
	key              string
}

func (c *client) run() {
	for i := 0; !c.done.Load(); i++ {
		if c.rnd.IntN(200) == 0 {
			c.leap()
		}
		c.ask(i)
	}
}

// mostLeaps is how often time makes a leap at most.
const mostLeaps = 12

// leap lets all points that are there end, while nobody asks for anything: an order
// that is older than its points would live earns none.
func (s *storm) leap() {
	s.leaping.Lock()
	defer s.leaping.Unlock()
	if s.leaps++; s.leaps <= mostLeaps {
		s.clock.at.Add(int64(40 * 24 * time.Hour / time.Microsecond))
	}
}

func (c *client) ask(i int) {
	c.leaping.RLock()
	defer c.leaping.RUnlock()
	c.clock.at.Add(int64(c.rnd.IntN(int(10 * time.Minute / time.Microsecond))))
	c.customer = c.customers[c.rnd.IntN(len(c.customers))]
	c.key, c.amount = fmt.Sprintf("client:%d:%d", c.n, i), int64(1+c.rnd.IntN(50))
	switch op := c.rnd.IntN(18); {
	case op < 3:
		c.grant()
	case op < 6:
		c.redeem()
	case op == 6 || op == 7 && len(c.holds) == 0:
		c.hold()
	case op == 7:
		c.capture(pop(&c.holds))
	case op == 8:
		c.order()
	case op == 9 && len(c.orders) > 0:
		o := pop(&c.orders)
		c.insist(c.rnd, asked{}, func(ctx context.Context) error { return c.cancelOrder(ctx, o.id) })
	case op == 10 && len(c.spent) > 0:
		c.reverse(c.spent[c.rnd.IntN(len(c.spent))]) // now and then one that was reversed before
	case op == 11:
		c.insist(c.rnd, asked{c.key, "ADJUST", c.amount}, func(ctx context.Context) error {
			_, err := c.Deduct(ctx, nil, points.SpendRequest{CustomerID: c.customer, Amount: c.amount, Key: c.key, Cause: points.Cause{Reason: "ADJUSTMENT"}})
			return err
		})
	case op == 12:
		c.insist(c.rnd, asked{}, func(ctx context.Context) error { return c.award(ctx, c.customer, c.amount%5) })
	case op == 13 && len(c.orders) > 0:
		o := c.orders[c.rnd.IntN(len(c.orders))]
		c.insist(c.rnd, asked{}, func(ctx context.Context) error { return c.returnGoods(ctx, o.id, c.amount%2) })
	case op < 16:
		c.exchange()
	case len(c.exchanged) > 0:
		c.closeExchange(c.exchanged[c.rnd.IntN(len(c.exchanged))]) // now and then one that is closed
	}
}

func pop[T any](all *[]T) T {
	last := (*all)[len(*all)-1]
	*all = (*all)[:len(*all)-1]
	return last
}

// grant gives points that were bought or not, with a last day or as the settings say.
func (c *client) grant() {
	r := points.GrantRequest{CustomerID: c.customer, Amount: c.amount, Key: c.key, Cause: points.Cause{Reason: "STAFF"}}
	if c.rnd.IntN(3) > 0 {
		expires := c.clock.Now().Add(time.Duration(24+c.rnd.IntN(240)) * time.Hour)
		r.ExpiresAt = &expires
	}
	if c.rnd.IntN(3) == 0 {
		r.Origin = points.Paid
	}
	c.insist(c.rnd, asked{c.key, "GRANT", c.amount}, func(ctx context.Context) error {
		_, err := c.Grant(ctx, nil, r)
		return err
	})
}

func (c *client) redeem() {
	c.insist(c.rnd, asked{c.key, "REDEEM", c.amount}, func(ctx context.Context) error {
		r, err := c.Redeem(ctx, nil, points.SpendRequest{CustomerID: c.customer, Amount: c.amount, Key: c.key, Cause: points.Cause{Reason: "API"}})
		if err == nil {
			c.spent = append(c.spent, mine{r.Booking.CustomerID, r.Booking.ID})
		}
		return err
	})
}

// hold reserves for a checkout, which half of the time goes through at once.
func (c *client) hold() {
	amount, made := 1+c.amount/5, []mine(nil)
	c.insist(c.rnd, asked{c.key, "HOLD", amount}, func(ctx context.Context) error {
		_, h, err := c.Hold(ctx, nil, points.HoldRequest{
			CustomerID: c.customer, Amount: amount, For: time.Duration(24+2*c.amount) * time.Hour, Key: c.key, Cause: points.Cause{Reason: "API"},
		})
		if err == nil {
			made = []mine{{c.customer, h.ID}}
		}
		return err
	})
	if c.holds = append(c.holds, made...); len(made) > 0 && c.rnd.IntN(2) == 0 {
		c.key += ":capture"
		c.capture(pop(&c.holds))
	}
}

// capture spends a hold, or a part of it.
func (c *client) capture(h mine) {
	amount := c.rnd.Int64N(3)
	c.insist(c.rnd, asked{c.key, "CAPTURE", amount}, func(ctx context.Context) error {
		_, _, err := c.Capture(ctx, nil, points.CloseRequest{CustomerID: h.customer, HoldID: h.id, Amount: amount, Key: c.key})
		return err
	})
}

func (c *client) order() {
	c.insist(c.rnd, asked{}, func(ctx context.Context) error {
		id, err := c.placeOrder(ctx, c.customer, c.key, c.amount*100)
		if err == nil {
			c.orders = append(c.orders, mine{c.customer, id})
		}
		return err
	})
}

func (c *client) reverse(b mine) {
	amount := c.rnd.Int64N(4)
	c.insist(c.rnd, asked{c.key, "RESTORE", 0}, func(ctx context.Context) error {
		_, err := c.Reverse(ctx, nil, points.ReverseRequest{CustomerID: b.customer, BookingID: b.id, Amount: amount, Key: c.key, Cause: points.Cause{Reason: "REVERSAL"}})
		return err
	})
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
			s.answer(what, answer{asked: what, done: true, cut: try > 0})
			return
		case fault.Is(err, fault.Precondition), tooLate(err):
			s.answer(what, answer{asked: what, cut: try > 0})
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

// tooLate: the last day went by while it was tried.
func tooLate(err error) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.Field == "expiresOn"
}

// cutConnections kills the server side of a random connection for every few answers,
// so that a slow machine gets on as a fast one does.
func (s *storm) cutConnections(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-s.answered: // the killer's own connection is spared by pg_backend_pid
			_, _ = s.db.Pool.Exec(context.Background(), `SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1) one`)
		}
	}
}

// answer counts an answer.
func (s *storm) answer(what asked, a answer) {
	s.tally.note(what, a)
	if a.done {
		s.bookings.Add(1)
	} else {
		s.refused.Add(1)
	}
	if (s.bookings.Load()+s.refused.Load())%3 == 0 {
		select {
		case s.answered <- struct{}{}:
		default:
		}
	}
}

// watch looks through the books again and again while everybody books: what is
// committed is in order at any instant.
func (s *storm) watch(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
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
	for _, job := range []func(context.Context) error{s.files.Work, func(ctx context.Context) error { _, err := s.BookDue(ctx); return err }} {
		err := job(ctx)
		for try := 0; err != nil && try < 100; try++ { // each fails once on a connection that was ended
			err = job(ctx)
		}
		s.must(err)
	}
	found, err := s.Verify(ctx)
	s.must(err)
	for _, d := range found {
		s.t.Errorf("the books are not in order: %+v", d)
	}
	s.tally.compare(ctx, s.t, s.db.Pool)
	s.compareOrders(ctx)
	s.compareAwards(ctx)
	s.compareExchanges(ctx)
	s.compareFiles(ctx)
	s.compareReport(ctx)
	s.comparePast(ctx)
	s.compareLives(ctx)
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

// sawEverything: a run in which something of it never happened shows nothing.
func (s *storm) sawEverything(ctx context.Context) {
	missing, err := s.missing(ctx)
	s.must(err)
	for _, what := range missing {
		s.t.Errorf("there never was %s: the run shows nothing", what)
	}
	rows, err := s.db.Pool.Query(ctx, `SELECT format('%s %s', count(*), kind) FROM point_bookings GROUP BY kind ORDER BY count(*) DESC`)
	s.must(err)
	kinds, err := pgx.CollectRows(rows, pgx.RowTo[string])
	s.must(err)
	var deadlocks int64
	s.must(s.db.Pool.QueryRow(ctx, `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`).Scan(&deadlocks))
	s.t.Logf("%d requests booked, %d refused, %d cut, %d merges, %d deadlocks, looked through %d times, remembered %d; by kind: %s",
		s.bookings.Load(), s.refused.Load(), s.cut.Load(), s.merges.Load(), deadlocks, s.watched.Load(), len(s.past), strings.Join(kinds, ", "))
}
