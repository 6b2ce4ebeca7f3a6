package customer_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestSettleCountsWhatItFetches: behaviour written under the old id, by whoever
// had it in hand when the merge happened, is the survivor's, and so is its count.
func TestSettleCountsWhatItFetches(t *testing.T) {
	d := dbtest.New(t)
	at := &clock.Fixed{T: time.Now()}
	people := customer.New(d, at, nil).WithFollowing(customer.Following{
		Followers: []customer.Follower{event.New(event.Config{DB: d, Clock: at, Zone: time.UTC})},
	})
	two(t, d, people)
	if _, err := d.Exec(`INSERT INTO events (customer_id, occurred_at, kind, data) VALUES (2, now(), 'behaviour.viewed', '{"sku":"TEA"}');
		INSERT INTO customer_behaviour (customer_id, kind, sku, day, events, last_at) VALUES (2, 'VIEW', 'TEA', current_date, 1, now())`); err != nil {
		t.Fatal(err)
	}
	if err := people.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"events WHERE kind = 'behaviour.viewed'", "customer_behaviour"} {
		var owner int64
		if err := d.NewRaw("SELECT customer_id FROM "+table).Scan(t.Context(), &owner); err != nil || owner != 1 {
			t.Errorf("%s: of customer %d, %v", table, owner, err)
		}
	}
}

// TestSettleHoldsNobodyUp when there is nothing to fetch: it ends while an
// import keeps everybody who he is, and settles merges once they are old enough.
func TestSettleHoldsNobodyUp(t *testing.T) {
	d := dbtest.New(t)
	at := &clock.Fixed{T: time.Now()}
	people := customer.New(d, at, nil)
	two(t, d, people)
	settled := func() (n int) {
		t.Helper()
		if err := d.NewRaw("SELECT count(*) FROM customer_merges WHERE settled_at IS NOT NULL").Scan(t.Context(), &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for after, want := range []int{0, 1} {
		at.Advance(time.Duration(after) * 2 * time.Hour)
		err := db.RunInTx(t.Context(), d, func(ctx context.Context, tx db.Tx) error {
			if err := customer.Together(ctx, tx); err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			return people.Settle(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := settled(); got != want {
			t.Errorf("after %d h %d merges are settled, want %d", 2*after, got, want)
		}
	}
}

// two makes customers 1 and 2, and merges 2 into 1.
func two(t *testing.T, d bun.IDB, people *customer.Service) {
	t.Helper()
	for id := range 2 {
		_, err := d.NewRaw(`INSERT INTO customers (id, email) OVERRIDING SYSTEM VALUE VALUES (?, ?)`, id+1, fmt.Sprintf("c%d@example.com", id)).Exec(t.Context())
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.NewRaw("INSERT INTO customer_stats (customer_id) VALUES (1), (2)").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := people.Merge(t.Context(), customer.MergeRequest{SurvivorID: 1, MergedID: 2}); err != nil {
		t.Fatal(err)
	}
}
