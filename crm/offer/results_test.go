package offer_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/db"
)

func TestResultsAreThoseOfTheOrdersThatUsedIt(t *testing.T) {
	s, ctx := service(t), t.Context()
	shared := pool("RAKUTEN")
	shared.Proof, shared.SharedCode = offer.SharedCode, "FUYU10"
	one, many, unused := create(t, s, shared), create(t, s, pool("RAKUTEN")), create(t, s, pool("RAKUTEN"))
	if _, err := s.AddCodes(ctx, many.ID, []string{"A-1", "A-2"}); err != nil {
		t.Fatal(err)
	}
	shops := []*db.Shop{{Code: "r", Name: "r", Mall: "RAKUTEN"}, {Code: "y", Name: "y", Mall: "YAHOO"}}
	insert(t, s.DB, &shops)
	customers := []*db.Customer{{}, {}}
	insert(t, s.DB, &customers)
	var ids []int64
	for i, o := range []struct {
		customer, shop int
		status         string
		days           int // after the first day of the offers
		sales          int64
		codes          []string
	}{
		{0, 0, "PLACED", 1, 1000, []string{"FUYU10"}},
		{0, 0, "PLACED", 2, 2000, []string{"FUYU10", "OTHER"}},
		{1, 0, "PLACED", 3, 4000, []string{"FUYU10"}},
		{1, 0, "CANCELLED", 3, 8000, []string{"FUYU10"}},
		{1, 1, "PLACED", 3, 16000, []string{"FUYU10"}},       // on another mall
		{1, 0, "PLACED", -1, 32000, []string{"FUYU10"}},      // before its first day
		{0, 0, "PLACED", 1, 64000, []string{"A-1", "A-2"}},   // both codes of the pool, once
		{0, 0, "PLACED", 1, 128000, []string{"A-1", "MORE"}}, // a code that was used already
	} {
		row := &db.Order{
			CustomerID: customers[o.customer].ID, ShopID: shops[o.shop].ID, OrderNo: string(rune('a' + i)), Kind: "SALE", Status: o.status,
			OrderedAt: today.AddDate(0, 0, o.days), Currency: "JPY", NetSales: o.sales, TaxBreakdown: []byte("{}"), CouponCodes: o.codes, ContentHash: []byte{1},
		}
		if o.status == "CANCELLED" {
			row.CancelledAt = &row.OrderedAt
		}
		insert(t, s.DB, row)
		ids = append(ids, row.ID)
	}
	if err := offer.Use(ctx, s.DB, ids); err != nil {
		t.Fatal(err)
	}
	results, err := s.Results(ctx, []int64{one.ID, many.ID, unused.ID})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := results[one.ID], (offer.Results{Orders: 3, Customers: 2, Sales: 7000}); got != want {
		t.Errorf("the shared code: %+v, want %+v", got, want)
	}
	if got, want := results[many.ID], (offer.Results{Orders: 1, Customers: 1, Sales: 64000}); got != want {
		t.Errorf("the pool: %+v, want %+v", got, want)
	}
	if _, ok := results[unused.ID]; ok {
		t.Error("nobody used the third")
	}
}
