package intake

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

type silent struct{}

func (silent) Enqueue(context.Context, db.Tx, interface{ Kind() string }) error { return nil }

// TestALapsedLeaseFencesALoopOfTheSameProcess lets a lease lapse, as a suspended
// machine does: another loop claims the import, and the first one goes on.
func TestALapsedLeaseFencesALoopOfTheSameProcess(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	s := New(d, clock.System{}, silent{}, Hooks{}, slog.New(slog.DiscardHandler), "one")
	row, err := shop.New(d, clock.System{}).Create(ctx, shop.Draft{Code: "s", Name: "s", Mall: mall.OwnSite, Currency: "JPY"})
	if err != nil {
		t.Fatal(err)
	}
	all, err := mall.BuiltInMappings()
	if err != nil {
		t.Fatal(err)
	}
	m := all["online-retail"]
	var b strings.Builder
	b.WriteString(`"InvoiceNo","StockCode","Description","Quantity","InvoiceDate","UnitPrice","CustomerID","Country"` + "\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "\"%d\",\"A\",\"x\",1,2010-12-01 08:00:00,1.00,%d,\"UK\"\n", 500000+i, 12346+i%50)
	}
	up, err := s.Upload(ctx, "o.csv", strings.NewReader(b.String()), 0)
	if err != nil {
		t.Fatal(err)
	}
	imp, err := s.start(ctx, begin{upload: up, shopID: row.ID, mapping: &m})
	if err != nil {
		t.Fatal(err)
	}
	claim := func() *worker {
		c, err := s.claim(ctx, imp.ID)
		if err != nil || c == nil {
			t.Fatalf("no claim: %v", err)
		}
		return &worker{s: s, id: c.ID, imp: c, owner: *c.LeaseOwner, progress: new(progress), since: time.Now()}
	}
	one := claim()
	if err := d.NewSelect().Model(&one.shop).Where("id = ?", row.ID).Scan(ctx); err != nil {
		t.Fatal(err)
	}
	if err := one.stage(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := d.NewRaw("UPDATE imports SET lease_until = now() - interval '1 second'").Exec(ctx); err != nil {
		t.Fatal(err)
	}
	two := claim()
	two.shop = one.shop
	for _, w := range []*worker{one, two} {
		if err := w.prepare(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := two.applyNext(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := one.applyNext(ctx); !errors.Is(err, lease.ErrLost) {
		t.Errorf("the loop that lost its lease: %v, want lease.ErrLost", err)
	}
	if err := two.run(ctx); err != nil {
		t.Fatal(err)
	}
	got, err := s.Find(ctx, imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.RowsInserted != 5000 || got.RowsUpdated+got.RowsUnchanged+got.RowsQuarantined != 0 || got.QuantitySum != 5000 || got.OrdersCount != 5000 {
		t.Errorf("inserted %d, updated %d, unchanged %d, refused %d, quantity %d, orders %d: want 5000 once",
			got.RowsInserted, got.RowsUpdated, got.RowsUnchanged, got.RowsQuarantined, got.QuantitySum, got.OrdersCount)
	}
}
