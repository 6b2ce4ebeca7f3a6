package intake_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// teller is a program that tells orders of a shop.
type teller struct {
	*intake.Service
	t    *testing.T
	db   *db.DB
	shop int64
}

func newTeller(t *testing.T, m mall.Mall) *teller {
	t.Helper()
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{People: customer.New(d, clock.System{}, nil)})
	return &teller{s, t, d, newShop(t, d, strings.ToLower(string(m)), m).ID}
}

func (p *teller) try(orders ...mall.Telling) (told []intake.Told, err error) {
	ctx := p.t.Context()
	if err := p.ReadyFor(ctx, orders); err != nil {
		return nil, err
	}
	for again := true; again; again = errors.Is(err, customer.ErrRace) {
		err = db.RunInTx(ctx, p.db, func(ctx context.Context, tx db.Tx) (err error) {
			told, err = p.Tell(ctx, tx, p.shop, orders)
			return err
		})
	}
	return told, err
}

// tell tells orders, and answers with outcomes and what was wrong.
func (p *teller) tell(orders ...mall.Telling) string {
	p.t.Helper()
	told, err := p.try(orders...)
	if err != nil {
		p.t.Fatal(err)
	}
	var words []string
	for _, o := range told {
		words = append(words, string(o.Outcome))
		for _, f := range o.Faults {
			words = append(words, f.CodeOrKind()+"@"+f.Field)
		}
	}
	return strings.Join(words, " ")
}

func (p *teller) back(no string, lines ...intake.ReturnedLine) string {
	p.t.Helper()
	var told intake.Told
	err := db.RunInTx(p.t.Context(), p.db, func(ctx context.Context, tx db.Tx) (err error) {
		told, err = p.ReturnLines(ctx, tx, p.shop, intake.Return{OrderNo: no, Lines: lines})
		return err
	})
	var f *fault.Error
	if errors.As(err, &f) {
		return f.CodeOrKind() + "@" + f.Field
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return string(told.Outcome)
}

// stands is an order as the database has it.
func (p *teller) stands(no string) string {
	p.t.Helper()
	var got string
	err := p.db.NewRaw(`SELECT o.status || ' goods ' || o.goods_amount || ' net ' || o.net_sales || ' total ' || o.total_amount || ' coupon ' || o.shop_coupon || ' tax ' || o.tax_amount
			|| ' of ' || CASE WHEN c.anonymous THEN 'a stranger' ELSE coalesce(c.family_name, '') END || CASE WHEN o.known_by IS NULL THEN '' ELSE ', known' END
			|| coalesce((SELECT string_agg(' [' || l.line_key || ' ' || l.sku || ' ' || l.quantity || ' ' || l.amount || ']', '' ORDER BY l.line_key) FROM order_lines l WHERE l.customer_id = o.customer_id AND l.order_id = o.id), '')
		FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.shop_id = ? AND o.order_no = ?`, p.shop, no).Scan(p.t.Context(), &got)
	if err != nil {
		p.t.Fatalf("%s: %v", no, err)
	}
	return got
}

func ref[T any](v T) *T { return &v }

func teaOrder(no, member string) mall.Telling {
	return mall.Telling{
		OrderNo: no, OrderedAt: ref(time.Date(2026, 10, 1, 3, 0, 0, 0, time.UTC)), ShopCoupon: ref(int64(500)), Shipping: ref(int64(300)), Tax: ref(int64(400)),
		Buyer: mall.Buyer{MemberID: member, FamilyName: "山田"},
		Lines: []mall.Line{{SKU: "TEA", Name: "煎茶", UnitPrice: 1000, Quantity: 3, Amount: 3000, TaxRate: 800}, {SKU: "CUP", Name: "湯呑", UnitPrice: 2000, Quantity: 1, Amount: 2000, TaxRate: -1}},
	}
}

func TestAProgramTellsOrders(t *testing.T) {
	p := newTeller(t, mall.OwnSite)
	lines := " [1 TEA 3 3000] [2 CUP 1 2000]"
	shipped, placed := mall.Telling{OrderNo: "A-1", Status: ref(mall.Shipped), ShippedAt: ref(time.Date(2026, 10, 2, 0, 0, 0, 0, time.UTC))}, teaOrder("A-1", "m-1")
	stranger := teaOrder("A-2", "")
	stranger.Buyer = mall.Buyer{}
	fewer := mall.Telling{OrderNo: "A-2", Lines: placed.Lines[:1], ShopCoupon: ref(int64(0))}
	for _, step := range []struct {
		what    string
		order   mall.Telling
		outcome string
		stands  string
	}{
		{"a new one", placed, "CREATED", "PLACED goods 5000 net 4500 total 5300 coupon 500 tax 400 of 山田, known" + lines},
		{"the same", placed, "UNCHANGED", "PLACED goods 5000 net 4500 total 5300 coupon 500 tax 400 of 山田, known" + lines},
		{"shipped, and nothing else", shipped, "UPDATED", "SHIPPED goods 5000 net 4500 total 5300 coupon 500 tax 400 of 山田, known" + lines},
		{"shipped again", shipped, "UNCHANGED", "SHIPPED goods 5000 net 4500 total 5300 coupon 500 tax 400 of 山田, known" + lines},
		{"cancelled", mall.Telling{OrderNo: "A-1", Status: ref(mall.Cancelled)}, "UPDATED", "CANCELLED goods 5000 net 0 total 5300 coupon 500 tax 400 of 山田, known" + lines},
		{"one of a stranger", stranger, "CREATED", "PLACED goods 5000 net 4500 total 5300 coupon 500 tax 400 of a stranger" + lines},
		{"fewer lines, another coupon", fewer, "UPDATED", "PLACED goods 3000 net 3000 total 3300 coupon 0 tax 400 of a stranger [1 TEA 3 3000]"},
		{"named at last", mall.Telling{OrderNo: " A-2 ", Buyer: mall.Buyer{MemberID: "m-1"}}, "UPDATED", "PLACED goods 3000 net 3000 total 3300 coupon 0 tax 400 of 山田, known [1 TEA 3 3000]"},
	} {
		if got := p.tell(step.order); got != step.outcome {
			t.Errorf("%s: %s, want %s", step.what, got, step.outcome)
		}
		if got := p.stands(strings.TrimSpace(step.order.OrderNo)); got != step.stands {
			t.Errorf("%s:\n got %s\nwant %s", step.what, got, step.stands)
		}
	}
	var who int64
	if err := p.db.NewRaw("SELECT customer_id FROM identity_keys WHERE kind = 'MEMBER_ID' AND value = 'm-1'").Scan(t.Context(), &who); err != nil {
		t.Fatal(err)
	}
	byID := teaOrder("A-3", "")
	byID.CustomerID = who
	if got := p.tell(byID); got != "CREATED" {
		t.Error(got)
	}
	var events []string
	if err := p.db.NewRaw("SELECT kind || ' ' || (data->>'orderNo') FROM events WHERE kind LIKE 'order.%' ORDER BY 1").Scan(t.Context(), &events); err != nil {
		t.Fatal(err)
	}
	if want := []string{"order.cancelled A-1", "order.placed A-1", "order.placed A-2", "order.placed A-2", "order.placed A-3", "order.shipped A-1"}; !slices.Equal(events, want) {
		t.Errorf("events %q, want %q", events, want)
	}
	rollupsEqualARecount(t, p.db)
}

func TestOrdersThatAreWrongAreRefusedByThemselves(t *testing.T) {
	p := newTeller(t, mall.Store)
	for what, c := range map[string]struct {
		change func(*mall.Telling)
		want   string
	}{
		"no number":              {func(o *mall.Telling) { o.OrderNo = " " }, "REQUIRED@orderNo"},
		"no lines":               {func(o *mall.Telling) { o.Lines = nil }, "REQUIRED@lines"},
		"no time":                {func(o *mall.Telling) { o.OrderedAt = nil }, "REQUIRED@orderedAt"},
		"in the future":          {func(o *mall.Telling) { o.OrderedAt = ref(time.Now().AddDate(0, 0, 3)) }, "OUT_OF_RANGE@orderedAt"},
		"none of a thing":        {func(o *mall.Telling) { o.Lines[1].Quantity = 0 }, "OUT_OF_RANGE@lines.1.quantity"},
		"less than nothing":      {func(o *mall.Telling) { o.Lines[0].UnitPrice = -1 }, "OUT_OF_RANGE@lines.0.unitPrice"},
		"a line without a name":  {func(o *mall.Telling) { o.Lines[0].SKU, o.Lines[0].Name = "", "" }, "REQUIRED@lines.0.name"},
		"two lines with one key": {func(o *mall.Telling) { o.Lines[0].Key, o.Lines[1].Key = "x", "x" }, "REPEATED@lines.1.lineKey"},
		"a place that is a key":  {func(o *mall.Telling) { o.Lines[0].Key = "2" }, "REPEATED@lines.1.lineKey"},
		"no currency":            {func(o *mall.Telling) { o.Currency = ref("YEN") }, "CURRENCY_UNKNOWN@currency"},
		"no mail address":        {func(o *mall.Telling) { o.Buyer.Mail = "hanako@nowhere" }, "INVALID_EMAIL@buyer.email"},
		"cancelled and not":      {func(o *mall.Telling) { o.Cancelled = o.OrderedAt }, "NOT_CANCELLED@cancelledAt"},
		"a stranger's id":        {func(o *mall.Telling) { o.CustomerID = 987654 }, "CUSTOMER_UNKNOWN@buyer.customerId"},
		"two things":             {func(o *mall.Telling) { o.ShopCoupon, o.Codes = ref(int64(-1)), []string{""} }, "OUT_OF_RANGE@shopCoupon REQUIRED@couponCodes.0"},
	} {
		wrong, right := teaOrder("W", "m"), teaOrder("R "+what, "m")
		c.change(&wrong)
		if got := p.tell(wrong, right); got != "REFUSED "+c.want+" CREATED" {
			t.Errorf("%s: %s", what, got)
		}
	}
	if got := p.tell(teaOrder("T", "m"), teaOrder("T", "m")); got != "CREATED REFUSED REPEATED@orderNo" {
		t.Errorf("twice: %s", got)
	}
	if n, err := p.db.NewSelect().Table("orders").Where("order_no = 'W'").Count(t.Context()); n != 0 || err != nil {
		t.Errorf("%d refused orders are there, %v", n, err)
	}
	onMall := newTeller(t, mall.Rakuten)
	var f *fault.Error
	if _, err := onMall.try(teaOrder("R", "m")); !errors.As(err, &f) || f.Code != "MALL_TELLS_ITSELF" {
		t.Errorf("an order of a mall: %v", err)
	}
}

func TestGoodsComeBack(t *testing.T) {
	p := newTeller(t, mall.OwnSite)
	two := teaOrder("B-2", "m-1")
	two.Lines[1].SKU = "TEA"
	if got := p.tell(teaOrder("B-1", "m-1"), two); got != "CREATED CREATED" {
		t.Fatal(got)
	}
	tea := func(n int64) intake.ReturnedLine { return intake.ReturnedLine{SKU: "TEA", Quantity: n} }
	for _, step := range []struct {
		what    string
		no      string
		lines   []intake.ReturnedLine
		outcome string
		stands  string
	}{
		{"one of three", "B-1", []intake.ReturnedLine{tea(1)}, "UPDATED", "PLACED goods 4000 net 3500 total 4300 coupon 500 tax 320 of 山田, known [1 TEA 2 2000] [2 CUP 1 2000]"},
		{"more than there are", "B-1", []intake.ReturnedLine{tea(3)}, "RETURNED_TOO_MUCH@lines.0.quantity", ""},
		{"twice what is left", "B-1", []intake.ReturnedLine{tea(1), tea(2)}, "RETURNED_TOO_MUCH@lines.1.quantity", ""},
		{"of no such line", "B-1", []intake.ReturnedLine{{Key: "9", Quantity: 1}}, "LINE_UNKNOWN@lines.0", ""},
		{"none", "B-1", []intake.ReturnedLine{{Key: "1"}}, "OUT_OF_RANGE@lines.0.quantity", ""},
		{"nothing at all", "B-1", nil, "REQUIRED@lines", ""},
		{"of no such order", "B-9", []intake.ReturnedLine{tea(1)}, "ORDER_UNKNOWN@orderNo", ""},
		{"which of the two", "B-2", []intake.ReturnedLine{tea(1)}, "LINE_AMBIGUOUS@lines.0.sku", ""},
		{"a line as a whole", "B-1", []intake.ReturnedLine{{Key: "2", Quantity: 1}}, "UPDATED", "PLACED goods 2000 net 1500 total 2300 coupon 500 tax 160 of 山田, known [1 TEA 2 2000]"},
		{"the rest", "B-1", []intake.ReturnedLine{tea(2)}, "UPDATED", "CANCELLED goods 2000 net 0 total 2300 coupon 500 tax 160 of 山田, known [1 TEA 2 2000]"},
		{"after the rest", "B-1", []intake.ReturnedLine{tea(1)}, "ORDER_CANCELLED@orderNo", ""},
	} {
		if got := p.back(step.no, step.lines...); got != step.outcome {
			t.Errorf("%s: %s, want %s", step.what, got, step.outcome)
		}
		if step.stands != "" && p.stands(step.no) != step.stands {
			t.Errorf("%s:\n got %s\nwant %s", step.what, p.stands(step.no), step.stands)
		}
	}
	var returned []string
	if err := p.db.NewRaw("SELECT data->>'goods' FROM events WHERE kind = 'order.returned' ORDER BY id").Scan(t.Context(), &returned); err != nil {
		t.Fatal(err)
	}
	if want := []string{"-1000", "-2000", "-2000"}; !slices.Equal(returned, want) {
		t.Errorf("came back %q, want %q", returned, want)
	}
	rollupsEqualARecount(t, p.db)
}

// Programs that tell the same people and orders at once make each of them once.
func TestProgramsTellTheSameAtOnce(t *testing.T) {
	p := newTeller(t, mall.Store)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			var orders []mall.Telling
			for n := range 20 {
				n = (n*7 + i) % 20 // each in an order of his own
				orders = append(orders, teaOrder(fmt.Sprint("C-", n), fmt.Sprint("m-", n%5)))
			}
			if _, err := p.try(orders...); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	var orders, people int
	err := p.db.NewRaw("SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM customers WHERE NOT anonymous)").Scan(t.Context(), &orders, &people)
	if err != nil || orders != 20 || people != 5 {
		t.Errorf("%d orders of %d people, %v; want 20 of 5", orders, people, err)
	}
	rollupsEqualARecount(t, p.db)
}
