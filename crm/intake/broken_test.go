package intake

import (
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest"
)

// sample is a file of crm/mall/testdata with the format it is of.
type sample struct {
	format mall.Format
	file   string
	// once says that what is of the order stands on its first row only.
	once bool
}

// samples are all formats of orders, each with a file of its own.
var samples = []sample{
	{mall.RakutenOrders{}, "rakuten_158.csv", false},
	{mall.RakutenOrders{}, "rakuten_107.csv", false},
	{mall.RakutenLegacy{}, "rakuten_legacy.csv", false},
	{mall.YahooOrders{}, "yahoo_orders.csv", false},
	{mall.YahooItems{}, "yahoo_items.csv", false},
	{mall.AmazonOrders{}, "amazon_orders.txt", false},
	{mall.AmazonShipments{}, "amazon_shipments.txt", false},
	{mall.AmazonUnshipped{}, "amazon_unshipped.txt", false},
	{mall.AmazonUnshipped{}, "amazon_new_orders.txt", false},
	{mall.ShopifyOrders{}, "shopify_orders.csv", true},
	{mall.AuPayOrders{}, "au_pay_orders.csv", false},
	{mall.Qoo10Orders{}, "qoo10_orders.csv", false},
	{mall.FutureshopOrders{}, "futureshop_orders.csv", false},
	{mall.FutureshopOrders{}, "futureshop_few.csv", false},
	{mall.MakeshopOrders{}, "makeshop_orders.csv", false},
	{mall.PosReceipts{}, "pos_receipts.csv", false},
	{mall.PosReceipts{}, "pos_transactions.csv", false},
}

// told is what reading makes of one record.
type told struct {
	line  int64
	raw   string
	no    string
	order mall.Order
	item  mall.Line
	code  string // of why it is refused; "" = it is taken in
}

// good is what a row says, whatever stands around it.
func (row told) good() string {
	text, _ := json.Marshal([]any{row.no, row.order, row.item}) // cannot fail: text and numbers
	return string(text)
}

// readThrough reads a file as intake does: sniffed, decoded, cut into records,
// told by its header, and decoded by the format it is of.
func readThrough(t testing.TB, content string, as mall.Format) (rows []told, header error) {
	t.Helper()
	var s encodingSniffer
	_, _ = s.Write([]byte(content))
	e, err := s.encoding()
	if err != nil {
		return nil, err
	}
	records, err := newTable(strings.NewReader(content), e)
	if err != nil {
		t.Fatal(err)
	}
	names, err := records.header()
	if err != nil {
		return nil, err
	}
	dec, err := as.Bind(names)
	if err != nil {
		return nil, err
	}
	for {
		rec, err := records.next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			t.Fatal(err)
		}
		row := told{line: rec.line, raw: records.rawOf(rec), code: rec.code}
		if rec.code == "" {
			decodeRow(t, dec, &row, rec.fields)
		}
		rows = append(rows, row)
	}
}

// decodeRow reads the order and the line of a record into row.
func decodeRow(t testing.TB, dec mall.Decoder, row *told, fields []string) {
	t.Helper()
	var err error
	if row.no, err = dec.OrderNo(fields); err == nil {
		row.order, err = dec.Order(row.no, fields)
	}
	if half, ok := dec.(mall.Half); err == nil && (!ok || half.Share().Lines) {
		row.item, err = dec.Line(fields)
	}
	if err == nil {
		return
	}
	p, ok := mall.AsProblem(err)
	if !ok {
		t.Fatalf("line %d: %v is no problem of the row", row.line, err)
	}
	row.code = p.Code
}

// parts are the header and the rows of a sample's file, each of one line.
func (s sample) parts(t testing.TB) (header string, rows []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "mall", "testdata", s.file))
	if err != nil {
		t.Fatal(err)
	}
	whole := strings.ReplaceAll(string(text), "\r\n", "\n")
	for strings.Contains(whole, "\nサイズ") { // the one line break within cells
		whole = strings.ReplaceAll(whole, "\nサイズ", " サイズ")
	}
	lines := strings.Split(strings.TrimSuffix(whole, "\n"), "\n")
	return lines[0], lines[1:]
}

func (s sample) tabs() bool { return strings.HasSuffix(s.file, ".txt") }

// taken are the rows of a file that are taken in, as they stand in it.
func taken(rows []told) (good []string) {
	for _, r := range rows {
		if r.code == "" {
			good = append(good, r.good())
		}
	}
	return good
}

// TestBrokenFiles breaks a file of each format in the ways files break. What is
// wrong is told by line and reason, in words of both languages, and every other
// row is read as it is in the good file.
func TestBrokenFiles(t *testing.T) {
	words := wordsOfBoth(t)
	for _, s := range samples {
		header, rows := s.parts(t)
		whole, err := readThrough(t, strings.Join(append([]string{header}, rows...), "\n")+"\n", s.format)
		if err != nil || len(whole) != len(rows) {
			t.Fatalf("%s: %d of %d rows, %v", s.file, len(whole), len(rows), err)
		}
		for _, b := range malltest.BreakUp(header, rows, s.tabs()) {
			for _, encoding := range []string{"utf-8", "cp932"} {
				t.Run(s.file+"/"+b.How+"/"+encoding, func(t *testing.T) {
					text := b.Text
					if encoding == "cp932" {
						if s.once {
							t.Skip("this shop writes letters that CP932 does not have")
						}
						text = encoded(t, japanese.ShiftJIS, text)
					}
					got, err := readThrough(t, text, s.format)
					if err != nil {
						t.Fatal(err)
					}
					equalButFor(t, b, whole, got)
					for _, r := range got {
						if r.code != "" && !words[r.code] {
							t.Errorf("line %d is refused as %s, for which there are no words", r.line, r.code)
						}
					}
				})
			}
		}
	}
}

// equalButFor compares a broken file with the good one.
func equalButFor(t *testing.T, b malltest.Broken, whole, got []told) {
	t.Helper()
	var want, wantCodes, codes []string
	for i, r := range whole {
		switch {
		case slices.Contains(b.Lost, i):
		case r.code != "":
			wantCodes = append(wantCodes, r.code)
		default:
			want = append(want, r.good())
		}
	}
	for _, r := range got {
		if r.code != "" {
			codes = append(codes, r.code)
		}
	}
	if good := taken(got); !reflect.DeepEqual(good, want) {
		t.Errorf("read are %d rows, want %d", len(good), len(want))
	}
	wantCodes = append(wantCodes, b.Told...)
	slices.Sort(wantCodes)
	slices.Sort(codes)
	if !slices.Equal(codes, wantCodes) {
		t.Errorf("refused are %q, want %q", codes, wantCodes)
	}
}

// wordsOfBoth are the codes for which the page has words in both languages.
func wordsOfBoth(t *testing.T) map[string]bool {
	t.Helper()
	n := map[string]int{}
	for _, language := range []string{"ja", "en"} {
		content, err := os.ReadFile(filepath.Join("..", "..", "frontend", "src", "features", "imports", "locales", language+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var words struct{ Reason map[string]string }
		if err := json.Unmarshal(content, &words); err != nil {
			t.Fatal(err)
		}
		for code := range words.Reason {
			n[code]++
		}
	}
	both := map[string]bool{}
	for code, languages := range n {
		both[code] = languages == 2
	}
	return both
}

// TestAColumnRenamed names the column that is missing, of every format.
func TestAColumnRenamed(t *testing.T) {
	for _, s := range samples {
		header, rows := s.parts(t)
		first, rest, _ := strings.Cut(header, map[bool]string{true: "\t", false: ","}[s.tabs()])
		renamed := 0
		for _, name := range append([]string{first}, strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == '\t' })...) {
			name = strings.Trim(name, `"`)
			text := strings.Replace(header, name, "xx", 1) + "\n" + strings.Join(rows, "\n")
			if _, err := readThrough(t, text, s.format); err != nil {
				renamed++
				if code := codeOf(err); code != "MISSING_COLUMNS" || !strings.Contains(err.Error(), "the header has no column ") {
					t.Errorf("%s without %s: %v", s.file, name, err)
				}
			}
		}
		if renamed < 3 {
			t.Errorf("%s: only %d columns are missed", s.file, renamed)
		}
	}
}

// TestAMutatedRow damages one row of a file after the other at random. Nothing
// panics, and all other rows are read as before.
func TestAMutatedRow(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 5
	}
	rng := rand.New(rand.NewPCG(7, 11))
	for _, s := range samples {
		for range rounds {
			_, rows := s.parts(t)
			at := rng.IntN(len(rows))
			othersStand(t, s, at, malltest.Mutate(rng, rows[at]))
		}
	}
}

// othersStand reads a file of which one row is another, and checks the others.
func othersStand(t testing.TB, s sample, at int, instead string) {
	t.Helper()
	header, rows := s.parts(t)
	before, err := readThrough(t, strings.Join(append([]string{header}, rows...), "\n")+"\n", s.format)
	if err != nil {
		t.Fatal(err)
	}
	no := before[at].no
	rows[at] = instead
	text := strings.Join(append([]string{header}, rows...), "\n") + "\n"
	var sniffed encodingSniffer
	_, _ = sniffed.Write([]byte(text))
	if e, err := sniffed.encoding(); err != nil || e != UTF8 {
		return // so much of it is damaged that it is no file of this encoding any more
	}
	after, err := readThrough(t, text, s.format)
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]int{}
	for _, r := range after {
		if r.code == "" {
			left[r.good()]++
		}
	}
	for i, r := range before {
		if i == at || r.code != "" || s.once && r.no == no {
			continue
		}
		if left[r.good()]--; left[r.good()] < 0 {
			t.Errorf("%s: line %d is lost when line %d is %q", s.file, i+2, at+2, instead)
		}
	}
}
