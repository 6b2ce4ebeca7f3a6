package intake_test

import (
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestSweepKeepsWhatIsStillNeeded and removes the rest: the file of an import
// and what it changed after a month, its refused rows after three, uploads that
// were never used and stages nobody works on after a day.
func TestSweepKeepsWhatIsStillNeeded(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	imp := take(t, s, shop.ID, onlineRetail(t), retailHeader+brokenRetail)
	if _, err := s.Upload(t.Context(), "unused.csv", strings.NewReader("a,b\n"), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := d.NewRaw("CREATE UNLOGGED TABLE import_1_people (line bigint)").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	tables := []string{"uploads", "upload_chunks", "import_orders", "import_quarantine", "pg_tables WHERE tablename = 'import_1_people'"}
	kept := func(what string, want ...int64) {
		t.Helper()
		if err := s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i, table := range tables {
			if got := count(t, d, "SELECT count(*) FROM "+table); got != want[i] {
				t.Errorf("%s: %d rows in %s, want %d", what, got, table, want[i])
			}
		}
	}
	age := func(interval string) {
		t.Helper()
		for _, table := range []string{"imports SET created_at = now() - interval '" + interval + "', started_at", "uploads SET created_at"} {
			if _, err := d.NewRaw("UPDATE " + table + " = now() - interval '" + interval + "'").Exec(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	kept("at once", 2, 2, 2, 3, 1)
	age("2 days")
	kept("after two days", 1, 1, 2, 3, 0)
	if _, err := s.PreviewUndo(t.Context(), imp.ID); err != nil {
		t.Error(err)
	}
	age("31 days")
	kept("after a month", 1, 0, 0, 3, 0)
	if _, err := s.PreviewUndo(t.Context(), imp.ID); err == nil || !strings.Contains(err.Error(), "no longer kept") {
		t.Errorf("undoing it: %v", err)
	}
	age("91 days")
	kept("after three months", 1, 0, 0, 0, 0)
}

// TestSweepForgetsBuyersBesideTheirOrders: once nothing can be undone any more,
// what a file told before and the buyers of orders that have found theirs go;
// an order that waits keeps its buyer, and the other half still completes it.
func TestSweepForgetsBuyersBesideTheirOrders(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "yahoo", mall.Yahoo)
	take(t, s, shop.ID, nil, exported(t, "yahoo_orders.csv"))
	take(t, s, shop.ID, nil, exported(t, "yahoo_orders.csv", "無料", "0"))
	take(t, s, shop.ID, nil, exported(t, "yahoo_items.csv"))
	take(t, s, shop.ID, nil, exported(t, "yahoo_items.csv", "帽子", "麦わら帽子"))
	before := money(t, d)
	if _, err := d.NewRaw("UPDATE order_parts SET told_at = now() - interval '31 days'").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	parts := count(t, d, "SELECT count(*) FROM order_parts")
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, d, "SELECT count(*) FROM order_parts"); n != parts-1 {
		t.Errorf("%d of %d parts are left", n, parts)
	}
	if n := count(t, d, "SELECT count(*) FROM order_parts WHERE buyer IS NOT NULL"); n != 1 {
		t.Errorf("%d buyers are kept, and one order waits", n)
	}
	again := take(t, s, shop.ID, nil, exported(t, "yahoo_items.csv"))
	if again.RowsUpdated != 1 || again.RowsWithoutCustomer != 0 {
		t.Errorf("%d updated, %d without a customer", again.RowsUpdated, again.RowsWithoutCustomer)
	}
	take(t, s, shop.ID, nil, exported(t, "yahoo_orders.csv"))
	same(t, money(t, d), before)
	if n := count(t, d, "SELECT count(*) FROM orders WHERE known_by IS NULL"); n != 0 {
		t.Errorf("%d orders forgot who was named on them", n)
	}
}
