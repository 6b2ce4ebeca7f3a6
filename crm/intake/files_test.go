package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestFilesGivenTogether are applied in their order, each telling the same order
// anew, although they are read ahead; one that cannot be read keeps nobody up.
func TestFilesGivenTogether(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	mapping := &mall.Mapping{Name: "m", Currency: "JPY", Status: mall.StatusMap{Default: mall.Completed}, Columns: map[mall.Field][]string{
		mall.FieldOrderNo: {"no"}, mall.FieldOrderedAt: {"at"}, mall.FieldSKU: {"sku"}, mall.FieldName: {"name"}, mall.FieldQuantity: {"n"}, mall.FieldUnitPrice: {"price"},
	}}
	const last = 6
	var files []intake.File
	for n := range last + 1 {
		content := fmt.Sprintf("no,at,sku,name,n,price\n1,2026-01-05,TEA,tea,%d,100\n", n)
		if n == 3 {
			content = "what,is,this\n1,2,3\n"
		}
		files = append(files, intake.File{Name: fmt.Sprintf("day%d.csv", n), Content: strings.NewReader(content), ShopID: shop.ID, Mapping: mapping})
	}
	files[0].Content = strings.NewReader("no,at,sku,name,n,price\n1,2026-01-05,TEA,tea,9,100\n")
	err := s.TakeFiles(t.Context(), files)
	if err == nil || !strings.Contains(err.Error(), "day3.csv") || strings.Contains(err.Error(), "day2.csv") {
		t.Errorf("the file that cannot be read is told of as %v", err)
	}
	var pieces int64
	var taken []string
	if err := d.NewRaw("SELECT quantity FROM orders").Scan(t.Context(), &pieces); err != nil || pieces != last {
		t.Errorf("%d pieces, %v: the last file does not hold", pieces, err)
	}
	if err := d.NewRaw("SELECT file_name || ' ' || status || ' ' || rows_updated FROM imports ORDER BY id").Scan(t.Context(), &taken); err != nil {
		t.Fatal(err)
	}
	want := "day0.csv DONE 0|day1.csv DONE 1|day2.csv DONE 1|day4.csv DONE 1|day5.csv DONE 1|day6.csv DONE 1"
	if got := strings.Join(taken, "|"); got != want {
		t.Errorf("taken in: %s", got)
	}
}
