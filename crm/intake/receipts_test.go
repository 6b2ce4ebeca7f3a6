package intake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestReceipts takes in what a cash register wrote: members are known by their
// number, strangers are nobody, and what came back is an order of its own with
// its money below zero. The same file again changes nothing.
func TestReceipts(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "kyoto", mall.Store)
	text, err := os.ReadFile(filepath.Join("..", "mall", "testdata", "pos_receipts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := japanese.EUCJP.NewEncoder().String(string(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"POS_RECEIPTS 5+0=0 7:MISSING_ORDER_NO 8:BAD_DATE 9:BAD_QUANTITY", "POS_RECEIPTS 0+0=5 7:MISSING_ORDER_NO 8:BAD_DATE 9:BAD_QUANTITY"} {
		if got := rowsOf(t, s, take(t, s, shop.ID, nil, file)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	var orders []string
	err = d.NewRaw(`SELECT concat_ws(' ', o.order_no, o.kind, o.net_sales, o.quantity, CASE WHEN c.anonymous THEN 'stranger' ELSE 'member' END)
		FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.order_no`).Scan(t.Context(), &orders)
	want := []string{"20240301-1-0042 SALE 5050 3 member", "20240301-1-0042-R RETURN -3000 -1 member", "20240301-2-0042 SALE 1500 1 stranger", "20240305-1-0007-R RETURN -1900 -1 member"}
	if err != nil || fmt.Sprint(orders) != fmt.Sprint(want) {
		t.Errorf("%q, %v; want %q", orders, err, want)
	}
	if n := count(t, d, "SELECT count(DISTINCT customer_id) FROM identity_keys WHERE kind = 'MEMBER_ID'"); n != 1 {
		t.Errorf("%d members, want one", n)
	}
}
