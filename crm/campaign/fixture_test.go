package campaign_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// world is a merchant with one shop per mall, and the campaign service and
// engine over a database of the test's own.
type world struct {
	t       testing.TB
	db      *db.DB
	shops   map[string]*db.Shop
	service *campaign.Service
	offers  *offer.Service
	queue   *queue
}

var zone = time.FixedZone("JST", 9*3600)

const subject, body = `{{ customer.family_name }}様へ`, `<mjml><mj-body><mj-section><mj-column><mj-text>
<a href="https://shop.example/sale">セール</a> {{ offer.code }}</mj-text></mj-column></mj-section></mj-body></mjml>`

func newWorld(t testing.TB) *world {
	t.Helper()
	d := dbtest.New(t)
	w := &world{t: t, db: d, shops: map[string]*db.Shop{}, queue: &queue{}}
	for _, mall := range []string{"OWN_SITE", "RAKUTEN", "YAHOO"} {
		w.shops[mall] = &db.Shop{Code: "s-" + fmt.Sprint(len(w.shops)), Name: mall + "店", Mall: mall, URL: "https://shop.example/"}
		w.insert(w.shops[mall])
	}
	w.exec(`INSERT INTO segments (name, rule) VALUES ('all', '{}')`)
	w.offers = &offer.Service{DB: d, Clock: clock.System{}}
	w.service = &campaign.Service{
		DB: d, Clock: clock.System{}, Zone: zone, Queue: w.queue, Audience: everybody{}, Sender: sender{},
		Gate: message.NewGate(clock.System{}, zone), Offers: w.offers,
	}
	return w
}

// engine is one worker on the world's database.
func (w *world) engine(owner string, wire channel.Sender) *campaign.Engine {
	w.t.Helper()
	return newEngine(w.t, w.db, owner, wire)
}

func newEngine(t testing.TB, d *db.DB, owner string, wire channel.Sender) *campaign.Engine {
	t.Helper()
	signer, err := link.NewSigner("a secret of the tests, long enough", "https://crm.example")
	if err != nil {
		t.Fatal(err)
	}
	return &campaign.Engine{
		DB: d, Clock: clock.System{}, Zone: zone, Log: slog.New(slog.DiscardHandler), Audience: everybody{},
		Gate: message.NewGate(clock.System{}, zone), Offers: &offer.Service{DB: d, Clock: clock.System{}},
		People: campaign.Directory{Ledger: points.New(d, clock.System{}, zone), Ladder: stage.New(d, clock.System{}, zone, "JPY")}, Signer: signer, Sender: wire, Owner: owner,
	}
}

// customers makes n customers with an address and, where consent is true, a
// recorded consent to the own site.
func (w *world) customers(n int, consent bool) {
	w.t.Helper()
	w.exec(`WITH new AS (INSERT INTO customers (family_name, email)
		SELECT '佐藤' || g, 'c' || g || '-' || md5(random()::text) || '@example.com' FROM generate_series(1, ?) g RETURNING id),
		stats AS (INSERT INTO customer_stats (customer_id) SELECT id FROM new)
		INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording)
		SELECT id, 'MAIL', 'GIVEN', ?, now(), 'SIGN_UP_FORM', 'お得な情報を受け取る' FROM new WHERE ?`, n, w.shops["OWN_SITE"].ID, consent)
}

// draft is a campaign that can be sent: one variant per mall, the first default.
func (w *world) draft(variants ...campaign.Variant) *db.Campaign {
	w.t.Helper()
	return w.draftOf(body, variants...)
}

func (w *world) draftOf(mjml string, variants ...campaign.Variant) *db.Campaign {
	w.t.Helper()
	ctx := context.Background()
	if len(variants) == 0 {
		variants = []campaign.Variant{{Mall: "OWN_SITE"}}
	}
	for i := range variants {
		variants[i].Subject, variants[i].MJML = subject, mjml
	}
	var segmentID int64
	if err := w.db.NewRaw(`SELECT id FROM segments LIMIT 1`).Scan(ctx, &segmentID); err != nil {
		w.t.Fatal(err)
	}
	row, err := w.service.Create(ctx, campaign.Draft{Name: "年末感謝祭", SegmentID: &segmentID})
	if err != nil {
		w.t.Fatal(err)
	}
	if row, err = w.service.Update(ctx, row.ID, row.Version, campaign.Change{Variants: &variants}); err != nil {
		w.t.Fatal(err)
	}
	return row
}

func (w *world) send(row *db.Campaign) *db.Campaign {
	w.t.Helper()
	sent, err := w.service.Send(context.Background(), row.ID, row.Version, fmt.Sprint("key-", row.ID))
	if err != nil {
		w.t.Fatal(err)
	}
	return sent
}

// run lets engines work until the campaign has come to a state.
func (w *world) run(row *db.Campaign, until campaign.Status, engines ...*campaign.Engine) {
	w.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for _, e := range engines {
		running.Go(func() { e.Run(ctx) })
	}
	defer running.Wait()
	defer stop()
	w.await(fmt.Sprintf("campaign %d becomes %s", row.ID, until), func() bool {
		return w.scan(`SELECT count(*) FROM campaigns c WHERE c.id = ? AND c.status = ?
			AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.campaign_id = c.id AND d.finished_at IS NULL)`, row.ID, until) == 1
	})
}

func (w *world) await(what string, done func() bool) {
	w.t.Helper()
	for end := time.Now().Add(time.Minute); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("not within a minute: %s", what)
		}
	}
}

func (w *world) metrics(row *db.Campaign) *campaign.Metrics {
	w.t.Helper()
	m, err := campaign.ReadMetrics(context.Background(), w.db.Pool, row.ID, time.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func (w *world) insert(model any) {
	w.t.Helper()
	if _, err := w.db.NewInsert().Model(model).Returning("*").Exec(context.Background()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	if _, err := w.db.NewRaw(sql, args...).Exec(context.Background()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) scan(sql string, args ...any) (n int64) {
	w.t.Helper()
	if err := w.db.NewRaw(sql, args...).Scan(context.Background(), &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// everybody is a segment that means all customers.
type everybody struct{}

func (everybody) Members(context.Context, int64) (string, []any, error) {
	return `SELECT id FROM customers WHERE NOT anonymous AND merged_into IS NULL AND $1::boolean`, []any{true}, nil
}

type sender struct{}

func (sender) Sender(context.Context, bun.IDB) (policy.Sender, error) {
	return policy.Sender{Name: "めぐり堂", Email: "shop@example.com", PostalAddress: "東京都千代田区1-1", Contact: "03-0000-0000"}, nil
}

// queue counts what was enqueued.
type queue struct {
	mu    sync.Mutex
	kinds []string
}

func (q *queue) Enqueue(_ context.Context, _ db.Tx, args interface{ Kind() string }) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.kinds = append(q.kinds, args.Kind())
	return nil
}

// wire takes mails in memory and answers as told.
type wire struct {
	mu     sync.Mutex
	got    map[string]int // copies by Message-ID
	mails  []channel.Mail
	answer func(m channel.Mail, copies int) channel.Outcome // nil: accepts all
}

func (f *wire) Send(_ context.Context, batch []channel.Mail) []channel.Outcome {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.got == nil {
		f.got = map[string]int{}
	}
	outcomes := make([]channel.Outcome, len(batch))
	for i, m := range batch {
		f.got[m.MessageID]++
		f.mails = append(f.mails, m)
		outcomes[i] = channel.Outcome{Verdict: channel.Accepted, Code: 250}
		if f.answer != nil {
			outcomes[i] = f.answer(m, f.got[m.MessageID])
		}
	}
	return outcomes
}

func (f *wire) copies() (mails, most int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range f.got {
		most = max(most, n)
	}
	return len(f.got), most
}

// start lets an engine work until stop is called.
func (w *world) start(e *campaign.Engine) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		e.Run(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}
