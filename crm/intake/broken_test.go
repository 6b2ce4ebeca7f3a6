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
	bind binder
	file string
	// once says that what is of the order stands on its first row only.
	once bool
	// loose says that the columns are told by many names, of which few are needed.
	loose bool
}

// binder prepares for files with a header: decode reads a record into a row.
type binder func(header []string) (decode func(row *told, fields []string) error, err error)

func ofOrders(f mall.Format) binder {
	return func(header []string) (func(*told, []string) error, error) {
		dec, err := f.Bind(header)
		return func(row *told, fields []string) error { return decodeOrder(dec, row, fields) }, err
	}
}

func ofPeople(f mall.PersonFormat) binder {
	return func(header []string) (func(*told, []string) error, error) {
		dec, err := f.BindPeople(header)
		return func(row *told, fields []string) (err error) { row.person, err = dec.Person(fields); return err }, err
	}
}

func ofTable(f mall.TableFormat) binder {
	return func(header []string) (func(*told, []string) error, error) {
		dec, err := f.BindTable(header)
		return func(row *told, fields []string) (err error) { row.other, err = dec.Row(fields); return err }, err
	}
}

// samples are all formats with a header row, each with a file of its own.
var samples = []sample{
	{bind: ofOrders(mall.RakutenOrders{}), file: "rakuten_158.csv"},
	{bind: ofOrders(mall.RakutenOrders{}), file: "rakuten_107.csv"},
	{bind: ofOrders(mall.RakutenLegacy{}), file: "rakuten_legacy.csv"},
	{bind: ofOrders(mall.YahooOrders{}), file: "yahoo_orders.csv"},
	{bind: ofOrders(mall.YahooItems{}), file: "yahoo_items.csv"},
	{bind: ofOrders(mall.AmazonOrders{}), file: "amazon_orders.txt"},
	{bind: ofOrders(mall.AmazonShipments{}), file: "amazon_shipments.txt"},
	{bind: ofOrders(mall.AmazonUnshipped{}), file: "amazon_unshipped.txt"},
	{bind: ofOrders(mall.AmazonUnshipped{}), file: "amazon_new_orders.txt"},
	{bind: ofOrders(mall.ShopifyOrders{}), file: "shopify_orders.csv", once: true},
	{bind: ofOrders(mall.AuPayOrders{}), file: "au_pay_orders.csv"},
	{bind: ofOrders(mall.Qoo10Orders{}), file: "qoo10_orders.csv"},
	{bind: ofOrders(mall.FutureshopOrders{}), file: "futureshop_orders.csv"},
	{bind: ofOrders(mall.FutureshopOrders{}), file: "futureshop_few.csv"},
	{bind: ofOrders(mall.MakeshopOrders{}), file: "makeshop_orders.csv"},
	{bind: ofOrders(mall.PosReceipts{}), file: "pos_receipts.csv"},
	{bind: ofOrders(mall.PosReceipts{}), file: "pos_transactions.csv"},
	{bind: ofPeople(mall.ShopifyCustomers{}), file: "shopify_customers.csv"},
	{bind: ofPeople(mall.CustomersCSV{}), file: "customers_list.csv", loose: true},
	{bind: ofTable(mall.ProductsCSV{}), file: "products.csv", loose: true},
	{bind: ofTable(mall.StockCSV{}), file: "stock.csv", loose: true},
	{bind: ofTable(mall.CampaignCostsCSV{}), file: "campaign_costs.csv"},
	{bind: ofTable(mall.SuppressionsCSV{}), file: "suppressions.csv", loose: true},
	{bind: ofTable(mall.EventsCSV{}), file: "events.csv", loose: true},
}

// told is what reading makes of one record.
type told struct {
	line   int64
	raw    string
	no     string
	order  mall.Order
	item   mall.Line
	person mall.Person
	other  mall.Row
	code   string // of why it is refused; "" = it is taken in
}

// good is what a row says, whatever stands around it.
func (row told) good() string {
	text, _ := json.Marshal([]any{row.no, row.order, row.item, row.person, row.other}) // cannot fail: text and numbers
	return string(text)
}

// readThrough reads a file as intake does: sniffed, decoded, cut into records,
// told by its header, and decoded by the format it is of.
func readThrough(t testing.TB, content string, bind binder) (rows []told, header error) {
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
	decode, err := bind(names)
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
			row.code = codeOfRow(t, row.line, decode(&row, rec.fields))
		}
		rows = append(rows, row)
	}
}

// decodeOrder reads the order and the line of a record into row.
func decodeOrder(dec mall.Decoder, row *told, fields []string) (err error) {
	if row.no, err = dec.OrderNo(fields); err != nil {
		return err
	}
	if row.order, err = dec.Order(row.no, fields); err != nil {
		return err
	}
	if half, ok := dec.(mall.Half); !ok || half.Share().Lines {
		row.item, err = dec.Line(fields)
	}
	return err
}

// codeOfRow is why a row is refused; any other error ends the test.
func codeOfRow(t testing.TB, line int64, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	p, ok := mall.AsProblem(err)
	if !ok {
		t.Fatalf("line %d: %v is no problem of the row", line, err)
	}
	return p.Code
}

// parts are the header and the rows of a sample's file, each of one line.
func (s sample) parts(t testing.TB) (header string, rows []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "mall", "testdata", s.file))
	if err != nil {
		t.Fatal(err)
	}
	whole := strings.ReplaceAll(string(text), "\r\n", "\n")
	for _, after := range []string{"サイズ", "深蒸し", "行\""} { // the line breaks within cells
		whole = strings.ReplaceAll(whole, "\n"+after, " "+after)
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
		whole, err := readThrough(t, strings.Join(append([]string{header}, rows...), "\n")+"\n", s.bind)
		if err != nil || len(whole) != len(rows) {
			t.Fatalf("%s: %d of %d rows, %v", s.file, len(whole), len(rows), err)
		}
		for _, b := range malltest.BreakUp(header, rows, s.tabs()) {
			for _, encoding := range []string{"utf-8", "cp932"} {
				t.Run(s.file+"/"+b.How+"/"+encoding, func(t *testing.T) {
					text := b.Text
					if encoding == "cp932" {
						if _, err := japanese.ShiftJIS.NewEncoder().String(text); err != nil {
							t.Skip("it holds letters that CP932 does not have")
						}
						text = encoded(t, japanese.ShiftJIS, text)
					}
					got, err := readThrough(t, text, s.bind)
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
		if s.loose {
			continue
		}
		header, rows := s.parts(t)
		first, rest, _ := strings.Cut(header, map[bool]string{true: "\t", false: ","}[s.tabs()])
		renamed := 0
		for _, name := range append([]string{first}, strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == '\t' })...) {
			name = strings.Trim(name, `"`)
			text := strings.Replace(header, name, "xx", 1) + "\n" + strings.Join(rows, "\n")
			if _, err := readThrough(t, text, s.bind); err != nil {
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
	before, err := readThrough(t, strings.Join(append([]string{header}, rows...), "\n")+"\n", s.bind)
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
	after, err := readThrough(t, text, s.bind)
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
