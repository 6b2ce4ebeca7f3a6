package points

import (
	"context"
	"testing"

	"github.com/meguri-crm/meguri/db"
)

// What is told before is what is booked after, and by the rules of then for good.
func TestPreview(t *testing.T) {
	l := newLedger(t)
	ctx := context.Background()
	c := l.member()
	l.exec(`INSERT INTO products (sku, category, seen_at) VALUES ('tea', 'drinks', now())`)
	twice := l.rule(times(0, 20_000, Conditions{Categories: []string{"drinks"}}))
	sundays := l.rule(times(0, 30_000, Conditions{Weekdays: []int{0}})) // 1 April is a Wednesday
	made, err := l.Preview(ctx, PreviewRequest{CustomerID: c, ShopID: l.shop, Currency: "JPY", At: l.clock.Now(), Purchase: Purchase{
		Lines: []Line{{SKU: "tea", Quantity: 1, Amount: 3000}, {SKU: "cup", Quantity: 1, Amount: 1000}},
	}})
	must(t, err)
	if made.Total != 70 || len(made.Not) != 1 || made.Not[0].Rule != sundays.ID || made.Not[0].Why != WrongWeekday || made.UsableAt != nil {
		t.Errorf("made up: %+v", made)
	}
	o := l.order("A-1", placed{customer: c, goods: 4000})
	l.line(o, c, "tea", 3000)
	l.line(o, c, "cup", 1000)
	before, err := l.Preview(ctx, PreviewRequest{OrderID: o})
	must(t, err)
	l.settle(o)
	l.want(c, 0, before.Total, 0, 0)
	twice.Multiplier = 100_000
	_, err = Desk{l.Service}.UpdateRule(ctx, twice)
	must(t, err)
	after, err := l.Preview(ctx, PreviewRequest{OrderID: o})
	must(t, err)
	if before.Earned || !after.Earned {
		t.Errorf("before earned: %v, after: %v", before.Earned, after.Earned)
	}
	if before.Total != 70 || after.Total != 70 {
		t.Errorf("before %d, after the rule changed %d, want 70", before.Total, after.Total)
	}
	guest := l.id(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
	strange, err := l.Preview(ctx, PreviewRequest{OrderID: l.order("G-1", placed{customer: guest, goods: 100})})
	must(t, err)
	if strange.Total != 0 || strange.Nothing != NotAMember {
		t.Errorf("a guest's: %+v", strange)
	}
	if _, err := l.Preview(ctx, PreviewRequest{OrderID: 999_999}); codeOf(err) != "NOT_FOUND" {
		t.Errorf("no order: %v", err)
	}
}

// An order is found by its number, as staff knows it.
func TestPreviewByNumber(t *testing.T) {
	l := newLedger(t)
	ctx := context.Background()
	c := l.member()
	other := l.id(`INSERT INTO shops (code, name, mall) VALUES ('r', 'r', 'RAKUTEN') RETURNING id`)
	o := l.order("A-1", placed{customer: c, goods: 4000})
	number := func(order, shop int64) {
		l.exec(`INSERT INTO order_keys (shop_id, order_no, customer_id, order_id) VALUES ($1, 'A-1', $2, $3) ON CONFLICT DO NOTHING`, shop, c, order)
	}
	number(o, l.shop)
	found, err := l.Preview(ctx, PreviewRequest{OrderNo: "A-1"})
	must(t, err)
	byID, err := l.Preview(ctx, PreviewRequest{OrderID: o})
	must(t, err)
	if found.Total != 40 || found.Total != byID.Total {
		t.Errorf("by its number it earns %d, by its id %d", found.Total, byID.Total)
	}
	number(l.order("A-1b", placed{customer: c, goods: 9000}), other)
	if _, err := l.Preview(ctx, PreviewRequest{OrderNo: "A-1"}); codeOf(err) != "SEVERAL_SHOPS" {
		t.Errorf("of two shops: %v", err)
	}
	for shop, want := range map[int64]int64{l.shop: 40, other: 90} {
		if p, err := l.Preview(ctx, PreviewRequest{OrderNo: "A-1", ShopID: shop}); err != nil || p.Total != want {
			t.Errorf("of shop %d: %d, %v; want %d", shop, p.Total, err, want)
		}
	}
	if _, err := l.Preview(ctx, PreviewRequest{OrderNo: "A-2"}); codeOf(err) != "NOT_FOUND" {
		t.Errorf("of nobody: %v", err)
	}
}

func TestAward(t *testing.T) {
	l := newLedger(t)
	ctx := context.Background()
	c := l.member()
	rakuten := l.id(`INSERT INTO shops (code, name, mall) VALUES ('r', 'r', 'RAKUTEN') RETURNING id`)
	review := l.rule(capped(EarnRule{Kind: EarnAction, Action: ActionReview, Points: 60}, Caps{Day: 100}))
	act := func(ref string, shop int64) (Receipt, Breakdown, error) {
		return l.Award(ctx, nil, Act{CustomerID: c, Action: ActionReview, Ref: ref, ShopID: shop})
	}
	if _, _, err := act("1", rakuten); codeOf(err) != "REVIEW_ON_A_MALL" {
		t.Errorf("a review on a mall: %v", err)
	}
	_, _, err := act("1", l.shop)
	must(t, err)
	again, _, err := act("1", l.shop)
	must(t, err)
	if !again.Replayed {
		t.Error("the same review is awarded twice")
	}
	_, b, err := act("2", l.shop)
	must(t, err)
	if b.Total != 40 {
		t.Errorf("the second review of a day gives %d, want the 40 that are left", b.Total)
	}
	_, b, err = act("3", l.shop)
	must(t, err)
	if b.Total != 0 || b.Not[0].Why != UsedUp {
		t.Errorf("the third: %+v", b)
	}
	l.want(c, 100, 0, 0, 0)
	if got := l.given(review.ID); got != 100 {
		t.Errorf("given %d, want 100", got)
	}
	if rc, b, err := l.Award(ctx, nil, Act{CustomerID: c, Action: ActionSurvey, Ref: "1"}); err != nil || b.Total != 0 || rc.Booking.ID != 0 {
		t.Errorf("an action without a rule: %+v, %+v, %v", rc, b, err)
	}
}

// Budgets hold also when a transaction that gives fails afterwards.
func TestAFailedGrantUsesNothingUp(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	all := l.rule(capped(bonus(0, 70, PerOrder, Conditions{}), Caps{Total: 100}))
	o := l.order("A-1", placed{customer: c, goods: 100})
	_ = db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error {
		must(t, l.SettleOrders(ctx, tx, []int64{o}))
		return context.Canceled
	})
	if got := l.given(all.ID); got != 0 {
		t.Errorf("given %d", got)
	}
	l.settle(o)
	l.want(c, 0, 71, 0, 0)
}
