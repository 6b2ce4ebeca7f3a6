package intake_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestARefusedRowRemovesNothing sends an order again with a row that cannot be
// read any more: the line that is there stays.
func TestARefusedRowRemovesNothing(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	a := `"1","A","x",2,2010-12-01 08:00:00,1.00,12346,"UK"` + "\n"
	b := `"1","B","y",3,2010-12-01 08:00:00,1.00,12346,"UK"` + "\n"
	bad := `"1","B","y",three,2010-12-01 08:00:00,1.00,12346,"UK"` + "\n"
	take(t, s, shop.ID, onlineRetail(t), retailHeader+a+b)
	imp := take(t, s, shop.ID, onlineRetail(t), retailHeader+a+bad)
	var n, q int64
	if err := d.NewRaw("SELECT count(*), sum(quantity) FROM order_lines").Scan(t.Context(), &n, &q); err != nil {
		t.Fatal(err)
	}
	if imp.RowsQuarantined != 1 || n != 2 || q != 5 {
		t.Errorf("%d rows refused, %d lines with quantity %d, want 1, 2 and 5", imp.RowsQuarantined, n, q)
	}
}
