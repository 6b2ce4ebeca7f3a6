package mall_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// TestThreeReportsOfAmazon puts an order together from the three reports that
// tell of it: whichever comes first, it has the money of the surest, the day of
// sending of the parcels, and the buyer of whoever names one.
func TestThreeReportsOfAmazon(t *testing.T) {
	sent := time.Date(2024, 3, 1, 6, 0, 0, 0, time.UTC)
	all := mall.Portion{Format: "AMAZON_ORDERS", Share: mall.Share{Facts: true, Lines: true}, Order: mall.Order{Status: mall.Placed, Currency: "JPY"}, Lines: []mall.Line{
		{Key: "SH-1#1", Amount: 4000, Charges: mall.Charges{Shipping: 550}},
	}}
	parcels := mall.Portion{Format: "AMAZON_SHIPMENTS", Share: mall.Share{Facts: true, Lines: true, Buyer: true}, Order: mall.Order{Status: mall.Shipped, ShippedAt: sent}, Lines: []mall.Line{
		{Key: "S1", Amount: 2000},
	}}
	buyer := mall.Portion{Format: "AMAZON_UNSHIPPED", Share: mall.Share{Buyer: true}, Order: mall.Order{Buyer: mall.Buyer{FamilyName: "髙﨑"}}}
	for _, portions := range [][]mall.Portion{{all, parcels, buyer}, {buyer, parcels, all}, {parcels, all, buyer}} {
		o, lines, ok := mall.Compose(portions)
		if !ok || o.Status != mall.Shipped || !o.ShippedAt.Equal(sent) || o.Shipping != 550 || o.Buyer.FamilyName != "髙﨑" || !reflect.DeepEqual(lines, all.Lines) {
			t.Errorf("%+v, %+v, %t", o, lines, ok)
		}
	}
	if o, lines, ok := mall.Compose([]mall.Portion{buyer, parcels}); !ok || o.Status != mall.Shipped || len(lines) != 1 {
		t.Errorf("without the all orders report: %+v, %+v, %t", o, lines, ok)
	}
	cancelled := all
	cancelled.Order.Status = mall.Cancelled
	if o, _, _ := mall.Compose([]mall.Portion{cancelled, parcels}); o.Status != mall.Cancelled {
		t.Errorf("what was cancelled is %s", o.Status)
	}
}
