package customer_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestAnySequenceLeavesTheBooksInOrder lets people buy, join, earn, reserve,
// spend, consent and withdraw at random, while they are merged and parted at
// random, and asks after every few steps whether the books are in order.
func TestAnySequenceLeavesTheBooksInOrder(t *testing.T) {
	seeds, steps := 12, 60
	if testing.Short() {
		seeds = 3
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := newStory(t, uint64(seed))
			for step := range steps {
				s.step()
				if step%5 == 4 || t.Failed() {
					s.check()
				}
				if t.Failed() {
					t.Fatalf("after step %d: %v", step, s.log)
				}
			}
		})
	}
}

const cast = 5

// story is a world with a few people in it and what is known to be true of them.
type story struct {
	*world
	rng    *rand.Rand
	points *points.Service
	stages *stage.Service
	log    []string

	ids    [cast]int64 // by the order in which they were first seen; 0: not yet
	holds  []hold
	merges []*db.Merge
	words  map[int64][]word // consents by who has them now
	moved  map[int64][]word // by merge
	goods  int64
	count  int
}

type hold struct{ customer, id int64 }

type word struct {
	shop  int64
	state string
	at    time.Time
	seq   int
}

func newStory(t *testing.T, seed uint64) *story {
	d := dbtest.New(t)
	at := &clock.Fixed{T: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}
	s := &story{
		rng: rand.New(rand.NewPCG(seed, 1)), points: points.New(d, at, time.UTC), stages: stage.New(d, at, time.UTC, order.BaseCurrency),
		words: map[int64][]word{}, moved: map[int64][]word{},
	}
	people := customer.New(d, at, s.stages).WithFollowing(customer.Following{Ledger: s.points})
	s.world = newWorld(t, d, at, people)
	s.hooks = append(s.hooks, func(ctx context.Context, tx db.Tx, orders, customers []int64) error {
		if err := s.points.SettleOrders(ctx, tx, orders); err != nil {
			return err
		}
		return s.stages.Recompute(ctx, tx, customers)
	})
	return s
}

func (s *story) step() {
	s.clock.Advance(time.Duration(1+s.rng.IntN(600)) * time.Minute)
	acts := []struct {
		weight int
		name   string
		do     func()
	}{
		{6, "buy", s.buy},
		{2, "cancel", s.cancel},
		{2, "enroll", s.enroll},
		{3, "grant", s.grant},
		{2, "hold", s.hold},
		{2, "close", s.closeHold},
		{2, "redeem", s.redeem},
		{3, "say", s.say},
		{1, "weeks", s.weeks},
		{3, "merge", s.mergeTwo},
		{2, "undo", s.undoOne},
		{2, "merge and undo", s.mergeAndUndo},
	}
	total := 0
	for _, a := range acts {
		total += a.weight
	}
	n := s.rng.IntN(total)
	for _, a := range acts {
		if n -= a.weight; n < 0 {
			s.log = append(s.log, a.name)
			a.do()
			return
		}
	}
}

// buyer is how person i appears on a mall: by the member id of the own site, a
// mail address on the others.
func buyer(i int, m mall.Mall) mall.Buyer {
	if m == mall.OwnSite {
		return mall.Buyer{MemberID: fmt.Sprintf("m-%d", i)}
	}
	return mall.Buyer{Mail: fmt.Sprintf("p%d@example.com", i)}
}

func (s *story) buy() {
	i := s.rng.IntN(cast)
	m := []mall.Mall{mall.OwnSite, mall.Yahoo}[s.rng.IntN(2)]
	b := buyer(i, m)
	if s.ids[i] == 0 { // the first time both keys are told
		m, b = mall.OwnSite, mall.Buyer{MemberID: fmt.Sprintf("m-%d", i), Mail: fmt.Sprintf("p%d@example.com", i)}
	}
	goods := int64(100 * (1 + s.rng.IntN(200)))
	got := s.bring(m, b, goods)
	s.goods, s.count = s.goods+goods, s.count+1
	if s.ids[i] == 0 {
		s.ids[i] = got
	}
	if want := s.now(s.ids[i]); got != want {
		s.t.Errorf("an order of person %d (customer %d) went to %d, not to %d", i, s.ids[i], got, want)
	}
}

// someone is one who exists now; 0 when nobody does.
func (s *story) someone() int64 {
	var there []int64
	for _, id := range s.ids {
		if id != 0 {
			there = append(there, id)
		}
	}
	if len(there) == 0 {
		return 0
	}
	return there[s.rng.IntN(len(there))] // also by an id that was merged: it stands for the survivor
}

func (s *story) ok(err error, codes ...string) bool {
	s.t.Helper()
	if err != nil && !slices.Contains(codes, code(err)) {
		s.t.Fatalf("%v after %v", err, s.log)
	}
	return err == nil
}

func (s *story) cancel() {
	var id, owner int64
	err := s.d.NewRaw("SELECT id, customer_id FROM orders WHERE status <> 'CANCELLED' ORDER BY hashtext(id::text || ?::text) LIMIT 1", s.rng.IntN(1000)).Scan(s.t.Context(), &id, &owner)
	if err != nil {
		return // none yet
	}
	s.ok(db.RunInTx(s.t.Context(), s.d, func(ctx context.Context, tx db.Tx) error {
		if err := customer.Together(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.NewRaw("UPDATE orders SET status = 'CANCELLED', cancelled_at = ?, net_sales = 0, updated_at = ? WHERE id = ?", s.clock.Now(), s.clock.Now(), id).Exec(ctx); err != nil {
			return err
		}
		if err := order.Recompute(ctx, tx, []int64{owner}); err != nil {
			return err
		}
		return s.hooks[0](ctx, tx, []int64{id}, []int64{owner})
	}))
}

func (s *story) enroll() {
	if id := s.someone(); id != 0 {
		_, err := s.people.Enroll(s.t.Context(), id, "SITE")
		s.ok(err)
	}
}

func (s *story) key() string { return fmt.Sprintf("k-%d", len(s.log)) }

func (s *story) grant() {
	if id := s.someone(); id != 0 {
		_, err := s.points.Grant(s.t.Context(), nil, points.GrantRequest{CustomerID: id, Amount: int64(1 + s.rng.IntN(500)), Key: s.key(), Cause: points.Cause{Reason: "STAFF"}})
		s.ok(err, "NOT_A_MEMBER")
	}
}

func (s *story) hold() {
	if id := s.someone(); id != 0 {
		_, h, err := s.points.Hold(s.t.Context(), nil, points.HoldRequest{CustomerID: id, Amount: int64(1 + s.rng.IntN(100)), For: 72 * time.Hour, Key: s.key(), Cause: points.Cause{Reason: "API"}})
		if s.ok(err, "INSUFFICIENT_POINTS") {
			s.holds = append(s.holds, hold{id, h.ID})
		}
	}
}

func (s *story) closeHold() {
	if len(s.holds) == 0 {
		return
	}
	h := s.holds[s.rng.IntN(len(s.holds))]
	end := s.points.Capture
	if s.rng.IntN(2) == 0 {
		end = s.points.Release
	}
	_, _, err := end(s.t.Context(), nil, points.CloseRequest{CustomerID: h.customer, HoldID: h.id, Key: s.key(), Cause: points.Cause{Reason: "API"}})
	s.ok(err, "HOLD_CLOSED", "HOLD_EXPIRED", "NOT_FOUND")
}

func (s *story) redeem() {
	if id := s.someone(); id != 0 {
		_, err := s.points.Redeem(s.t.Context(), nil, points.SpendRequest{CustomerID: id, Amount: int64(1 + s.rng.IntN(200)), Key: s.key(), Cause: points.Cause{Reason: "API"}})
		s.ok(err, "INSUFFICIENT_POINTS")
	}
}

func (s *story) say() {
	id := s.someone()
	if id == 0 {
		return
	}
	w := word{s.shops[[]mall.Mall{mall.OwnSite, mall.Yahoo}[s.rng.IntN(2)]], []string{customer.Given, customer.Withdrawn}[s.rng.IntN(2)], s.clock.Now(), len(s.log)}
	_, who, err := s.people.Record(s.t.Context(), customer.Word{CustomerID: id, Channel: "MAIL", State: w.state, OriginShopID: w.shop, Method: "STAFF", Wording: "yes"})
	if s.ok(err) {
		s.words[who.ID] = append(s.words[who.ID], w)
	}
}

func (s *story) weeks() {
	s.clock.Advance(20 * 24 * time.Hour)
	_, err := s.points.BookDue(s.t.Context())
	s.ok(err)
	_, err = s.stages.ReviewDue(s.t.Context())
	s.ok(err)
}

// two are two customers who stand apart now.
func (s *story) two() (a, b int64) {
	a, b = s.someone(), s.someone()
	if a != 0 {
		a, b = s.now(a), s.now(b)
	}
	return a, b
}

func (s *story) mergeTwo() { s.mergeSome() }

func (s *story) mergeSome() *db.Merge {
	a, b := s.two()
	if a == b {
		return nil
	}
	m := s.merge(a, b, customer.FactMemberID)
	s.moved[m.ID] = s.words[b]
	s.words[a], s.words[b] = append(slices.Clone(s.words[a]), s.words[b]...), nil
	s.merges = append(s.merges, m)
	return m
}

func (s *story) undoOne() {
	if len(s.merges) == 0 {
		return
	}
	i := s.rng.IntN(len(s.merges))
	m := s.merges[i]
	_, err := s.people.Undo(s.t.Context(), customer.UndoRequest{SurvivorID: m.CustomerID, MergeID: m.ID})
	if s.ok(err, "MERGED_ON") {
		s.merges = slices.Delete(s.merges, i, i+1)
		s.partWords(m)
	}
}

// partWords gives the words back that came with the merge; what was withdrawn
// from the one they were holds for both.
func (s *story) partWords(m *db.Merge) {
	back := s.moved[m.ID]
	s.words[m.CustomerID] = slices.DeleteFunc(s.words[m.CustomerID], func(w word) bool { return slices.Contains(back, w) })
	own := inForce(back)
	for shop, w := range inForceOf(s.words[m.CustomerID], func(w word) bool { return w.state == customer.Withdrawn && !w.at.Before(m.MergedAt) }) {
		if own[shop].state == customer.Given && !own[shop].at.After(w.at) {
			back = append(slices.Clone(back), w)
		}
	}
	s.words[m.MergedID] = back
}

func (s *story) mergeAndUndo() {
	before := s.snapshot()
	m := s.mergeSome()
	if m == nil {
		return
	}
	s.undo(m, false)
	s.merges = s.merges[:len(s.merges)-1]
	s.partWords(m)
	compareSnapshots(s.t, fmt.Sprintf("merging %d into %d and parting them", m.MergedID, m.CustomerID), before, s.snapshot())
}

func inForce(words []word) map[int64]word {
	return inForceOf(words, func(word) bool { return true })
}

func inForceOf(words []word, counts func(word) bool) map[int64]word {
	newest := map[int64]word{}
	for _, w := range words {
		if old, ok := newest[w.shop]; counts(w) && (!ok || w.at.After(old.at) || w.at.Equal(old.at) && w.seq > old.seq) {
			newest[w.shop] = w
		}
	}
	return newest
}

// check holds the database against what must be true of it.
func (s *story) check() {
	s.t.Helper()
	wrong, err := s.points.Verify(s.t.Context())
	s.ok(err)
	if len(wrong) > 0 {
		s.t.Errorf("the books of the points: %+v", wrong)
	}
	var goods int64
	var count int
	s.ok(s.d.NewRaw("SELECT coalesce(sum(goods_amount), 0), count(*) FROM orders").Scan(s.t.Context(), &goods, &count))
	if goods != s.goods || count != s.count {
		s.t.Errorf("%d orders over %d yen, want %d over %d", count, goods, s.count, s.goods)
	}
	for what, sql := range map[string]string{
		"orders under a merged id":           "SELECT count(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.merged_into IS NOT NULL",
		"orders without their key and line":  "SELECT count(*) FROM orders o WHERE NOT EXISTS (SELECT FROM order_keys k WHERE (k.customer_id, k.order_id) = (o.customer_id, o.id)) OR NOT EXISTS (SELECT FROM order_lines l WHERE (l.customer_id, l.order_id) = (o.customer_id, o.id))",
		"keys under a merged id":             "SELECT count(*) FROM identity_keys k JOIN customers c ON c.id = k.customer_id WHERE c.merged_into IS NOT NULL",
		"points under a merged id":           "SELECT count(*) FROM point_accounts a JOIN customers c ON c.id = a.customer_id WHERE c.merged_into IS NOT NULL AND (available, pending, held, debt) <> (0, 0, 0, 0)",
		"points that went and did not come":  "SELECT abs(coalesce(sum(amount), 0)) FROM point_entries WHERE account = 'TRANSFERRED'",
		"lots apart from their order":        "SELECT count(*) FROM point_lots l JOIN orders o ON o.id = l.order_id WHERE l.customer_id <> o.customer_id AND l.remaining > l.held",
		"rollups that the orders do not say": `SELECT count(*) FROM customer_stats s LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE status <> 'CANCELLED') AS n, coalesce(sum(net_sales), 0) AS net FROM orders o WHERE o.customer_id = s.customer_id) f ON true WHERE (s.orders_count, s.net_sales) <> (f.n, f.net)`,
	} {
		var n int64
		s.ok(s.d.NewRaw(sql).Scan(s.t.Context(), &n))
		if n != 0 {
			s.t.Errorf("%d %s", n, what)
		}
	}
	s.checkStages()
	s.checkConsents()
}

// checkStages: placing everybody anew moves nobody.
func (s *story) checkStages() {
	read := func() (rows []string) {
		s.ok(s.d.NewRaw("SELECT customer_id || ' ' || stage_id || ' ' || spend FROM member_stages ORDER BY 1").Scan(s.t.Context(), &rows))
		return rows
	}
	before := read()
	s.ok(db.RunInTx(s.t.Context(), s.d, func(ctx context.Context, tx db.Tx) error {
		return s.stages.Recompute(ctx, tx, slices.Clone(s.ids[:]))
	}))
	if after := read(); !slices.Equal(before, after) {
		s.t.Errorf("stages %v, worked out anew %v", before, after)
	}
}

func (s *story) checkConsents() {
	for _, id := range s.ids {
		if id == 0 {
			continue
		}
		got, err := s.people.ConsentsInForce(s.t.Context(), []int64{id})
		s.ok(err)
		want := inForce(s.words[id])
		if len(got[id]) != len(want) {
			s.t.Errorf("customer %d has %d words in force, want %d", id, len(got[id]), len(want))
		}
		for _, c := range got[id] {
			if want[c.OriginShopID].state != c.State {
				s.t.Errorf("customer %d said %s to shop %d, want %q", id, c.State, c.OriginShopID, want[c.OriginShopID].state)
			}
		}
	}
}
