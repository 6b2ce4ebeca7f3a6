package customer_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestLinks: an order that names two known customers joins them where both steps
// are sure and nothing speaks against it, and else makes them a pair to look at.
func TestLinks(t *testing.T) {
	const phone, address = "090-5555-0101", "千代田1-2-3"
	for _, c := range []struct {
		name        string
		first, then mall.Buyer // the two known
		links       mall.Buyer // names both
		on          mall.Mall
		linked      bool
		sure        bool
	}{
		{
			name: "mail and phone with name", first: mall.Buyer{Mail: "a@example.com"}, then: mall.Buyer{FamilyName: "佐藤", GivenName: "花子", Phone: phone},
			links: mall.Buyer{Mail: "a@example.com", FamilyName: "佐藤", GivenName: "花子", Phone: phone}, linked: true, sure: true,
		},
		{
			name: "other birth dates", first: mall.Buyer{Mail: "a@example.com", BirthDate: "1980/1/2"}, then: mall.Buyer{FamilyName: "佐藤", GivenName: "花子", Phone: phone, BirthDate: "1990/1/2"},
			links: mall.Buyer{Mail: "a@example.com", FamilyName: "佐藤", GivenName: "花子", Phone: phone}, linked: true,
		},
		{
			name: "a husband's mail on the wife's order", first: mall.Buyer{Mail: "a@example.com", FamilyName: "佐藤", GivenName: "太郎"}, then: mall.Buyer{FamilyName: "佐藤", GivenName: "花子", Phone: phone},
			links: mall.Buyer{Mail: "a@example.com", FamilyName: "佐藤", GivenName: "花子", Phone: phone}, linked: true,
		},
		{
			name: "name and address without proof", first: mall.Buyer{Mail: "a@example.com"}, then: mall.Buyer{FamilyName: "佐藤", GivenName: "花子", PostalCode: "1000001", Prefecture: "東京都", City: "千代田区", Address: address},
			links: mall.Buyer{Mail: "a@example.com", FamilyName: "佐藤", GivenName: "花子", PostalCode: "1000001", Prefecture: "東京都", City: "千代田区", Address: address}, linked: true,
		},
		{
			name: "two relay addresses", first: mall.Buyer{Mail: "a@fw.rakuten.ne.jp"}, then: mall.Buyer{Mail: "b@fw.rakuten.ne.jp"}, links: mall.Buyer{Mail: "a@fw.rakuten.ne.jp"},
		},
		{
			name: "an Amazon buyer who writes somebody's mail and phone", first: mall.Buyer{Mail: "a@example.com"}, then: mall.Buyer{FamilyName: "佐藤", GivenName: "花子", Phone: phone},
			links: mall.Buyer{Mail: "a@example.com", FamilyName: "佐藤", GivenName: "花子", Phone: phone}, on: mall.Amazon,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.on == "" {
				c.on = mall.Yahoo
			}
			x := customer.NewIndex(map[customer.Key]int64{}, map[int64]*customer.Known{})
			for _, b := range []mall.Buyer{c.first, c.then} {
				if m := x.Match(customer.NewEvidence(1, mall.Yahoo, b, at)); len(m.Links) > 0 {
					t.Fatalf("the two are linked before: %+v", m)
				}
			}
			shop := int64(1)
			if c.on == mall.Amazon {
				shop = 2
			}
			m := x.Match(customer.NewEvidence(shop, c.on, c.links, at))
			if linked := len(m.Links) > 0; linked != c.linked || linked && m.Links[0].Sure != c.sure {
				t.Errorf("links %+v, want linked %t, sure %t", m.Links, c.linked, c.sure)
			}
		})
	}
}

// TestCompare: what agrees, what differs, and what is a household.
func TestCompare(t *testing.T) {
	known := func(b mall.Buyer) customer.Known { return customer.Known{Normal: customer.Normalize(b)} }
	home := mall.Buyer{FamilyName: "斎藤", GivenName: "花子", Phone: "03-5555-0101", PostalCode: "1000001", Prefecture: "東京都", City: "千代田区", Address: "千代田1-2-3"}
	for _, c := range []struct {
		name          string
		other         mall.Buyer
		agree, differ []customer.Fact
	}{
		{"old letters, another building", mall.Buyer{FamilyName: "齋藤", GivenName: "花子", PostalCode: "100-0001", Prefecture: "東京都", City: "千代田区", Address: "千代田一丁目２番３号 巡りハイツ101"}, []customer.Fact{customer.FactName, customer.FactAddress}, nil},
		{"a sister", mall.Buyer{FamilyName: "齊藤", GivenName: "桃子", Phone: "0355550101"}, []customer.Fact{customer.FactFamilyName, customer.FactPhone}, []customer.Fact{customer.FactGivenName}},
		{"a name in one piece", mall.Buyer{FamilyName: "斎藤花子"}, []customer.Fact{customer.FactName}, nil},
		{"a surname", mall.Buyer{FamilyName: "斎藤", Phone: "+81355550101"}, []customer.Fact{customer.FactFamilyName, customer.FactPhone}, nil},
		{"somebody else", mall.Buyer{FamilyName: "森", GivenName: "一郎"}, nil, []customer.Fact{customer.FactFamilyName, customer.FactGivenName}},
	} {
		got := customer.Compare(known(home), known(c.other))
		if !slices.Equal(got.Agree, c.agree) || !slices.Equal(got.Differ, c.differ) {
			t.Errorf("%s: agree %v, differ %v; want %v, %v", c.name, got.Agree, got.Differ, c.agree, c.differ)
		}
	}
}

// TestDecisionsAreRemembered: a pair that a person told apart does not come back
// by the same evidence; by surer evidence it does, and says so.
func TestDecisionsAreRemembered(t *testing.T) {
	s, d, _ := newService(t)
	w := newWorld(t, d, now, s)
	a := w.bring(mall.Yahoo, mall.Buyer{Mail: "a@example.com", FamilyName: "佐藤", GivenName: "花子", Phone: "090-5555-0101"}, 100)
	b := w.bring(mall.OwnSite, mall.Buyer{Mail: "b@example.com", FamilyName: "佐藤", Phone: "090-5555-0101"}, 100)
	find := func() *db.Candidate {
		t.Helper()
		c, err := s.Candidate(t.Context(), a, b)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if c := find(); c.Status != customer.Open || c.Reason != string(customer.ByPhone) {
		t.Fatalf("%+v", c)
	}
	if _, _, err := s.Decide(t.Context(), b, a, customer.Different, 0, nil); err != nil {
		t.Fatal(err)
	}
	w.bring(mall.OwnSite, mall.Buyer{Mail: "b@example.com", FamilyName: "佐藤", Phone: "090-5555-0101"}, 100)
	if c := find(); c.Status != customer.Rejected {
		t.Errorf("the same evidence made it %s", c.Status)
	}
	// One order names both by sure keys: told apart, they wait for a person again.
	w.bring(mall.OwnSite, mall.Buyer{Mail: "a@example.com", MemberID: "m-1"}, 100)
	w.bring(mall.OwnSite, mall.Buyer{MemberID: "m-1", Mail: "b@example.com"}, 100)
	if c := find(); c.Status != customer.Open || c.DecidedAs == nil || *c.DecidedAs != customer.Rejected || c.Reason != string(customer.Linked) {
		t.Errorf("surer evidence made it %+v", c)
	}
	if w.now(a) == w.now(b) {
		t.Error("joined by itself though a person had told them apart")
	}
	if _, m, err := s.Decide(t.Context(), a, b, customer.Same, 0, nil); err != nil || m == nil || w.now(b) != a {
		t.Fatalf("%+v, %v", m, err)
	}
	if _, again, err := s.Decide(t.Context(), a, b, customer.Same, 0, nil); err != nil || again == nil {
		t.Errorf("deciding the same again: %+v, %v", again, err)
	}
	if _, _, err := s.Decide(t.Context(), a, b, customer.Different, 0, nil); code(err) != "ALREADY_MERGED" {
		t.Errorf("telling merged ones apart: %v", err)
	}
}

// TestCutsDoNotMatter: the same evidence in batches of any size makes the same
// people.
func TestCutsDoNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	var story []mall.Buyer
	for range 60 {
		i := rng.IntN(12)
		b := mall.Buyer{FamilyName: "佐藤", GivenName: fmt.Sprintf("花%d", i/2), Phone: fmt.Sprintf("090-5555-01%02d", i/2)}
		if rng.IntN(2) == 0 {
			b.Mail = fmt.Sprintf("p%d@example.com", i)
		}
		if rng.IntN(3) == 0 {
			b.MemberID = fmt.Sprintf("m-%d", i)
		}
		if rng.IntN(4) == 0 {
			b.BirthDate = fmt.Sprintf("198%d/1/2", i%2)
		}
		if rng.IntN(3) == 0 {
			b.Phone = ""
		}
		story = append(story, b)
	}
	want := partition(t, story, len(story))
	for _, size := range []int{1, 7, 20} {
		if got := partition(t, story, size); !slices.Equal(got, want) {
			t.Errorf("in batches of %d: %v\nat once: %v", size, got, want)
		}
	}
}

// partition is, for each buyer, the first of the story who is the same person.
func partition(t *testing.T, story []mall.Buyer, size int) []int {
	t.Helper()
	s, d, own := newService(t)
	var ids []int64
	for part := range slices.Chunk(story, size) {
		err := db.RunInTx(t.Context(), d, func(ctx context.Context, tx db.Tx) error {
			var evidence []customer.Evidence
			for _, b := range part {
				evidence = append(evidence, customer.NewEvidence(own, mall.OwnSite, b, at))
			}
			got, _, err := customer.Assign(ctx, tx, 0, evidence, at)
			ids = append(ids, got...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Join(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	first, out := map[int64]int{}, make([]int, len(ids))
	for i, id := range ids {
		if id == 0 { // nobody is named
			out[i] = -1
			continue
		}
		c, err := s.Find(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if _, seen := first[c.ID]; !seen {
			first[c.ID] = i
		}
		out[i] = first[c.ID]
	}
	return out
}

// TestEveryoneAtOnce lets orders, merges, undos, points and words race over the
// same few people: nobody waits for ever, nothing is lost.
func TestEveryoneAtOnce(t *testing.T) {
	d := dbtest.New(t)
	ledger := points.New(d, clock.System{}, at.Location())
	people := customer.New(d, clock.System{}, nil).WithFollowing(customer.Following{Ledger: ledger})
	w := newWorld(t, d, systemClock{}, people)
	var ids []int64
	for i := range 4 {
		id := w.bring(mall.OwnSite, mall.Buyer{MemberID: fmt.Sprintf("m-%d", i), Mail: fmt.Sprintf("p%d@example.com", i)}, 100)
		if _, err := people.Enroll(t.Context(), id, "SITE"); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	const rounds = 25
	var granted, brought int64
	var mu sync.Mutex
	var all sync.WaitGroup
	worker := func(seed uint64, act func(rng *rand.Rand, round int) error) {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(seed, 3))
			for round := range rounds {
				if err := act(rng, round); err != nil {
					t.Errorf("worker %d: %v", seed, err)
					return
				}
			}
		})
	}
	for n := range uint64(2) {
		worker(n, func(rng *rand.Rand, round int) error {
			err := importOne(t.Context(), d, w.shops[mall.Yahoo], fmt.Sprintf("r-%d-%d", n, round), buyer(rng.IntN(4), mall.Yahoo), ledger)
			if err == nil {
				mu.Lock()
				brought++
				mu.Unlock()
			}
			return err
		})
		worker(10+n, func(rng *rand.Rand, _ int) error {
			a, b := ids[rng.IntN(4)], ids[rng.IntN(4)]
			m, err := people.Merge(t.Context(), customer.MergeRequest{SurvivorID: a, MergedID: b, Accept: []customer.Fact{customer.FactMemberID}})
			if slices.Contains([]string{"SAME_CUSTOMER", "CUSTOMER_MERGED"}, code(err)) {
				return nil
			}
			if err == nil && rng.IntN(3) > 0 {
				_, err = people.Undo(t.Context(), customer.UndoRequest{SurvivorID: m.CustomerID, MergeID: m.ID})
				if code(err) == "MERGED_ON" {
					err = nil
				}
			}
			return err
		})
		worker(20+n, func(rng *rand.Rand, round int) error {
			_, err := ledger.Grant(t.Context(), nil, points.GrantRequest{CustomerID: ids[rng.IntN(4)], Amount: 10, Key: fmt.Sprintf("g-%d-%d", n, round), Cause: points.Cause{Reason: "API"}})
			if err == nil {
				mu.Lock()
				granted += 10
				mu.Unlock()
			}
			if code(err) == "NOT_A_MEMBER" { // the member of the two was parted from her meanwhile
				err = nil
			}
			return err
		})
		worker(30+n, func(rng *rand.Rand, _ int) error {
			_, _, err := people.Record(t.Context(), customer.Word{CustomerID: ids[rng.IntN(4)], Channel: "MAIL", State: customer.Given, OriginShopID: w.shops[mall.OwnSite], Method: "STAFF", Wording: "yes"})
			return err
		})
	}
	all.Wait()
	if wrong, err := ledger.Verify(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the books: %+v, %v", wrong, err)
	}
	for what, want := range map[string]struct {
		sql string
		n   int64
	}{
		"orders":                    {"SELECT count(*) FROM orders", brought + 4},
		"orders under merged ids":   {"SELECT count(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.merged_into IS NOT NULL", 0},
		"consents under merged ids": {"SELECT count(*) FROM consents s JOIN customers c ON c.id = s.customer_id WHERE c.merged_into IS NOT NULL", 0},
		"words":                     {"SELECT count(*) FROM consents", 2 * rounds},
		"points granted by hand":    {"SELECT coalesce(sum(amount), 0) FROM point_bookings WHERE kind = 'GRANT' AND reason = 'API'", granted},
	} {
		var n int64
		if err := d.NewRaw(want.sql).Scan(t.Context(), &n); err != nil || n != want.n {
			t.Errorf("%s: %d, want %d, %v", what, n, want.n, err)
		}
	}
}

// systemClock is the machine's clock where a test wants one it may move.
type systemClock struct{ clock.System }

// Advance does nothing: time goes on by itself.
func (systemClock) Advance(time.Duration) {}

// importOne brings one order as a batch of an import does, again where another
// transaction took a key first.
func importOne(ctx context.Context, d *db.DB, shop int64, no string, b mall.Buyer, ledger *points.Service) error {
	for {
		err := db.RunInTx(ctx, d, func(ctx context.Context, tx db.Tx) error {
			if err := customer.Together(ctx, tx); err != nil {
				return err
			}
			now := clock.System{}.Now()
			e := customer.NewEvidence(shop, mall.Yahoo, b, now)
			owners, _, err := customer.Assign(ctx, tx, 0, []customer.Evidence{e}, now)
			if err != nil {
				return err
			}
			var id int64
			err = tx.NewRaw(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, goods_amount, total_amount, net_sales, quantity, content_hash, known_by)
				VALUES (?, ?, ?, 'PLACED', ?, 'JPY', 1000, 1000, 1000, 1, '', ?) RETURNING id`, owners[0], shop, no, now, e.KnownBy()).Scan(ctx, &id)
			if err != nil {
				return err
			}
			if err := order.Recompute(ctx, tx, owners); err != nil {
				return err
			}
			return ledger.SettleOrders(ctx, tx, []int64{id})
		})
		if !errors.Is(err, customer.ErrRace) {
			return err
		}
	}
}
