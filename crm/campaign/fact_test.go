package campaign_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/message/response"
	"github.com/meguri-crm/meguri/db"
)

// sent is a campaign that went out to n customers.
func (w *world) sent(n int, variants ...campaign.Variant) (*db.Campaign, []*db.Message) {
	w.t.Helper()
	w.customers(n, true)
	row := w.send(w.draft(variants...))
	w.run(row, campaign.StatusSent, w.engine("one", &wire{}))
	var messages []*db.Message
	if err := w.db.NewSelect().Model(&messages).Where("campaign_id = ?", row.ID).Order("id").Scan(context.Background()); err != nil {
		w.t.Fatal(err)
	}
	return row, messages
}

func fact(kind response.FactKind, m *db.Message, at time.Time) response.Fact {
	return response.Fact{Kind: kind, DeliveryMonth: m.DeliveryMonth, DeliveryID: m.DeliveryID, CustomerID: m.CustomerID, VariantID: *m.VariantID, At: at}
}

func (w *world) record(facts ...response.Fact) {
	w.t.Helper()
	err := db.RunInTx(context.Background(), w.db, func(ctx context.Context, tx db.Tx) error {
		return campaign.Responses{}.Record(ctx, tx, facts)
	})
	if err != nil {
		w.t.Error(err)
	}
}

func TestAPersonCountsOnceHoweverOftenHeActs(t *testing.T) {
	w := newWorld(t)
	row, m := w.sent(5)
	at := time.Now().UTC()
	machine := fact(response.Opened, m[3], at)
	machine.Machine = true
	scanner := fact(response.Clicked, m[3], at)
	scanner.Machine = true
	stranger := fact(response.Clicked, m[0], at)
	stranger.CustomerID = 1 << 40

	// Two processes bring the same facts at the same time, twice.
	var processes sync.WaitGroup
	for range 2 {
		processes.Go(func() {
			for range 2 {
				w.record(
					fact(response.Opened, m[0], at), fact(response.Opened, m[0], at.Add(time.Minute)),
					fact(response.Clicked, m[1], at), fact(response.Unsubscribed, m[2], at),
					machine, scanner, stranger, fact(response.Bounced, m[4], at))
			}
		})
	}
	processes.Wait()

	got := w.metrics(row).Total
	if got.Opened != 2 || got.MachineOpened != 1 || got.Clicked != 1 || got.Unsubscribed != 1 || got.Bounced != 1 {
		t.Errorf("figures %+v; want 2 opened (one by a click), 1 by machine, 1 clicked, 1 unsubscribed, 1 bounced", got)
	}
	if got.Sent != 5 || got.Delivered != 4 {
		t.Errorf("sent %d, delivered %d; want 5 and 4", got.Sent, got.Delivered)
	}
	for kind, want := range map[string]int64{"message.opened": 1, "message.unsubscribed": 1, "message.bounced": 1, "message.clicked": 4} {
		if n := w.scan(`SELECT count(*) FROM events WHERE kind = ?`, kind); n != want {
			t.Errorf("%d events %s, want %d", n, kind, want)
		}
	}
	var points int64
	for _, p := range w.metrics(row).Series {
		points += p.Sent*100 + p.Opened*10 + p.Clicked
	}
	if points != 521 {
		t.Errorf("the chart adds up to %d, want 5 sent, 2 opened, 1 clicked", points)
	}
}

// order puts an order of a customer into the database and credits it.
func (w *world) order(customer int64, mall string, at time.Time, sales int64, codes ...string) *db.Order {
	w.t.Helper()
	o := &db.Order{
		CustomerID: customer, ShopID: w.shops[mall].ID, OrderNo: fmt.Sprint(time.Now().UnixNano()), Kind: "SALE", Status: "PLACED",
		OrderedAt: at, Currency: "JPY", NetSales: sales, TaxBreakdown: []byte("{}"), CouponCodes: codes, ContentHash: []byte{1},
	}
	if codes == nil {
		o.CouponCodes = []string{}
	}
	w.insert(o)
	w.credit(o)
	return o
}

func (w *world) credit(orders ...*db.Order) {
	w.t.Helper()
	ids := make([]int64, len(orders))
	for i, o := range orders {
		ids[i] = o.ID
	}
	err := db.RunInTx(context.Background(), w.db, func(ctx context.Context, tx db.Tx) error {
		return campaign.Conversions{}.CreditOrders(ctx, tx, ids)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) converted(row *db.Campaign, people, sales int64) {
	w.t.Helper()
	f := w.metrics(row).Total
	var got int64
	for _, s := range f.Sales {
		if s.Currency == "JPY" {
			got = s.Amount
		}
	}
	if f.Converted != people || got != sales {
		w.t.Errorf("%d converted with sales of %d, want %d with %d", f.Converted, got, people, sales)
	}
	if n := w.scan(`SELECT count(*) FROM messages WHERE campaign_id = ? AND converted_at IS NOT NULL`, row.ID); n != people {
		w.t.Errorf("%d messages say they converted, want %d", n, people)
	}
}

func TestAnOrderIsCreditedToTheLastClick(t *testing.T) {
	w := newWorld(t)
	first, m := w.sent(2)
	second := w.send(w.draft())
	w.run(second, campaign.StatusSent, w.engine("one", &wire{}))
	var later []*db.Message
	if err := w.db.NewSelect().Model(&later).Where("campaign_id = ?", second.ID).Order("customer_id").Scan(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC()
	w.record(fact(response.Clicked, m[0], now.Add(time.Hour)), fact(response.Clicked, later[0], now.Add(2*time.Hour)))

	w.order(m[0].CustomerID, "YAHOO", now.Add(90*time.Minute), 1000)
	w.converted(first, 1, 1000)
	o := w.order(m[0].CustomerID, "OWN_SITE", now.Add(3*time.Hour), 5000)
	w.credit(o)
	w.converted(first, 1, 1000)
	w.converted(second, 1, 5000)
	w.order(m[0].CustomerID, "OWN_SITE", now.Add(15*24*time.Hour), 700) // the 14 days are over
	w.order(m[1].CustomerID, "OWN_SITE", now.Add(3*time.Hour), 300)     // did not click
	w.order(m[0].CustomerID, "OWN_SITE", now.Add(30*time.Minute), 200)  // before the click
	w.converted(first, 1, 1000)
	w.converted(second, 1, 5000)

	// The order shrinks, then is cancelled, then a second one keeps the person.
	w.exec(`UPDATE orders SET net_sales = 4000 WHERE id = ?`, o.ID)
	w.credit(o)
	w.converted(second, 1, 4000)
	w.order(m[0].CustomerID, "OWN_SITE", now.Add(4*time.Hour), 50)
	w.converted(second, 1, 4050)
	w.exec(`UPDATE orders SET status = 'CANCELLED', cancelled_at = now(), net_sales = 0 WHERE id = ?`, o.ID)
	w.credit(o)
	w.converted(second, 1, 50)
	w.exec(`DELETE FROM orders WHERE net_sales = 50`)
	w.credit(o)
	if n := w.scan(`SELECT count(*) FROM conversions WHERE order_id = ?`, o.ID); n != 0 {
		t.Error("a cancelled order is still credited")
	}
}

func TestACodeCountsBeforeAClick(t *testing.T) {
	w := newWorld(t)
	pool := w.pool("RAKUTEN", "R-1", "R-2")
	coupon, m := w.sent(2, campaign.Variant{Mall: "RAKUTEN", OfferID: &pool.ID})
	clicked := w.send(w.draft())
	w.run(clicked, campaign.StatusSent, w.engine("one", &wire{}))
	var later []*db.Message
	if err := w.db.NewSelect().Model(&later).Where("campaign_id = ?", clicked.ID).Order("customer_id").Scan(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC()
	w.record(fact(response.Clicked, later[0], now))
	o := w.order(m[0].CustomerID, "RAKUTEN", now.Add(time.Hour), 2000, m[0].OfferCode)
	w.converted(coupon, 1, 2000)
	w.converted(clicked, 0, 0)

	// The code that was sent to the second customer is used by a stranger.
	stranger := &db.Customer{}
	w.insert(stranger)
	w.order(stranger.ID, "RAKUTEN", now.Add(time.Hour), 800, m[1].OfferCode)
	w.converted(coupon, 2, 2800)
	if f, err := w.offers.PoolFigures(t.Context(), []int64{pool.ID}); err != nil || f[0].Used != 2 {
		t.Errorf("pool %+v, %v; want 2 used", f[0], err)
	}

	w.exec(`UPDATE orders SET coupon_codes = '{}' WHERE id = ?`, o.ID)
	w.credit(o)
	w.converted(coupon, 1, 800)
	w.converted(clicked, 1, 2000)
}

// TestAClickOfAMergedCustomerCounts: the mail of a customer who was merged since
// brings its clicks to the survivor's message; where the survivor got one of the
// same delivery himself, to its own.
func TestAClickOfAMergedCustomerCounts(t *testing.T) {
	w := newWorld(t)
	row, m := w.sent(3)
	people := customer.New(w.db, clock.System{}, nil)
	stranger, err := w.db.NewRaw("INSERT INTO customers (id) VALUES (900001); INSERT INTO customer_stats (customer_id) VALUES (900001)").Exec(context.Background())
	if err != nil {
		t.Fatal(stranger, err)
	}
	for merged, survivor := range map[int64]int64{m[0].CustomerID: 900001, m[1].CustomerID: m[2].CustomerID} {
		if _, err := people.Merge(context.Background(), customer.MergeRequest{SurvivorID: survivor, MergedID: merged, Accept: []customer.Fact{customer.FactGivenName, customer.FactFamilyName, customer.FactName}}); err != nil {
			t.Fatal(err)
		}
	}
	at := time.Now().UTC()
	w.record(fact(response.Clicked, m[0], at), fact(response.Clicked, m[1], at))
	var clicked []int64
	err = w.db.NewRaw("SELECT customer_id FROM messages WHERE campaign_id = ? AND clicked_at IS NOT NULL ORDER BY id", row.ID).Scan(context.Background(), &clicked)
	if err != nil || len(clicked) != 2 || clicked[0] != 900001 || clicked[1] != m[1].CustomerID {
		t.Errorf("clicked in the messages of %v, %v", clicked, err)
	}
}
