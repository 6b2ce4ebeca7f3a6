package merchant

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/header"
)

// File is a file as a mall exports it.
type File struct {
	Mall    mall.Mall
	Name    string
	Content []byte
}

// export is one kind of file a mall writes.
type export struct {
	mall   mall.Mall
	name   string
	header header.Row
	comma  bool // else tabs and no quoting
	cp932  bool
	// rows of one order by column; none: the file does not have it.
	rows func(*writer, Order) []map[string]string
}

var exports = []export{
	{mall.Rakuten, "rakuten", header.Rakuten, true, true, rakutenRows},
	{mall.Amazon, "amazon-all", header.Amazon, false, true, amazonRows},
	{mall.Amazon, "amazon-unshipped", header.AmazonUnshipped, false, false, unshippedRows},
	{mall.Yahoo, "yahoo-orders", header.Yahoo, true, true, yahooRows},
	{mall.Yahoo, "yahoo-items", header.YahooItems, true, true, yahooItemRows},
	{mall.Shopify, "shopify", header.Shopify, true, false, shopifyRows},
}

// Files writes the merchant's orders as the malls export them: each kind of
// file cut into at most pieces files, all in a random order. Every order is in
// exactly one file of each kind that has it, and however the files are cut, it
// is written the same.
func (m *Merchant) Files(rng *rand.Rand, pieces int) ([]File, error) {
	var files []File
	for _, e := range exports {
		parts := make([][]Order, 1+rng.IntN(pieces))
		for _, o := range m.Orders {
			if o.Mall == e.mall {
				i := rng.IntN(len(parts))
				parts[i] = append(parts[i], o)
			}
		}
		for i, orders := range parts {
			rng.Shuffle(len(orders), func(i, j int) { orders[i], orders[j] = orders[j], orders[i] })
			content, err := e.write(orders)
			if err != nil {
				return nil, err
			}
			if content != nil {
				files = append(files, File{e.mall, fmt.Sprintf("%s-%d", e.name, i+1), content})
			}
		}
	}
	rng.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	return files, nil
}

// write is a file of these orders; nil when it has none of them.
func (e export) write(orders []Order) ([]byte, error) {
	columns := e.header.Columns()
	rows := [][]string{columns}
	for _, o := range orders {
		for _, cells := range e.rows(newWriter(e, o), o) {
			row := make([]string, len(columns))
			for i, column := range columns {
				row[i] = cells[column]
				delete(cells, column)
			}
			for column := range cells {
				return nil, fmt.Errorf("%s has no column %s", e.name, column)
			}
			rows = append(rows, row)
		}
	}
	if len(rows) == 1 {
		return nil, nil
	}
	return e.encode(rows)
}

func (e export) encode(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	if e.comma {
		c := csv.NewWriter(&b)
		c.UseCRLF = true
		if err := c.WriteAll(rows); err != nil {
			return nil, err
		}
	} else {
		for _, row := range rows {
			b.WriteString(strings.Join(row, "\t") + "\r\n")
		}
	}
	if !e.cp932 {
		return b.Bytes(), nil
	}
	return japanese.ShiftJIS.NewEncoder().Bytes(b.Bytes())
}

// writer writes the same thing differently in each order, as people and
// spreadsheets do.
type writer struct{ rng *rand.Rand }

func newWriter(e export, o Order) *writer {
	h := fnv.New64a()
	_, _ = h.Write([]byte(e.name + o.No))               // a hash never fails
	return &writer{rand.New(rand.NewPCG(h.Sum64(), 1))} //nolint:gosec // nor is how they write
}

func (w *writer) chance(percent int) bool { return w.rng.IntN(100) < percent }

// spelled is a name in one of its spellings.
func (w *writer) spelled(n name) string { return n.spellings[w.rng.IntN(len(n.spellings))] }

// street is town and house in one of the ways they are written. Who lives in a
// flat always tells it: without, two of one name and different phones would be
// for a person to decide.
func (w *writer) street(h *home) string {
	b, door := h.block, ""
	if h.flat != 0 {
		door = fmt.Sprintf("　巡りビル%d", h.flat)
	}
	switch w.rng.IntN(4) {
	case 0:
		return fmt.Sprintf("%s%d-%d-%d%s", h.town, b[0], b[1], b[2], door)
	case 1:
		return fmt.Sprintf("%s%s%s", h.town, wide(fmt.Sprintf("%d-%d-%d", b[0], b[1], b[2])), wide(door))
	case 2:
		return fmt.Sprintf("%s%d丁目%d番%d号%s", h.town, b[0], b[1], b[2], door)
	default:
		return fmt.Sprintf("%s%s丁目%d－%d%s", h.town, string([]rune("〇一二三四五六七八九")[b[0]]), b[1], b[2], door)
	}
}

var wideDigits = strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９", "-", "－")

func wide(s string) string { return wideDigits.Replace(s) }

// halfKana is how some malls write readings.
var halfKana = strings.NewReplacer("ガ", "ｶﾞ", "ダ", "ﾀﾞ", "ジ", "ｼﾞ", "ベ", "ﾍﾞ", "ア", "ｱ", "イ", "ｲ", "ウ", "ｳ", "カ", "ｶ", "キ", "ｷ", "ク", "ｸ", "ケ", "ｹ",
	"コ", "ｺ", "サ", "ｻ", "シ", "ｼ", "ス", "ｽ", "セ", "ｾ", "タ", "ﾀ", "テ", "ﾃ", "ト", "ﾄ", "ナ", "ﾅ", "ノ", "ﾉ", "ハ", "ﾊ", "マ", "ﾏ", "ミ", "ﾐ", "メ", "ﾒ",
	"ヤ", "ﾔ", "ユ", "ﾕ", "ラ", "ﾗ", "リ", "ﾘ", "ロ", "ﾛ", "ワ", "ﾜ", "ン", "ﾝ", "ュ", "ｭ", "ョ", "ｮ", "ー", "ｰ")

// spoiltPhone is a phone as it stands after a spreadsheet or a form.
func (w *writer) spoiltPhone(digits string) string {
	switch w.rng.IntN(4) {
	case 0:
		return strings.TrimPrefix(digits, "0")
	case 1:
		return digits[:3] + "-" + digits[3:7] + "-" + digits[7:]
	case 2:
		return wide(digits)
	}
	return digits
}

// number writes amounts and quantities.
func number(v int64) string { return strconv.FormatInt(v, 10) }
