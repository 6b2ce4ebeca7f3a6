package intake_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// orderLine is a telling as a line of a file.
func orderLine(o mall.Telling) string {
	line := map[string]any{"orderNo": o.OrderNo, "buyer": map[string]any{"memberId": o.Buyer.MemberID, "familyName": o.Buyer.FamilyName, "email": o.Buyer.Mail}}
	for name, value := range map[string]any{
		"status": o.Status, "orderedAt": o.OrderedAt, "shippedAt": o.ShippedAt, "cancelledAt": o.Cancelled, "currency": o.Currency, "shipping": o.Shipping,
		"fees": o.Fee, "tax": o.Tax, "shopCoupon": o.ShopCoupon, "mallCoupon": o.MallCoupon, "pointsUsed": o.PointsUsed, "total": o.Total, "gift": o.Gift,
	} {
		line[name] = value
	}
	if o.Codes != nil {
		line["couponCodes"] = o.Codes
	}
	var lines []map[string]any
	for _, l := range o.Lines {
		one := map[string]any{"lineKey": l.Key, "sku": l.SKU, "name": l.Name, "option": l.Option, "unitPrice": l.UnitPrice, "quantity": l.Quantity, "amount": l.Amount}
		if l.TaxRate >= 0 {
			one["taxRate"] = l.TaxRate
		}
		lines = append(lines, one)
	}
	if lines != nil {
		line["lines"] = lines
	}
	text, _ := json.Marshal(line) // cannot fail: text and numbers
	return string(text) + "\n"
}

func ordersJSONL(orders ...mall.Telling) string {
	var b strings.Builder
	for _, o := range orders {
		b.WriteString(orderLine(o))
	}
	return b.String()
}

// taken is what an import did: rows, all that was wrong with refused ones.
func taken(t *testing.T, s *intake.Service, imp *db.Import) string {
	t.Helper()
	refused, err := s.Quarantine(t.Context(), imp.ID, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%s %s %d+%d=%d", imp.Kind, imp.Format, imp.RowsInserted, imp.RowsUpdated, imp.RowsUnchanged)
	for _, r := range refused {
		text += fmt.Sprintf(" %d:%s@%s", r.LineNo, r.Code, r.Field)
		for _, f := range r.More {
			text += fmt.Sprintf(",%s@%s", f.Code, f.Field)
		}
	}
	return text
}

// someOrders are orders of people who buy again, of strangers, in other
// currencies, cancelled and shipped.
func someOrders(n int) []mall.Telling {
	orders := make([]mall.Telling, n)
	for i := range orders {
		o := teaOrder(fmt.Sprint("S-", i), fmt.Sprint("m-", i%7))
		o.Buyer.Mail = fmt.Sprintf("m%d@example.com", i%7)
		o.OrderedAt = ref(time.Now().UTC().Truncate(time.Second).AddDate(0, 0, -90+i%60))
		o.Lines[0].UnitPrice, o.Lines[0].Amount = int64(1000+i), int64(3*(1000+i))
		switch i % 5 {
		case 1:
			o.Status, o.ShippedAt = ref(mall.Shipped), ref(o.OrderedAt.AddDate(0, 0, 1))
		case 2:
			o.Status, o.Cancelled = ref(mall.Cancelled), ref(o.OrderedAt.AddDate(0, 0, 2))
		case 3:
			o.Buyer, o.Codes, o.Gift = mall.Buyer{}, []string{"AUTUMN"}, ref(true)
		case 4:
			o.Currency, o.Total, o.PointsUsed = ref("USD"), ref(int64(5000)), ref(int64(10))
		}
		orders[i] = o
	}
	return orders
}

// everyOrder is what there is of orders, lines, people, their figures and points,
// and what happened to them, without ids.
func everyOrder(t *testing.T, d *db.DB) []string {
	t.Helper()
	var rows []string
	err := d.NewRaw(`SELECT concat_ws(' ', 'order', o.order_no, o.kind, o.status, o.ordered_at, o.shipped_at, o.cancelled_at, o.currency, o.goods_amount, o.shipping_amount, o.fee_amount,
				o.tax_amount, o.tax_breakdown, o.shop_coupon, o.mall_coupon, o.points_used, o.total_amount, o.net_sales, net_sales(o, f), o.quantity, o.coupon_codes, o.gift,
				encode(o.content_hash, 'hex'), o.known_by, c.email, c.anonymous)
			FROM orders o JOIN customers c ON c.id = o.customer_id JOIN net_sales_definitions f ON f.state = 'IN_FORCE'
		UNION ALL SELECT concat_ws(' ', 'line', o.order_no, l.line_key, l.sku, l.name, l.option, l.unit_price, l.quantity, l.amount, l.tax_rate)
			FROM order_lines l JOIN orders o ON o.id = l.order_id AND o.customer_id = l.customer_id
		UNION ALL SELECT concat_ws(' ', 'customer', c.email, c.family_name, c.anonymous, s.orders_count, s.net_sales, a.available, a.pending, m.stage_id)
			FROM customers c JOIN customer_stats s ON s.customer_id = c.id LEFT JOIN point_accounts a ON a.customer_id = c.id LEFT JOIN member_stages m ON m.customer_id = c.id
		UNION ALL SELECT concat_ws(' ', 'event', e.kind, e.occurred_at, e.data) FROM events e WHERE e.kind LIKE 'order.%'
		ORDER BY 1`).Scan(t.Context(), &rows)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestOrdersOfAFileAreThoseOfAProgram: the same orders, told line by line in a
// file and by calls, come to the same, and so do their changes.
func TestOrdersOfAFileAreThoseOfAProgram(t *testing.T) {
	byFile, byCalls := newLoyal(t), newLoyal(t)
	orders := someOrders(60)
	members := ""
	for i := range 7 {
		members += fmt.Sprintf(`{"memberNo":"m-%d","profile":{"mail":"m%[1]d@example.com"},"joinedAt":"%s"}`+"\n", i, day(200))
	}
	p := &teller{byCalls.Service, t, byCalls.d, byCalls.site}
	later := []mall.Telling{
		{OrderNo: "S-0", Status: ref(mall.Shipped), ShippedAt: ref(time.Now().UTC().Truncate(time.Second).AddDate(0, 0, -1))},
		{OrderNo: "S-5", Lines: orders[5].Lines[:1], ShopCoupon: ref(int64(0))},
		{OrderNo: "S-3", Buyer: mall.Buyer{MemberID: "m-2"}},
		{OrderNo: "S-6", Status: ref(mall.Cancelled), Cancelled: ref(time.Now().UTC().Truncate(time.Second))},
		{OrderNo: "S-1", Status: ref(mall.Shipped)}, // as it stands
	}
	for _, l := range []*loyal{byFile, byCalls} {
		l.members(members)
	}
	for _, step := range []struct {
		what, want string
		orders     []mall.Telling
	}{
		{"new", "ORDERS ORDER_LINES 60+0=0", orders},
		{"again", "ORDERS ORDER_LINES 0+0=60", orders},
		{"changed", "ORDERS ORDER_LINES 0+4=1", later},
		{"changed, again", "ORDERS ORDER_LINES 0+0=5", later},
	} {
		imp := byFile.members(ordersJSONL(step.orders...))
		if got := taken(t, byFile.Service, imp); got != step.want {
			t.Errorf("%s: %s, want %s", step.what, got, step.want)
		}
		p.tell(step.orders...)
		sameTold(t, step.what, everyOrder(t, byFile.d), everyOrder(t, byCalls.d))
	}
	rollupsEqualARecount(t, byFile.d)
	if rows := everyOrder(t, byFile.d); !slices.ContainsFunc(rows, func(row string) bool { return strings.Contains(row, "customer m0@example.com") }) {
		t.Errorf("nobody bought:\n%s", strings.Join(rows, "\n"))
	}
}

// TestFiguresAndUndoOfAFileOfOrders: what the file changed is again as it stood,
// and what it made is gone.
func TestFiguresAndUndoOfAFileOfOrders(t *testing.T) {
	l := newLoyal(t)
	orders := someOrders(30)
	l.members(ordersJSONL(orders[:20]...))
	before := everyOrder(t, l.d)
	changed := slices.Clone(orders)
	for i := range 10 {
		changed[i].Shipping = ref(int64(700))
	}
	imp := l.members(ordersJSONL(changed...))
	if got := taken(t, l.Service, imp); got != "ORDERS ORDER_LINES 10+10=10" {
		t.Errorf("taken in as %s", got)
	}
	if imp.OrdersCount != 24 || imp.CancellationsCount != 6 || imp.RowsWithoutCustomer != 6 || imp.CustomersCount != 7 || imp.QuantitySum != 120 {
		t.Errorf("%d orders, %d cancelled, %d without a buyer, of %d people, %d pieces", imp.OrdersCount, imp.CancellationsCount, imp.RowsWithoutCustomer, imp.CustomersCount, imp.QuantitySum)
	}
	preview, err := l.PreviewUndo(t.Context(), imp.ID)
	if err != nil || preview.Removed != 10 || preview.Restored != 10 || preview.Kept != 0 {
		t.Errorf("the preview says %+v, %v", preview, err)
	}
	rollupsEqualARecount(t, l.d)
	undo(t, l.Service, imp.ID)
	sameTold(t, "undone", everyOrder(t, l.d), before)
	if left := count(t, l.d, "SELECT count(*) FROM pg_tables WHERE tablename ~ '^import_[0-9]+_'"); left != 0 {
		t.Errorf("%d tables of stages are left", left)
	}
	rollupsEqualARecount(t, l.d)
}

// TestLinesOfOrdersThatAreWrong are held back by themselves, each with its line
// and all fields at fault.
func TestLinesOfOrdersThatAreWrong(t *testing.T) {
	p := newTeller(t, mall.OwnSite)
	good := func(no string) string { return strings.TrimSpace(orderLine(teaOrder(no, "m"))) }
	lines := []string{
		good("1"),
		`{"orderNo":"2","orderedAt":"2026-10-01T00:00:00Z","lines":[{"name":"茶","unitPrice":1}`,
		good("3") + " {}",
		strings.Replace(good("4"), `"shipping":300`, `"shipping":"300"`, 1),
		strings.Replace(good("5"), `"shipping":300`, `"shipping":99999999999999999999`, 1),
		strings.Replace(good("6"), `"shipping":300`, `"shipping":9000000000000000`, 1),
		strings.Replace(strings.Replace(good("7"), `"shipping":300,`, `"postage":300,`, 1), `"tax":400`, `"tax":1.5`, 1),
		strings.Replace(good("8"), `"unitPrice":1000`, `"unitPrise":1000`, 1),
		`{"orderNo":"9","orderedAt":"2026/10/01","status":"SOLD","lines":{}}`,
		`{"orderNo":"10","orderedAt":"2026-10-01T00:00:00Z","status":"SOLD","buyer":{"customerId":"x"},"lines":[{"name":"茶"}]}`,
		`{"orderNo":"11"}`,
		`{"status":"SHIPPED"}`,
		good("1"),
		`[1]`,
		strings.Replace(good("12"), `"familyName":"山田"`, `"familyName":"山\u0000田"`, 1),
		strings.Replace(good("13"), `"email":""`, `"email":"hanako@nowhere"`, 1),
		good("14"),
	}
	imp := take(t, p.Service, p.shop, nil, "\ufeff"+strings.Join(lines, "\r\n"))
	want := "ORDERS ORDER_LINES 2+0=0 2:BAD_JSON@ORDER JSON 3:BAD_JSON@ORDER JSON 4:BAD_VALUE@shipping 5:BAD_VALUE@shipping 6:OUT_OF_RANGE@shipping " +
		"7:UNKNOWN_FIELD@postage,BAD_VALUE@tax 8:UNKNOWN_FIELD@lines.0.unitPrise,REQUIRED@lines.0.unitPrice 9:BAD_VALUE@lines,BAD_DATE@orderedAt,UNKNOWN_STATUS@status " +
		"10:UNKNOWN_STATUS@status,INVALID_ID@buyer.customerId,REQUIRED@lines.0.unitPrice 11:REQUIRED@orderedAt,REQUIRED@lines " +
		"12:REQUIRED@orderNo,REQUIRED@orderedAt,REQUIRED@lines 13:REPEATED_ORDER@orderNo 14:BAD_VALUE@ORDER JSON 15:TOO_LONG@buyer.familyName 16:INVALID_EMAIL@buyer.email"
	if got := taken(t, p.Service, imp); got != want {
		t.Errorf("taken in as\n%s, want\n%s", got, want)
	}
	refused, err := p.Quarantine(t.Context(), imp.ID, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	details := map[int64]string{4: "1200", 6: "0 – 1000000000000", 9: "[…]", 13: "1", 15: "500"}
	for _, r := range refused {
		if said, ok := details[r.LineNo]; ok && r.Detail != said {
			t.Errorf("line %d says %q, want %q", r.LineNo, r.Detail, said)
		}
	}
	again := take(t, p.Service, p.shop, nil, strings.Join(lines, "\n"))
	if again.RowsUnchanged != 2 || again.RowsQuarantined != 15 {
		t.Errorf("again: %s", taken(t, p.Service, again))
	}
	onMall := newShop(t, p.db, "rakuten", mall.Rakuten)
	_, err = p.TakeFile(t.Context(), intake.File{Name: "orders.jsonl", Content: strings.NewReader(good("20")), ShopID: onMall.ID}, nil)
	if err == nil || !strings.Contains(err.Error(), "its own files") {
		t.Errorf("orders of a mall: %v", err)
	}
}

// TestTheSameOrderInTwoBatches is told once, whichever batch its lines stand in,
// and however often the file comes.
func TestTheSameOrderInTwoBatches(t *testing.T) {
	p := newTeller(t, mall.OwnSite)
	orders := someOrders(2_500)
	twice := teaOrder("S-1", "somebody else")
	file := ordersJSONL(append(orders, twice)...)
	for _, want := range []string{"ORDERS ORDER_LINES 2500+0=0 2501:REPEATED_ORDER@orderNo", "ORDERS ORDER_LINES 0+0=2500 2501:REPEATED_ORDER@orderNo"} {
		if got := taken(t, p.Service, take(t, p.Service, p.shop, nil, file)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestRefusedOrdersComeBackMended, are not told where somebody has told of them
// since, and go back into the quarantine with an undoing.
func TestRefusedOrdersComeBackMended(t *testing.T) {
	p := newTeller(t, mall.OwnSite)
	wrong := func(no string) string {
		return strings.Replace(orderLine(teaOrder(no, "m")), `"tax":400`, `"tax":"?"`, 1)
	}
	root := take(t, p.Service, p.shop, nil, orderLine(teaOrder("1", "m"))+wrong("2")+wrong("3")+wrong("4")+wrong("1"))
	if got := taken(t, p.Service, root); got != "ORDERS ORDER_LINES 1+0=0 2:BAD_VALUE@tax 3:BAD_VALUE@tax 4:BAD_VALUE@tax 5:BAD_VALUE@tax,REPEATED_ORDER@orderNo" {
		t.Fatal(got)
	}
	newer := teaOrder("3", "m")
	newer.Shipping = ref(int64(900))
	take(t, p.Service, p.shop, nil, orderLine(newer))
	newer.OrderNo = "4"
	p.tell(newer)
	before := everyOrder(t, p.db)
	file := strings.ReplaceAll(download(t, p.Service, root.ID), `""tax"":""?""`, `""tax"":400`)
	m := mend(t, p.Service, root.ID, file)
	if got := taken(t, p.Service, m); got != "ORDERS ORDER_LINES 1+0=2" || find(t, p.Service, root.ID).RowsMended != 3 {
		t.Errorf("mended: %s, %d rows", got, find(t, p.Service, root.ID).RowsMended)
	}
	if got := taken(t, p.Service, find(t, p.Service, root.ID)); got != "ORDERS ORDER_LINES 1+0=0 5:REPEATED_ORDER@orderNo" {
		t.Errorf("left in the quarantine: %s", got)
	}
	if got := p.stands("2"); !strings.Contains(got, "tax 400") {
		t.Error(got)
	}
	for _, no := range []string{"3", "4"} {
		if got := p.stands(no); !strings.Contains(got, "total 5900") {
			t.Errorf("what was told since is lost: %s", got)
		}
	}
	undo(t, p.Service, m.ID)
	sameTold(t, "the mend undone", everyOrder(t, p.db), before)
	if root = find(t, p.Service, root.ID); root.RowsMended != 2 {
		t.Errorf("%d rows are still mended, want those of which nothing came", root.RowsMended)
	}
}

// TestTheFileTellsWhatItIs: by its first line that does, whatever encoding it has.
func TestTheFileTellsWhatItIs(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{People: customer.New(d, nil, nil)})
	for content, want := range map[string]string{
		orderLine(teaOrder("1", "m")):                                "ORDER_LINES",
		"\ufeff\n  " + orderLine(teaOrder("1", "m")):                 "ORDER_LINES",
		"{\n" + orderLine(teaOrder("1", "m")):                        "ORDER_LINES",
		orderLine(manyTeas("1")):                                     "ORDER_LINES",
		`{"memberNo":"1","profile":{"familyName":"\"orderNo\""}}`:    "MEMBERS",
		`{"kind":"VIEW","occurredAt":"","properties":{"orderNo":1}}`: "EVENT_LINES",
	} {
		up, err := s.Upload(t.Context(), "x.jsonl", strings.NewReader(content), 0)
		if err != nil {
			t.Fatal(err)
		}
		if in, err := s.Inspect(t.Context(), up.ID); err != nil || in.Format != want {
			t.Errorf("%q is %+v, %v, want %s", content, in, err, want)
		}
	}
}

// TestAFileOfOrdersGoesOnWhereItStopped: killed in the middle, or stopped by staff
// and left for days, it ends with the rows and figures of one that nobody
// disturbed, and still knows which orders it has told.
func TestAFileOfOrdersGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	orders := someOrders(6_000)
	broken := strings.Replace(orderLine(teaOrder("X", "m")), `"tax":400`, `"tax":"?"`, 1)
	file := ordersJSONL(orders[:3_000]...) + broken + ordersJSONL(orders[3_000:]...) + orderLine(teaOrder("S-1", "somebody else"))
	figures := func(t *testing.T, s *intake.Service, i *db.Import) string {
		return taken(t, s, i) + fmt.Sprint(" ", i.OrdersCount, i.CancellationsCount, i.CustomersCount, i.QuantitySum, i.RowsWithoutCustomer, i.OrdersAdded, i.CustomersAdded)
	}
	calm := newTeller(t, mall.OwnSite)
	want := figures(t, calm.Service, take(t, calm.Service, calm.shop, nil, file))
	if !strings.HasPrefix(want, "ORDERS ORDER_LINES 6000+0=0 3001:BAD_VALUE@tax 6002:REPEATED_ORDER@orderNo ") {
		t.Fatal(want)
	}
	for name, disturb := range map[string]func(t *testing.T, p *teller, id int64){
		"killed": func(t *testing.T, p *teller, _ int64) {
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childDSN+"="+dbtest.DSN(t, p.db), childWorks+"=1")
			child.Stderr = os.Stderr
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			waitFor(t, p.db, "told of orders", func(i *db.Import) bool { return i.RowsInserted > 0 })
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = child.Wait()
			if _, err := p.db.Exec("UPDATE imports SET lease_until = now() - interval '1 second'"); err != nil { // as time would
				t.Fatal(err)
			}
		},
		"stopped": func(t *testing.T, p *teller, id int64) {
			working := make(chan error, 1)
			go func() { working <- p.Work(context.WithoutCancel(t.Context())) }()
			waitFor(t, p.db, "told of orders", func(i *db.Import) bool { return i.RowsInserted > 0 })
			if _, err := p.Stop(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			if err := <-working; err != nil {
				t.Fatal(err)
			}
			if _, err := p.db.Exec("UPDATE imports SET created_at = now() - interval '2 days', started_at = now() - interval '2 days'"); err != nil { // as time would
				t.Fatal(err)
			}
			if err := p.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Resume(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newTeller(t, mall.OwnSite)
			up, err := p.Upload(t.Context(), "orders.jsonl", strings.NewReader(file), 0)
			if err != nil {
				t.Fatal(err)
			}
			imp, err := p.Start(t.Context(), "", intake.Order{UploadID: up.ID, ShopID: p.shop})
			if err != nil {
				t.Fatal(err)
			}
			disturb(t, p, imp.ID)
			if half := find(t, p.Service, imp.ID); half.RowsInserted == 0 || half.RowsInserted == 6_000 {
				t.Fatalf("it was disturbed too early or too late: %d rows", half.RowsInserted)
			}
			if err := p.Work(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := figures(t, p.Service, find(t, p.Service, imp.ID)); got != want {
				t.Errorf("%s, want %s", got, want)
			}
			sameTold(t, name, everyOrder(t, p.db), everyOrder(t, calm.db))
			rollupsEqualARecount(t, p.db)
		})
	}
}

// manyTeas is an order of as many lines as there may be, with long names.
func manyTeas(no string) mall.Telling {
	o := teaOrder(no, "m")
	o.Lines = nil
	for i := range 500 {
		o.Lines = append(o.Lines, mall.Line{SKU: fmt.Sprint("TEA-", i), Name: strings.Repeat("煎茶", 60), UnitPrice: 1000, Quantity: 1, Amount: 1000, TaxRate: 800})
	}
	return o
}

// TestLongLinesMakeSmallBatches: what is held in memory at once is bounded by
// bytes, however many orders they are.
func TestLongLinesMakeSmallBatches(t *testing.T) {
	d := dbtest.New(t)
	var seen []int64
	s := newService(d, intake.Hooks{Ledger: hook(func(ctx context.Context) error {
		var committed int64
		err := d.NewRaw("SELECT rows_inserted FROM imports").Scan(ctx, &committed)
		seen = append(seen, committed)
		return err
	})})
	orders := make([]mall.Telling, 60)
	for i := range orders {
		orders[i] = manyTeas(fmt.Sprint("L-", i))
	}
	file := ordersJSONL(orders...)
	imp := take(t, s, newShop(t, d, "own", mall.OwnSite).ID, nil, file)
	if got := taken(t, s, imp); got != "ORDERS ORDER_LINES 60+0=0" {
		t.Error(got)
	}
	if len(seen) < 2 {
		t.Fatal("all came in one batch")
	}
	most := int64(8<<20/(len(file)/len(orders)) + 1)
	for i, committed := range append(seen[1:], imp.RowsInserted) {
		if got := committed - seen[i]; got > most {
			t.Errorf("batch %d has %d orders, want at most %d", i+1, got, most)
		}
	}
}
