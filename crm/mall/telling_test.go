package mall_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

func orderOf(t *testing.T, line string) (mall.Row, error) {
	t.Helper()
	f, ok := mall.DetectTable([]string{mall.OrderLine})
	if !ok || f.Name() != "ORDER_LINES" || f.Kind() != mall.OrdersKind {
		t.Fatalf("%v, %v", f, ok)
	}
	d, err := f.BindTable([]string{mall.OrderLine})
	if err != nil {
		t.Fatal(err)
	}
	return d.Row([]string{line})
}

func TestAnOrderLine(t *testing.T) {
	row, err := orderOf(t, `{"orderNo":"1","orderedAt":"2026-11-20T10:00:00+09:00","couponCodes":[],"buyer":{"lineId":"U1"},"lines":[{"sku":"TEA","unitPrice":1200,"quantity":3},{"name":"湯呑","unitPrice":5,"amount":4,"taxRate":0}]}`)
	if err != nil {
		t.Fatal(err)
	}
	o := row.Order
	if o.OrderedAt.Format(time.RFC3339) != "2026-11-20T01:00:00Z" || o.Status != nil || o.Codes == nil || o.Buyer != (mall.Buyer{LineID: "U1"}) {
		t.Errorf("%+v", o)
	}
	if want := (mall.Line{SKU: "TEA", UnitPrice: 1200, Quantity: 3, Amount: 3600, TaxRate: -1}); o.Lines[0] != want {
		t.Errorf("%+v", o.Lines[0])
	}
	if want := (mall.Line{Name: "湯呑", UnitPrice: 5, Quantity: 1, Amount: 4}); o.Lines[1] != want {
		t.Errorf("%+v", o.Lines[1])
	}
	if row, err = orderOf(t, `{"orderNo":"1","status":"SHIPPED","lines":null,"buyer":null}`); err != nil || row.Order.Lines != nil || *row.Order.Status != mall.Shipped {
		t.Errorf("%+v, %v", row.Order, err)
	}
}

// TestOrderLinesThatCannotBeRead say all that is wrong, and where.
func TestOrderLinesThatCannotBeRead(t *testing.T) {
	for line, want := range map[string]string{
		``:                   "BAD_JSON ORDER JSON",
		`{"orderNo":`:        "BAD_JSON ORDER JSON",
		`{"orderNo":"1"} {}`: "BAD_JSON ORDER JSON",
		`{"orderNo":"1"}]`:   "BAD_JSON ORDER JSON",
		`[]`:                 "BAD_VALUE ORDER JSON",
		`"orderNo"`:          "BAD_VALUE ORDER JSON",
		`{"orderNo":1,"order_no":"1","lines":[{"unitPrice":"1"},7,{"unitPrice":1e3,"quantity":1.5,"taxrate":"8%"}]}`: "BAD_VALUE lines.0.unitPrice, BAD_VALUE lines.1, BAD_VALUE lines.2.quantity, BAD_VALUE lines.2.taxRate, BAD_VALUE lines.2.unitPrice, BAD_VALUE orderNo, UNKNOWN_FIELD order_no",
		`{"orderedAt":"2026-11-20","shippedAt":20261120,"gift":"yes","buyer":[],"couponCodes":"A"}`:                  "BAD_VALUE buyer, BAD_VALUE couponCodes, BAD_VALUE gift, BAD_DATE orderedAt, BAD_DATE shippedAt",
		`{"total":99999999999999999999,"` + strings.Repeat("長", 80) + `":1}`:                                         "BAD_VALUE total, UNKNOWN_FIELD " + strings.Repeat("長", 60) + "…",
		`{"status":"SOLD","buyer":{"customerId":"42"},"lines":[null]}`:                                               "UNKNOWN_STATUS status, INVALID_ID buyer.customerId, REQUIRED lines.0.unitPrice",
	} {
		row, err := orderOf(t, line)
		var all mall.RecordErrors
		if !errors.As(err, &all) && row.Order != nil {
			all = row.Order.Unread
		}
		var got []string
		for _, p := range all {
			got = append(got, p.Code+" "+p.Column)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s:\n got %v\nwant %s", line, got, want)
		}
	}
	_, err := orderOf(t, `{"lines":[`+strings.Repeat(`{"x":1},`, 499)+`{"x":1}]}`)
	var all mall.RecordErrors
	if !errors.As(err, &all) || len(all) != 20 {
		t.Errorf("%d problems of one line are told", len(all))
	}
}
