package reward_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/reward"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// counter is a service with a member who has points.
type counter struct {
	reward.Service
	t *testing.T
}

func newCounter(t *testing.T) *counter {
	d := dbtest.New(t)
	c := &clock.Fixed{T: time.Date(2026, 4, 1, 3, 0, 0, 0, time.UTC)}
	return &counter{reward.Service{DB: d, Clock: c, Points: points.New(d, c, time.UTC)}, t}
}

func (c *counter) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *counter) id(sql string, args ...any) (id int64) {
	c.t.Helper()
	c.must(c.DB.Pool.QueryRow(c.t.Context(), sql, args...).Scan(&id))
	return id
}

func (c *counter) member(amount int64) int64 {
	c.t.Helper()
	id := c.id(`INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'SITE') RETURNING id`)
	_, err := c.Points.Grant(c.t.Context(), nil, points.GrantRequest{CustomerID: id, Amount: amount, Key: "g", Cause: points.Cause{Reason: "STAFF"}})
	c.must(err)
	return id
}

func (c *counter) reward(d reward.Draft) *db.Reward {
	c.t.Helper()
	row, err := c.Create(c.t.Context(), d)
	c.must(err)
	return row
}

func (c *counter) wants(customer, available int64) {
	c.t.Helper()
	a, err := c.Points.Balance(c.t.Context(), customer)
	c.must(err)
	if a.Available != available {
		c.t.Errorf("%d has %d points, want %d", customer, a.Available, available)
	}
}

func code(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.CodeOrKind()
	}
	return ""
}

func ptr[T any](v T) *T { return &v }

func TestAGiftIsExchangedHandedOverAndCancelled(t *testing.T) {
	c := newCounter(t)
	m := c.member(1000)
	gift := c.reward(reward.Draft{Name: "マグカップ", Kind: reward.Gift, Points: 300, Stock: ptr(int64(2)), PerCustomer: ptr(2)})
	first, err := c.Exchange(t.Context(), m, gift.ID, "a")
	c.must(err)
	again, err := c.Exchange(t.Context(), m, gift.ID, "a")
	c.must(err)
	if again.ID != first.ID || first.Status != reward.Ordered {
		t.Errorf("the same request: %+v and %+v", first, again)
	}
	other := c.reward(reward.Draft{Name: "皿", Kind: reward.Gift, Points: 300})
	if _, err := c.Exchange(t.Context(), m, other.ID, "a"); code(err) != "IDEMPOTENCY_KEY_REUSED" {
		t.Errorf("another reward under the key: %v", err)
	}
	second, err := c.Exchange(t.Context(), m, gift.ID, "b")
	c.must(err)
	c.wants(m, 400)
	if _, err := c.Exchange(t.Context(), m, gift.ID, "c"); code(err) != "OUT_OF_STOCK" {
		t.Errorf("beyond the stock: %v", err)
	}
	c.wants(m, 400)

	handed, err := c.HandOver(t.Context(), first.ID)
	c.must(err)
	if handed.Status != reward.HandedOver || handed.ClosedAt == nil {
		t.Errorf("handed over: %+v", handed)
	}
	for range 2 {
		_, err = c.Cancel(t.Context(), second.ID, "在庫の破損")
		c.must(err)
	}
	c.wants(m, 700)
	if left := c.id(`SELECT stock FROM rewards WHERE id = $1`, gift.ID); left != 1 {
		t.Errorf("%d in stock", left)
	}
	if _, err := c.HandOver(t.Context(), second.ID); code(err) != "CANCELLED" {
		t.Errorf("handed over after it was cancelled: %v", err)
	}
	_, err = c.Exchange(t.Context(), m, gift.ID, "d")
	c.must(err)
	wrong, err := c.Points.Verify(t.Context())
	if err != nil || len(wrong) > 0 {
		t.Errorf("the books: %v %+v", err, wrong)
	}
}

func TestAnOfferIsIssuedAtOnce(t *testing.T) {
	c := newCounter(t)
	m := c.member(1000)
	offer := c.id(`INSERT INTO offers (name, mall, kind, value, proof, starts_at, ends_at) VALUES ('500円引き', 'OWN_SITE', 'COUPON_AMOUNT', 500, 'CODE_POOL', '2026-01-01', '2027-01-01') RETURNING id`)
	c.id(`INSERT INTO offer_codes (offer_id, code) VALUES ($1, 'ONE') RETURNING offer_id`, offer)
	row := c.reward(reward.Draft{Name: "クーポン", Kind: reward.Offer, OfferID: &offer, Points: 400})
	e, err := c.Exchange(t.Context(), m, row.ID, "a")
	c.must(err)
	if e.Code != "ONE" || e.Status != reward.HandedOver {
		t.Errorf("%+v", e)
	}
	if _, err := c.Exchange(t.Context(), m, row.ID, "b"); code(err) != "POOL_DRY" {
		t.Errorf("no code is left: %v", err)
	}
	c.wants(m, 600) // what was booked for it is undone with it
	c.id(`UPDATE offer_codes SET used_at = now() WHERE code = 'ONE' RETURNING offer_id`)
	if _, err := c.Cancel(t.Context(), e.ID, "x"); code(err) != "CODE_USED" {
		t.Errorf("cancelled after the code was used: %v", err)
	}
	c.wants(m, 600)
}

// However many come at once, the stock is not oversold, and who got nothing has
// his points.
func TestTheStockIsNotOversold(t *testing.T) {
	c := newCounter(t)
	gift := c.reward(reward.Draft{Name: "限定", Kind: reward.Gift, Points: 10, Stock: ptr(int64(5)), PerCustomer: ptr(1)})
	members := make([]int64, 8)
	for i := range members {
		members[i] = c.member(100)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	got := map[int64]int{}
	for n := range 24 {
		m := members[n%len(members)]
		wg.Go(func() {
			_, err := c.Exchange(context.WithoutCancel(t.Context()), m, gift.ID, fmt.Sprint(n))
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				got[m]++
			} else if known := code(err); known != "OUT_OF_STOCK" && known != "TOO_OFTEN" {
				t.Errorf("%v", err)
			}
		})
	}
	wg.Wait()
	if len(got) != 5 {
		t.Errorf("%d members have one of 5", len(got))
	}
	for _, m := range members {
		if got[m] > 1 {
			t.Errorf("member %d has %d", m, got[m])
		}
		c.wants(m, 100-int64(10*got[m]))
	}
}
