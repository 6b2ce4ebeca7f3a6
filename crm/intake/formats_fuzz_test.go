package intake

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest"
)

// fuzz feeds a format with rows in the place of one of a good file's: nothing
// panics, what cannot be read is a problem of its row, and no other row is lost.
// The same bytes as a file of their own must not make it panic either.
func fuzz(f *testing.F, files ...string) {
	f.Helper()
	for _, s := range samples {
		for i, name := range files {
			if s.file != name {
				continue
			}
			_, rows := s.parts(f)
			for at, row := range rows {
				f.Add(uint8(i), uint8(at), row)
			}
		}
	}
	f.Fuzz(func(t *testing.T, file, at uint8, row string) {
		for _, s := range samples {
			if s.file != files[int(file)%len(files)] {
				continue
			}
			header, rows := s.parts(t)
			othersStand(t, s, int(at)%len(rows), row)
			_, _ = readThrough(t, row, s.bind)
			_, _ = readThrough(t, header+"\n"+row, s.bind)
		}
	})
}

func FuzzRakutenOrders(f *testing.F)    { fuzz(f, "rakuten_158.csv", "rakuten_107.csv") }
func FuzzRakutenLegacy(f *testing.F)    { fuzz(f, "rakuten_legacy.csv") }
func FuzzYahooOrders(f *testing.F)      { fuzz(f, "yahoo_orders.csv") }
func FuzzYahooItems(f *testing.F)       { fuzz(f, "yahoo_items.csv") }
func FuzzAmazonOrders(f *testing.F)     { fuzz(f, "amazon_orders.txt") }
func FuzzAmazonShipments(f *testing.F)  { fuzz(f, "amazon_shipments.txt") }
func FuzzAmazonUnshipped(f *testing.F)  { fuzz(f, "amazon_unshipped.txt", "amazon_new_orders.txt") }
func FuzzShopifyOrders(f *testing.F)    { fuzz(f, "shopify_orders.csv") }
func FuzzAuPayOrders(f *testing.F)      { fuzz(f, "au_pay_orders.csv") }
func FuzzQoo10Orders(f *testing.F)      { fuzz(f, "qoo10_orders.csv") }
func FuzzFutureshopOrders(f *testing.F) { fuzz(f, "futureshop_orders.csv", "futureshop_few.csv") }
func FuzzMakeshopOrders(f *testing.F)   { fuzz(f, "makeshop_orders.csv") }
func FuzzPosReceipts(f *testing.F)      { fuzz(f, "pos_receipts.csv", "pos_transactions.csv") }

func FuzzShopifyCustomers(f *testing.F) { fuzz(f, "shopify_customers.csv") }
func FuzzCustomersCSV(f *testing.F)     { fuzz(f, "customers_list.csv") }
func FuzzProductsCSV(f *testing.F)      { fuzz(f, "products.csv") }
func FuzzStockCSV(f *testing.F)         { fuzz(f, "stock.csv") }
func FuzzSuppressionsCSV(f *testing.F)  { fuzz(f, "suppressions.csv") }
func FuzzCampaignCostsCSV(f *testing.F) { fuzz(f, "campaign_costs.csv") }
func FuzzEventsCSV(f *testing.F)        { fuzz(f, "events.csv") }

// lines feeds a format without a header row with files: nothing panics, and what
// cannot be read is a problem of its row.
func lines(f *testing.F, bind binder, files ...string) {
	f.Helper()
	for _, content := range files {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content string) { _, _ = readThrough(t, content, bind) })
}

func FuzzMembers(f *testing.F) {
	lines(f, ofPeople(mall.Members{}), `{"memberNo":"M1","profile":{"familyName":"佐藤"},"joinedAt":"2024-11-03","pointActions":[{"key":"k","kind":"OPENING","amount":1,"at":"2026-11-01"}]}`)
}

func FuzzEventLines(f *testing.F) {
	lines(f, ofTable(mall.EventLines{}), `{"kind":"VIEW","occurredAt":"2026-11-20T05:00:00Z","customerId":1}`, `{"occurred_at":1}`+"\n{")
}

func FuzzOrderLines(f *testing.F) {
	lines(f, ofTable(mall.OrderLines{}), `{"orderNo":"1","orderedAt":"2026-11-20T05:00:00Z","status":"SHIPPED","gift":true,"couponCodes":["A"],"buyer":{"email":"a@b.example"},"lines":[{"sku":"TEA","unitPrice":1200,"taxRate":800}]}`,
		`{"order_no":1}`+"\n{", `{"orderNo":"1","lines":[null,{"unitPrice":1e99},[]]}`)
}

// TestAMutatedLine damages one line of a file without a header row after the
// other at random. Nothing panics, and all other lines are read as before.
func TestAMutatedLine(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	for what, f := range map[string]struct {
		bind binder
		line string
	}{
		"members": {ofPeople(mall.Members{}), `{"memberNo":"M-%d","profile":{"familyName":"佐藤","mail":"m%[1]d@example.com"},"joinedAt":"2024-11-03"}`},
		"orders":  {ofTable(mall.OrderLines{}), `{"orderNo":"A-%d","orderedAt":"2026-11-20T05:00:00Z","buyer":{"memberId":"m%[1]d"},"lines":[{"name":"煎茶〜","unitPrice":1200}]}`},
		"events":  {ofTable(mall.EventLines{}), `{"kind":"VIEW","occurredAt":"2026-11-20T05:00:00Z","dedupeKey":"a-%d","name":"煎茶〜"}`},
	} {
		good := make([]string, 6)
		for i := range good {
			good[i] = fmt.Sprintf(f.line, i)
		}
		for range 60 {
			at := 1 + rng.IntN(len(good)-1) // the first line tells what the file is
			broken := slices.Clone(good)
			broken[at] = strings.ReplaceAll(malltest.Mutate(rng, good[at]), "\xff", "") // what is no UTF-8 is another test's
			text := strings.Join(broken, "\n") + "\n"
			if !utf8.ValidString(text) {
				continue
			}
			rows, err := readThrough(t, text, f.bind)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			left := taken(rows)
			whole, _ := readThrough(t, strings.Join(good, "\n")+"\n", f.bind)
			for i, row := range whole {
				if i != at && !slices.Contains(left, row.good()) {
					t.Errorf("%s: line %d is lost when line %d is %q", what, i+1, at+1, broken[at])
				}
			}
		}
	}
}
