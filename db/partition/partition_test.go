package partition_test

import (
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/db/dbtest"
	"github.com/meguri-crm/meguri/db/partition"
)

func TestEnsureMovesWhatCameEarly(t *testing.T) {
	ctx := t.Context()
	d := dbtest.New(t)
	setUp := `INSERT INTO events (customer_id, occurred_at, kind) VALUES
		(1, '2026-11-30T23:59:59.999999Z', 'x'), (2, '2026-12-01T00:00:00Z', 'x'), (3, '2010-01-01T00:00:00Z', 'x')`
	if _, err := d.NewRaw(setUp).Exec(ctx); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	var nodes sync.WaitGroup
	for range 4 { // several at once, and again
		nodes.Go(func() {
			for range 2 {
				if err := partition.Ensure(ctx, d, now); err != nil {
					t.Error(err)
				}
			}
		})
	}
	nodes.Wait()
	var got []string
	if err := d.NewRaw("SELECT tableoid::regclass || ' ' || customer_id FROM events ORDER BY customer_id").Scan(ctx, &got); err != nil {
		t.Fatal(err)
	}
	want := []string{"events_2026_11 1", "events_2026_12 2", "events_default 3"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("row %d lies in %s, want %s", i+1, got[i], want[i])
		}
	}
	var partitions int
	if err := d.NewRaw("SELECT count(*) FROM pg_inherits WHERE inhparent = 'messages'::regclass").Scan(ctx, &partitions); err != nil || partitions != 4 {
		t.Errorf("messages has %d partitions, %v; want the default and three months", partitions, err)
	}
	if _, err := d.NewRaw("INSERT INTO events (customer_id, occurred_at, kind) VALUES (4, '2027-01-15T00:00:00Z', 'x')").Exec(ctx); err != nil {
		t.Errorf("a row with a generated id: %v", err)
	}
}
