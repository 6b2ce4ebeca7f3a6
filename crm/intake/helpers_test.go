package intake_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/db"
)

// quietQueue is a queue whose jobs nobody runs: tests drive the work themselves.
type quietQueue struct{}

func (quietQueue) Enqueue(context.Context, db.Tx, interface{ Kind() string }) error { return nil }

var owners atomic.Int64

// newService is one process's service.
func newService(d *db.DB, hooks intake.Hooks) *intake.Service {
	return intake.New(d, clock.System{}, quietQueue{}, hooks, slog.New(slog.DiscardHandler), fmt.Sprintf("test-%d", owners.Add(1)))
}

func newShop(t testing.TB, d *db.DB, code string, m mall.Mall) *db.Shop {
	t.Helper()
	row, err := shop.New(d, clock.System{}).Create(t.Context(), shop.Draft{Code: code, Name: code, Mall: m, Currency: "JPY"})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func onlineRetail(t testing.TB) *mall.Mapping {
	t.Helper()
	all, err := mall.BuiltInMappings()
	if err != nil {
		t.Fatal(err)
	}
	m, ok := all["online-retail"]
	if !ok {
		t.Fatal("the mapping online-retail does not ship")
	}
	return &m
}

// take imports a file and waits for it.
func take(t testing.TB, s *intake.Service, shopID int64, m *mall.Mapping, content string) *db.Import {
	t.Helper()
	imp, err := s.TakeFile(t.Context(), intake.File{Name: "orders.csv", Content: strings.NewReader(content), ShopID: shopID, Mapping: m}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if rows := imp.RowsInserted + imp.RowsUpdated + imp.RowsUnchanged + imp.RowsQuarantined; imp.LinesTotal == nil || rows != *imp.LinesTotal {
		t.Fatalf("%d inserted + %d updated + %d unchanged + %d quarantined are not all rows of the file", imp.RowsInserted, imp.RowsUpdated, imp.RowsUnchanged, imp.RowsQuarantined)
	}
	return imp
}

const retailHeader = `"InvoiceNo","StockCode","Description","Quantity","InvoiceDate","UnitPrice","CustomerID","Country"` + "\n"

// retailOrders are made-up orders in the shape of Online Retail, each the lines
// of one invoice; the same seed gives the same orders.
func retailOrders(seed uint64, n int) []string {
	rng := rand.New(rand.NewPCG(seed, 1))
	at := time.Date(2010, 12, 1, 8, 0, 0, 0, time.UTC)
	orders := make([]string, n)
	for i := range orders {
		at = at.Add(time.Duration(rng.IntN(40)) * time.Minute)
		no, sign := fmt.Sprint(536365+i), 1
		switch {
		case rng.IntN(7) == 0:
			no, sign = "C"+no, -1
		case rng.IntN(500) == 0:
			no = "A" + no
		}
		who := ""
		if rng.IntN(7) > 0 {
			who = fmt.Sprint(12346 + rng.IntN(n/6+1))
		}
		var b strings.Builder
		for range 1 + rng.IntN(40) {
			fmt.Fprintf(&b, "%q,%q,\"ITEM, NO \"\"%d\"\"\",%d,%s,%.2f,%s,\"United Kingdom\"\n",
				no, fmt.Sprintf("%05dA", rng.IntN(4000)), rng.IntN(4000), sign*(1+rng.IntN(24)), at.Format(time.DateTime), float64(rng.IntN(2000))/100, who)
		}
		orders[i] = b.String()
	}
	return orders
}
