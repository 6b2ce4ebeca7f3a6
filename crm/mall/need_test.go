package mall_test

import (
	"encoding/csv"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
)

// sampleOf is the sample file of a format of orders, as its header and rows.
func sampleOf(t *testing.T, f mall.Format) (header []string, records [][]string) {
	t.Helper()
	names, err := files.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := files.ReadFile("testdata/" + name.Name())
		if err != nil {
			t.Fatal(err)
		}
		var rows [][]string
		if strings.HasSuffix(name.Name(), ".txt") {
			for line := range strings.Lines(string(text)) {
				rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
			}
		} else if rows, err = csv.NewReader(strings.NewReader(string(text))).ReadAll(); err != nil {
			t.Fatal(err)
		}
		if found, err := mall.Detect(rows[0]); err == nil && found.Name() == f.Name() {
			return rows[0], rows[1:]
		}
	}
	t.Fatalf("%s has no sample", f.Name())
	return nil, nil
}

// without is a header in which no column has a name of a need.
func without(header []string, n mall.Need) []string {
	left := slices.Clone(header)
	for i, name := range left {
		if slices.Contains(strings.Split(n.Column, "|"), name) {
			left[i] = "x"
		}
	}
	return left
}

// TestNearMisses: of every format, a file that lacks one column it needs is none
// of it, and is nearly of it as long as two marks are left; what it lacks, and
// what for, is named.
func TestNearMisses(t *testing.T) {
	for _, f := range mall.Formats() {
		t.Run(f.Name(), func(t *testing.T) {
			header, _ := sampleOf(t, f)
			for _, n := range f.Needs() {
				left := without(header, n)
				if found, err := mall.Detect(left); err == nil && found.Name() == f.Name() {
					t.Errorf("without %s it is still taken for it", n.Column)
				}
				first, _, _ := strings.Cut(n.Column, "|")
				near, missing := mall.Nearly(left)
				switch told := near != nil && near.Name() == f.Name(); {
				case mall.Loose(f.Name()) || marksIn(f, left) < 2:
					if told {
						t.Errorf("without %s it is nearly told by too little", n.Column)
					}
				case !told || !slices.Equal(missing, []mall.Lack{{Column: first, Use: n.Use}}):
					t.Errorf("without %s it is nearly %v but for %v", n.Column, near, missing)
				}
			}
		})
	}
}

// marksIn counts the marks of a format in a header.
func marksIn(f mall.Format, header []string) int {
	marks := 0
	for _, n := range f.Needs() {
		if n.Mark && !slices.Equal(without(header, n), header) {
			marks++
		}
	}
	return marks
}

// TestFilesOfOthers: what a format shares with everybody's files, and one of its
// marks beside, is neither of it nor nearly of it, nor a list of anything.
func TestFilesOfOthers(t *testing.T) {
	for _, f := range mall.Formats() {
		t.Run(f.Name(), func(t *testing.T) {
			var shared, marks []string
			for _, n := range f.Needs() {
				first, _, _ := strings.Cut(n.Column, "|")
				if n.Mark {
					marks = append(marks, first)
				} else {
					shared = append(shared, first)
				}
			}
			if mall.Loose(f.Name()) {
				shared = shared[:len(shared)-1] // its names are everybody's: what it lacks is one of them
			} else if len(marks) < 2 {
				t.Fatalf("its marks are %q", marks)
			}
			for _, mark := range append([]string{"備考"}, marks...) {
				header := append(slices.Clone(shared), mark)
				if near, missing := mall.Nearly(header); near != nil && near.Mall() != f.Mall() { // Amazon's reports share marks
					t.Errorf("%q is nearly %s but for %v", header, near.Name(), missing)
				}
				if found, err := mall.Detect(header); err == nil {
					t.Errorf("%q is taken for %s", header, found.Name())
				}
				if found, ok := mall.DetectPeople(header); ok {
					t.Errorf("%q is taken for %s", header, found.Name())
				}
			}
		})
	}
}

// TestAFileOfAnotherCart: numbers, days, states, goods and prices as every cart
// writes them are no MakeShop, and not nearly.
func TestAFileOfAnotherCart(t *testing.T) {
	for _, header := range [][]string{
		{"注文番号", "日付", "処理状況", "注文者", "商品名", "数量", "単価", "合計金額"},
		{"注文番号", "注文日", "お客様名", "メールアドレス", "商品名", "数量", "単価"},
		{"注文番号", "注文日時", "ステータス", "商品名", "商品コード", "数量", "価格", "送料", "合計金額", "注文者"},
	} {
		if f, err := mall.Detect(header); err == nil {
			t.Errorf("%q is taken for %s", header, f.Name())
		}
		if near, missing := mall.Nearly(header); near != nil {
			t.Errorf("%q is nearly %s but for %v", header, near.Name(), missing)
		}
	}
}

// TestWhatMoneyNeeds: another number in a column that is said to be needed for
// money makes another amount of it, or a row that
// cannot be read; without what is needed for the buyer no amount changes.
func TestWhatMoneyNeeds(t *testing.T) {
	for _, f := range mall.Formats() {
		t.Run(f.Name(), func(t *testing.T) {
			header, records := sampleOf(t, f)
			told := moneyOf(t, f, header, records)
			for _, n := range f.Needs() {
				cell := map[bool]string{true: "7", false: ""}[n.Use == mall.UseMoney]
				changed := filled(header, records, n, cell)
				switch again := moneyOf(t, f, header, changed); n.Use {
				case mall.UseMoney:
					if reflect.DeepEqual(again, told) {
						t.Errorf("%s is said to be needed for money, and changes none", n.Column)
					}
				case mall.UseBuyer:
					if !reflect.DeepEqual(again, told) {
						t.Errorf("%s is said to be needed for the buyer, and changes money", n.Column)
					}
				}
			}
		})
	}
}

// filled are records with a cell in the columns of a need.
func filled(header []string, records [][]string, n mall.Need, cell string) [][]string {
	var changed [][]string
	for _, rec := range records {
		rec = slices.Clone(rec)
		for i, name := range header {
			if slices.Contains(strings.Split(n.Column, "|"), name) && i < len(rec) {
				rec[i] = cell
			}
		}
		changed = append(changed, rec)
	}
	return changed
}

// moneyOf is the money of every record, or what is wrong with it.
func moneyOf(t *testing.T, f mall.Format, header []string, records [][]string) []any {
	t.Helper()
	dec, err := f.Bind(header)
	if err != nil {
		t.Fatal(err)
	}
	half, isHalf := dec.(mall.Half)
	var told []any
	for _, rec := range records {
		o, err := dec.Order("1", rec)
		told = append(told, o.Goods, o.Total, o.Shipping, o.Fee, o.Tax, o.ShopCoupon, o.MallCoupon, o.PointsUsed, o.Currency, problemCode(err))
		if isHalf && !half.Share().Lines {
			continue
		}
		l, err := dec.Line(rec)
		told = append(told, l.UnitPrice, l.Amount, l.Charges, problemCode(err))
	}
	return told
}

func problemCode(err error) string {
	if p, ok := mall.AsProblem(err); ok {
		return p.Code
	}
	return ""
}

// TestFormatsAreDocumented: docs/formats.md, and its Japanese, name every column
// that a format needs, in the row of the format.
func TestFormatsAreDocumented(t *testing.T) {
	english := map[string]string{
		"RAKUTEN_ORDERS": "楽天RMS 注文データ", "RAKUTEN_LEGACY": "楽天RMS 通常購入データ", "YAHOO_ORDERS": "Yahoo!ショッピング, order file", "YAHOO_ITEMS": "Yahoo!ショッピング, item file",
		"AMAZON_ORDERS": "Amazon all orders", "AMAZON_SHIPMENTS": "Amazon FBA shipments", "AMAZON_UNSHIPPED": "Amazon 未出荷", "SHOPIFY_ORDERS": "Shopify orders",
		"AU_PAY_ORDERS": "au PAY マーケット", "QOO10_ORDERS": "Qoo10 配送リスト", "FUTURESHOP_ORDERS": "futureshop 受注データ", "MAKESHOP_ORDERS": "MakeShop 注文データ", "POS_RECEIPTS": "店舗レジのレシート",
	}
	japanese := maps.Clone(english)
	maps.Copy(japanese, map[string]string{
		"YAHOO_ORDERS": "Yahoo!ショッピング 注文のファイル", "YAHOO_ITEMS": "Yahoo!ショッピング 商品のファイル",
		"AMAZON_ORDERS": "Amazon 全注文レポート", "AMAZON_SHIPMENTS": "Amazon FBA出荷レポート", "SHOPIFY_ORDERS": "Shopify 注文",
	})
	for file, rows := range map[string]map[string]string{"formats.md": english, "formats.ja.md": japanese} {
		text, err := os.ReadFile("../../docs/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range mall.Formats() {
			_, row, found := strings.Cut(string(text), "\n| "+rows[f.Name()])
			row, _, _ = strings.Cut(row, "\n")
			if !found || rows[f.Name()] == "" {
				t.Errorf("%s has no row in %s", f.Name(), file)
				continue
			}
			for _, n := range f.Needs() {
				if !slices.ContainsFunc(strings.Split(n.Column, "|"), func(name string) bool { return strings.Contains(row, name) }) {
					t.Errorf("%s: the row of %s does not say that %s is needed", file, f.Name(), n.Column)
				}
			}
		}
	}
}

// TestToldBy: the columns by which a file was told suffice to tell it, and none
// of them can be missed.
func TestToldBy(t *testing.T) {
	for _, f := range mall.Formats() {
		header, _ := sampleOf(t, f)
		bind := func(header []string) error { _, err := f.Bind(header); return err }
		told := mall.ToldBy(header, bind)
		if err := bind(told); err != nil {
			t.Errorf("%s is not told by %q: %v", f.Name(), told, err)
		}
		for i := range told {
			if bind(slices.Delete(slices.Clone(told), i, i+1)) == nil {
				t.Errorf("%s is told without %s", f.Name(), told[i])
			}
		}
	}
}
