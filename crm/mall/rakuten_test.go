package mall_test

import (
	"embed"
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest"
)

//go:embed testdata/*.csv
var files embed.FS

// The files are kept in UTF-8, so that a change to them can be read; the suite
// takes them through CP932, which is what Rakuten writes.
func TestRakutenOrders(t *testing.T) {
	required := []string{"注文番号", "ステータス", "商品合計金額", "合計金額", "注文者姓", "商品明細ID", "単価", "個数"}
	var all []malltest.File
	for _, name := range []string{"rakuten_107", "rakuten_158"} {
		text, err := files.ReadFile("testdata/" + name + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, malltest.File{Name: name, Text: string(text), CP932: true, Required: required})
	}
	malltest.Run(t, mall.RakutenOrders{}, all)
}
