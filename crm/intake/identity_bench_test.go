package intake_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// BenchmarkImportAmongCustomers takes order files of Rakuten, Yahoo! and Shopify
// in where customers are already there, beside the bare COPY of the same rows.
// Four of five buyers are known, by phone and name, by mail, or by both, and
// have their home already; Rakuten's bring a lent address besides. A home that
// is new would cost as much again: it is written into the customer, and so into
// the index that names are searched in.
//
// It runs at three sizes, with three lines for ten customers, and prints for
// each the rows per second, the time that matching alone takes (the same
// evidence through customer.Assign, rolled back) and the highest memory of the
// process. Cost is linear where rows per second stay. The largest has 100,000
// customers, or MEGURI_BENCH_CUSTOMERS: the promise is made for 1,000,000.
func BenchmarkImportAmongCustomers(b *testing.B) {
	largest := 100_000
	if n, err := strconv.Atoi(os.Getenv("MEGURI_BENCH_CUSTOMERS")); err == nil {
		largest = n
	}
	for _, people := range []int{largest / 10, largest * 3 / 10, largest} {
		b.Run(fmt.Sprintf("%d-customers", people), func(b *testing.B) {
			for b.Loop() {
				amongCustomers(b, people)
			}
		})
	}
}

func amongCustomers(b *testing.B, people int) {
	b.Helper()
	d := dbtest.New(b)
	s := newService(d, intake.Hooks{
		Ledger: points.New(d, clock.System{}, time.UTC), Stages: stage.New(d, clock.System{}, time.UTC, "JPY"), Conversions: campaign.Conversions{},
		People: customer.New(d, clock.System{}, nil),
	})
	site := newShop(b, d, "site", mall.OwnSite)
	take(b, s, site.ID, residentsMapping(b), residents(people))
	if _, err := d.Pool.Exec(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
	lines := people * 3 / 10
	files := orderFiles(people, lines/6)
	rakuten, yahoo, shopify := newShop(b, d, "r", mall.Rakuten), newShop(b, d, "y", mall.Yahoo), newShop(b, d, "s", mall.Shopify)
	shops := []*db.Shop{rakuten, yahoo, yahoo, shopify}

	bare := seconds(b, func() { bareFiles(b, d, files) })
	match := seconds(b, func() { matchOnly(b, d, rakuten.ID, people, lines/2) })
	forgetPeak()
	product := seconds(b, func() {
		for i, content := range files {
			take(b, s, shops[i].ID, nil, content)
		}
	})
	b.ReportMetric(float64(lines)/product, "rows/s")
	b.ReportMetric(float64(lines)/bare, "copy-rows/s")
	b.ReportMetric(bare/product, "ratio-to-copy")
	b.ReportMetric(match, "match-s")
	b.ReportMetric(match/product, "match-share")
	b.ReportMetric(peakMegabytes(), "peak-MB")
}

func residentsMapping(b *testing.B) *mall.Mapping {
	b.Helper()
	m, err := mall.ParseMapping([]byte(`{"name":"residents","kind":"CUSTOMERS","columns":{"memberId":["会員番号"],"mail":["メール"],"phone":["電話"],
		"fullName":["氏名"],"fullKana":["フリガナ"],"postalCode":["郵便番号"],"prefecture":["都道府県"],"city":["市区町村"],"address":["番地"]}}`))
	if err != nil {
		b.Fatal(err)
	}
	return &m
}

// residents are made-up customers with all that an order tells.
func residents(people int) string {
	var file strings.Builder
	file.WriteString("会員番号,氏名,フリガナ,メール,電話,郵便番号,都道府県,市区町村,番地\n")
	for n := range people {
		fmt.Fprintf(&file, "M-%d,架空%05d 人%d,カクウ ヒト,member%d@example.com,090-%04d-%04d,1000001,東京都,千代田区,千代田%s\n",
			n, n, n%7, n, n/10_000, n%10_000, benchHome(n))
	}
	return file.String()
}

// benchHome is the house number of the made-up person n, which nobody else has.
func benchHome(n int) string { return fmt.Sprintf("%d-%d-%d", 1+n%7, 1+n/7%40, 1+n/280) }

// benchBuyer is the number of the made-up person who buys on the i-th order;
// every fifth is nobody known.
func benchBuyer(i, people int) int {
	if i%5 == 4 {
		return people + i
	}
	return i * 7919 % people
}

// orderFiles are orders of two lines each: a file of Rakuten, the two of Yahoo!,
// one of Shopify.
func orderFiles(people, orders int) []string {
	var rakuten, yahoo, items, shopify strings.Builder
	rakuten.WriteString("注文番号,ステータス,注文日時,商品合計金額,合計金額,注文者郵便番号1,注文者郵便番号2,注文者住所都道府県,注文者住所郡市区,注文者住所それ以降の住所,注文者姓,注文者名,注文者姓カナ,注文者名カナ,注文者電話番号1,注文者電話番号2,注文者電話番号3,注文者メールアドレス,商品明細ID,商品番号,商品名,単価,個数\n")
	yahoo.WriteString("OrderId,OrderTime,OrderStatus,BillLastName,BillFirstName,BillLastNameKana,BillFirstNameKana,BillZipCode,BillPrefecture,BillCity,BillAddress1,BillPhoneNumber,BillMailAddress,ShipCharge,PayCharge,Discount,UsePoint,ItemCouponDiscount,TotalMallCouponDiscount\n")
	items.WriteString("OrderId,LineId,ItemId,Title,Quantity,UnitPrice\n")
	shopify.WriteString("Name,Email,Financial Status,Created at,Currency,Subtotal,Shipping,Total,Discount Amount,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Billing Zip,Billing Province,Billing City,Billing Address1,Billing Phone\n")
	for i := range orders {
		for line := range 2 {
			n := benchBuyer(i, people)
			fmt.Fprintf(&rakuten, "r-%d,発送済,2024-05-%02d 10:00:00,2000,2000,100,0001,東京都,千代田区,千代田%s,架空%05d,人%d,カクウ,ヒト,090,%04d,%04d,%08x@pc.fw.rakuten.ne.jp,%d,sku-%d,品,1000,1\n",
				i, 1+i%28, benchHome(n), n, n%7, n/10_000, n%10_000, n, line+1, i%97)
			n = benchBuyer(i+orders, people)
			if line == 0 {
				fmt.Fprintf(&yahoo, "y-%d,2024/06/%02d 10:00:00,5,架空%05d,人%d,カクウ,ヒト,1000001,東京都,千代田区,千代田%d丁目%d番%d号,090-%04d-%04d,member%d@example.com,0,0,0,0,0,0\n",
					i, 1+i%28, n, n%7, 1+n%7, 1+n/7%40, 1+n/280, n/10_000, n%10_000, n)
			}
			fmt.Fprintf(&items, "y-%d,%d,sku-%d,品,1,1000\n", i, line+1, i%97)
			n = benchBuyer(i+2*orders, people)
			if line == 0 {
				fmt.Fprintf(&shopify, "#%d,member%d@example.com,paid,2024-07-%02d 10:00:00 +0900,JPY,2000,0,2000,0,1,品 sku-%d,1000,架空%05d 人%d,'1000001,JP-13,千代田区,千代田%s,\n",
					i, n, 1+i%28, i%97, n, n%7, benchHome(n))
				continue
			}
			fmt.Fprintf(&shopify, "#%d,member%d@example.com,,,,,,,,1,品 sku-%d,1000,,,,,,\n", i, n, i%97)
		}
	}
	return []string{rakuten.String(), yahoo.String(), items.String(), shopify.String()}
}

// bareFiles is COPY of every file into a table of texts of its own.
func bareFiles(b *testing.B, d *db.DB, files []string) {
	b.Helper()
	for i, content := range files {
		header, _, _ := strings.Cut(content, "\n")
		columns := make([]string, strings.Count(header, ",")+1)
		for c := range columns {
			columns[c] = fmt.Sprintf("c%d text", c)
		}
		table := fmt.Sprintf("bare_%d", i)
		err := pgx.BeginFunc(b.Context(), d.Pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(b.Context(), "CREATE TABLE "+table+" ("+strings.Join(columns, ",")+")"); err != nil {
				return err
			}
			_, err := tx.Conn().PgConn().CopyFrom(b.Context(), strings.NewReader(content), "COPY "+table+" FROM STDIN WITH (FORMAT csv, HEADER)")
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// matchOnly finds or makes the customers of as many orders as the files have, in
// batches as imports do, and takes it back.
func matchOnly(b *testing.B, d *db.DB, shop int64, people, orders int) {
	b.Helper()
	const batch = 2_000
	undone := errors.New("measured")
	err := db.RunInTx(b.Context(), d, func(ctx context.Context, tx db.Tx) error {
		if err := customer.Together(ctx, tx); err != nil {
			return err
		}
		for from := 0; from < orders; from += batch {
			var evidence []customer.Evidence
			for i := from; i < min(from+batch, orders); i++ {
				n := benchBuyer(i, people)
				evidence = append(evidence, customer.NewEvidence(shop, mall.Rakuten, mall.Buyer{
					Mail: fmt.Sprintf("%08x@pc.fw.rakuten.ne.jp", n), FamilyName: fmt.Sprintf("架空%05d", n), GivenName: fmt.Sprintf("人%d", n%7), FamilyKana: "カクウ", GivenKana: "ヒト",
					Phone: fmt.Sprintf("090-%04d-%04d", n/10_000, n%10_000), PostalCode: "1000001", Prefecture: "東京都", City: "千代田区",
					Address: "千代田" + benchHome(n),
				}, time.Now()))
			}
			if _, _, err := customer.Assign(ctx, tx, 0, evidence, time.Now()); err != nil {
				return err
			}
		}
		return undone
	})
	if !errors.Is(err, undone) {
		b.Fatal(err)
	}
}

// forgetPeak begins the count of the highest memory anew, where the system counts it.
func forgetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peakMegabytes is the most memory the process had since; 0 where nobody counts.
func peakMegabytes() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(status) {
		if f := bytes.Fields(line); len(f) == 3 && string(f[0]) == "VmHWM:" {
			kB, _ := strconv.ParseFloat(string(f[1]), 64)
			return kB / 1024
		}
	}
	return 0
}
