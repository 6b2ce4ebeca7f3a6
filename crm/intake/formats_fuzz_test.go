package intake

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
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
			_, _ = readThrough(t, row, s.format)
			_, _ = readThrough(t, header+"\n"+row, s.format)
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

// people feeds a format of customers with rows.
func people(f *testing.F, format mall.PersonFormat, header string, rows ...string) {
	f.Helper()
	for _, row := range rows {
		f.Add(row)
	}
	f.Fuzz(func(t *testing.T, row string) {
		records, err := newRecordReader(strings.NewReader(header + "\n" + row))
		if err != nil {
			t.Fatal(err)
		}
		names, err := records.header()
		if err != nil {
			return
		}
		dec, err := format.BindPeople(names)
		if err != nil {
			t.Fatal(err)
		}
		for {
			rec, err := records.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if rec.code != "" {
				continue
			}
			if _, err := dec.Person(rec.fields); err != nil {
				if _, ok := mall.AsProblem(err); !ok {
					t.Fatalf("%v is no problem of the row", err)
				}
			}
		}
	})
}

func FuzzShopifyCustomers(f *testing.F) {
	people(f, mall.ShopifyCustomers{}, "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt",
		"花子,佐藤,hanako@example.com,yes,,青葉1-2-3,,横浜市,Kanagawa,JP-14,Japan,JP,'227-0062,'+819055550101,no,1200.00,1,,,no")
}

func FuzzCustomersCSV(f *testing.F) {
	people(f, mall.CustomersCSV{}, "会員番号,氏名,フリガナ,メールアドレス,郵便番号,住所,電話番号,性別,生年月日,メルマガ,同意日",
		"M-1,髙﨑　花子,タカサキ ハナコ,hanako@example.com,'1000001,東京都千代田区1-2-3,+819055550101,女,1980/04/12,希望する,2024-03-01")
}

func FuzzMembers(f *testing.F) {
	people(f, mall.Members{}, "", `{"memberNo":"M1","profile":{"familyName":"佐藤"},"joinedAt":"2024-11-03","pointActions":[{"key":"k","kind":"OPENING","amount":1,"at":"2026-11-01"}]}`)
}

// tables feeds a format of other rows with rows.
func tables(f *testing.F, format mall.TableFormat, header string, rows ...string) {
	f.Helper()
	for _, row := range rows {
		f.Add(row)
	}
	f.Fuzz(func(t *testing.T, row string) {
		records, err := newRecordReader(strings.NewReader(header + row))
		if err != nil {
			t.Fatal(err)
		}
		names, err := records.header()
		if err != nil {
			return
		}
		dec, err := format.BindTable(names)
		if err != nil {
			return // a first line that is no object of a behaviour
		}
		for {
			rec, err := records.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if rec.code != "" {
				continue
			}
			if _, err := dec.Row(rec.fields); err != nil {
				if _, ok := mall.AsProblem(err); !ok {
					t.Fatalf("%v is no problem of the row", err)
				}
			}
		}
	})
}

func FuzzProductsCSV(f *testing.F) {
	tables(f, mall.ProductsCSV{}, "商品コード,商品名,カテゴリー,原価,適用開始日,通貨,在庫数\n", "TEA-1,煎茶,茶,\"￥1,200\",2026/4/1,jpy,１０", "TEA-1,\"煎\n茶\",,-9999,,,")
}

func FuzzStockCSV(f *testing.F) { tables(f, mall.StockCSV{}, "sku,在庫数\n", "TEA-1,3", ",-1") }

func FuzzCampaignCostsCSV(f *testing.F) {
	tables(f, mall.CampaignCostsCSV{}, "キャンペーン,日付,費用,費目,摘要,通貨\n", "秋の新茶,2026/10/1,\"50,000\",広告,Web,JPY", "秋,,▲5,,,USD")
}

func FuzzEventsCSV(f *testing.F) {
	tables(f, mall.EventsCSV{}, "dedupe_key,kind,occurredAt,customerId,sku\n", "a,VIEW,2026-11-20T05:00:00Z,1,TEA")
}

func FuzzEventLines(f *testing.F) {
	tables(f, mall.EventLines{}, "", `{"kind":"VIEW","occurredAt":"2026-11-20T05:00:00Z","customerId":1}`, `{"occurred_at":1}`+"\n{")
}
