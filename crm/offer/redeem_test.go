package offer_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/db"
)

// till is a shop of the merchant's own with a program at it.
type till struct {
	*offer.Service
	t               *testing.T
	ctx             context.Context
	shop, rakuten   int64
	member, another int64
	guest           int64
}

func newTill(t *testing.T) *till {
	t.Helper()
	s := service(t)
	p := &till{Service: s, t: t, ctx: access.As(t.Context(), access.Principal{Kind: access.ActorClient, ID: 1})}
	p.shop = p.id("INSERT INTO shops (code, name, mall) VALUES ('t', '本店', 'STORE') RETURNING id")
	p.rakuten = p.id("INSERT INTO shops (code, name, mall) VALUES ('r', '楽天', 'RAKUTEN') RETURNING id")
	p.member = p.id("INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'APP') RETURNING id")
	p.another = p.id("INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'APP') RETURNING id")
	p.guest = p.id("INSERT INTO customers DEFAULT VALUES RETURNING id")
	return p
}

func (p *till) id(sql string, args ...any) (id int64) {
	p.t.Helper()
	if err := p.DB.NewRaw(sql, args...).Scan(p.t.Context(), &id); err != nil {
		p.t.Fatal(err)
	}
	return id
}

func (p *till) offer(change func(*offer.Draft)) int64 {
	p.t.Helper()
	d := offer.Draft{Name: "500円引き", Mall: "STORE", Kind: offer.CouponAmount, Value: 500, Proof: offer.NoProof, StartsAt: today, EndsAt: today.AddDate(0, 1, 0)}
	change(&d)
	return create(p.t, p.Service, d).ID
}

func (p *till) redeem(c offer.Claim) error {
	return db.RunInTx(p.ctx, p.DB, func(ctx context.Context, tx db.Tx) error { _, err := p.Redeem(ctx, tx, c); return err })
}

func (p *till) unredeem(customer, id int64, reason string) error {
	return db.RunInTx(p.ctx, p.DB, func(ctx context.Context, tx db.Tx) error { return p.Unredeem(ctx, tx, customer, id, reason) })
}

// check is "usable -discount with code", or why not.
func (p *till) check(c offer.Claim) string {
	p.t.Helper()
	v, err := p.Check(p.t.Context(), c)
	if err != nil {
		return string(fault.KindOf(err))
	}
	if v.Refusal != nil {
		return v.Refusal.Code
	}
	return fmt.Sprintf("usable -%d %s", v.Discount, v.Code)
}

func TestATillAsksWhetherAnOfferMayBeUsed(t *testing.T) {
	p := newTill(t)
	nobody := func(*offer.Draft) {}
	forAll := p.offer(nobody)
	shared := p.offer(func(d *offer.Draft) {
		d.Kind, d.Value, d.Proof, d.SharedCode = offer.CouponRate, 1550, offer.SharedCode, "SPRING"
	})
	coming := p.offer(func(d *offer.Draft) { d.StartsAt = today.AddDate(0, 0, 1) })
	over := p.offer(func(d *offer.Draft) { d.StartsAt, d.EndsAt = today.AddDate(0, -2, 0), today.AddDate(0, -1, 0) })
	mine := p.offer(func(d *offer.Draft) { d.Members.On = true })
	onRakuten := p.offer(func(d *offer.Draft) { d.Mall = "RAKUTEN" })
	pooled := p.offer(func(d *offer.Draft) { d.Proof, d.Members.On = offer.CodePool, true })
	high := p.id("SELECT id FROM stages WHERE archived_at IS NULL ORDER BY position DESC LIMIT 1")
	gold := p.offer(func(d *offer.Draft) { d.Members = offer.Members{On: true, MinStage: &high} })
	gone := p.offer(nobody)
	if _, err := p.Archive(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	if _, err := p.AddCodes(t.Context(), pooled, []string{"P1", "P2"}); err != nil {
		t.Fatal(err)
	}
	for _, who := range []int64{p.member, p.another} {
		if _, err := p.IssueTo(t.Context(), who, pooled); err != nil {
			t.Fatal(err)
		}
	}
	code := func(who int64) (code string) {
		if err := p.DB.NewRaw("SELECT code FROM offer_codes WHERE offer_id = ? AND customer_id = ?", pooled, who).Scan(t.Context(), &code); err != nil {
			t.Fatal(err)
		}
		return code
	}
	for what, c := range map[string]struct {
		claim offer.Claim
		want  string
	}{
		"one for everybody":           {offer.Claim{CustomerID: p.guest, OfferID: forAll, Amount: 3000}, "usable -500 "},
		"more than the purchase":      {offer.Claim{CustomerID: p.guest, OfferID: forAll, Amount: 300}, "usable -300 "},
		"a shared code":               {offer.Claim{CustomerID: p.guest, Code: " SPRING ", Amount: 999}, "usable -154 SPRING"},
		"by its id":                   {offer.Claim{CustomerID: p.guest, OfferID: shared, Amount: 999}, "usable -154 SPRING"},
		"a code of another offer":     {offer.Claim{CustomerID: p.guest, OfferID: forAll, Code: "SPRING"}, "OFFER_UNKNOWN"},
		"no such code":                {offer.Claim{CustomerID: p.guest, Code: "NONE"}, "OFFER_UNKNOWN"},
		"an archived one":             {offer.Claim{CustomerID: p.guest, OfferID: gone}, "OFFER_UNKNOWN"},
		"one to come":                 {offer.Claim{CustomerID: p.guest, OfferID: coming}, "OFFER_NOT_BEGUN"},
		"one that is over":            {offer.Claim{CustomerID: p.guest, OfferID: over}, "OFFER_OVER"},
		"one of a mall":               {offer.Claim{CustomerID: p.guest, OfferID: onRakuten}, "OFFER_ELSEWHERE"},
		"one of a mall, on it":        {offer.Claim{CustomerID: p.guest, OfferID: onRakuten, ShopID: p.rakuten}, "OFFER_ELSEWHERE"},
		"of members, by a guest":      {offer.Claim{CustomerID: p.guest, OfferID: mine}, "NOT_A_MEMBER"},
		"of members, not taken":       {offer.Claim{CustomerID: p.member, OfferID: mine}, "OFFER_NOT_ISSUED"},
		"of a higher stage":           {offer.Claim{CustomerID: p.member, OfferID: gold}, "STAGE_TOO_LOW"},
		"his own code":                {offer.Claim{CustomerID: p.member, Code: code(p.member), Amount: 700}, "usable -500 " + code(p.member)},
		"his own code, not shown":     {offer.Claim{CustomerID: p.member, OfferID: pooled, Amount: 700}, "usable -500 " + code(p.member)},
		"another's code":              {offer.Claim{CustomerID: p.member, Code: code(p.another)}, "OFFER_OF_ANOTHER"},
		"neither an offer nor a code": {offer.Claim{CustomerID: p.guest}, "INVALID"},
		"less than nothing":           {offer.Claim{CustomerID: p.guest, OfferID: forAll, Amount: -1}, "INVALID"},
		"at no shop":                  {offer.Claim{CustomerID: p.guest, OfferID: forAll, ShopID: -1}, "NOT_FOUND"},
	} {
		if c.claim.ShopID == 0 {
			c.claim.ShopID = p.shop
		}
		if got := p.check(c.claim); got != c.want {
			t.Errorf("%s: %s, want %s", what, got, c.want)
		}
	}
}

func TestAnOfferIsRedeemedOnceAndGivenBack(t *testing.T) {
	p := newTill(t)
	pooled := p.offer(func(d *offer.Draft) { d.Proof, d.Members.On = offer.CodePool, true })
	if _, err := p.AddCodes(t.Context(), pooled, []string{"P1", "P2"}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.IssueTo(t.Context(), p.member, pooled); err != nil {
		t.Fatal(err)
	}
	claim := offer.Claim{CustomerID: p.member, OfferID: pooled, ShopID: p.shop, Amount: 3000, OrderNo: "T-1"}
	var done, refused atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			switch err := p.redeem(claim); {
			case err == nil:
				done.Add(1)
			case fault.Is(err, fault.Precondition):
				refused.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if done.Load() != 1 || refused.Load() != 7 {
		t.Fatalf("used %d times, refused %d times", done.Load(), refused.Load())
	}
	uses := func() (n int64) {
		return p.id("SELECT (SELECT count(*) FROM offer_codes WHERE used_at IS NOT NULL) + 10 * (SELECT count(*) FROM member_offers WHERE used_at IS NOT NULL)")
	}
	if uses() != 11 || p.check(claim) != "OFFER_USED" {
		t.Errorf("%d uses, %s", uses(), p.check(claim))
	}
	// The order comes in, and is cancelled.
	order := p.id(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, content_hash, coupon_codes) VALUES (?, ?, 'T-1', 'PLACED', ?, 'JPY', '',
		(SELECT array_agg(code) FROM offer_codes WHERE used_at IS NOT NULL)) RETURNING id`, p.member, p.shop, today)
	follow := func() {
		t.Helper()
		if err := offer.Use(t.Context(), p.DB, []int64{order}); err != nil {
			t.Fatal(err)
		}
	}
	follow()
	if n := p.id("SELECT count(*) FROM offer_codes WHERE used_order_id = ?", order); n != 1 || uses() != 11 {
		t.Errorf("the order uses %d codes; %d uses", n, uses())
	}
	if _, err := p.DB.NewRaw("UPDATE orders SET status = 'CANCELLED', cancelled_at = now() WHERE id = ?", order).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	follow()
	if uses() != 0 || p.check(claim) == "OFFER_USED" {
		t.Errorf("after the cancellation %d uses, %s", uses(), p.check(claim))
	}
	// Used again, and reversed by hand.
	claim.OrderNo = "T-2"
	for _, c := range []struct {
		what string
		err  error
		code string
	}{
		{"used again", p.redeem(claim), ""},
		{"without a reason", p.unredeem(p.member, pooled, " "), "REQUIRED"},
		{"of another", p.unredeem(p.another, pooled, "返品"), "OFFER_NOT_USED"},
		{"reversed", p.unredeem(p.member, pooled, "返品"), ""},
		{"reversed twice", p.unredeem(p.member, pooled, "返品"), "OFFER_NOT_USED"},
		{"used once more", p.redeem(claim), ""},
	} {
		var f *fault.Error
		if errors.As(c.err, &f) != (c.code != "") || f != nil && f.Code != c.code {
			t.Errorf("%s: %v, want %q", c.what, c.err, c.code)
		}
	}
	p.Clock.(*clock.Fixed).T = today.AddDate(0, 2, 0)
	if got := p.check(claim); got != "OFFER_OVER" {
		t.Errorf("later: %s", got)
	}
}
