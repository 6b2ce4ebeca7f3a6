package mall

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Format is one kind of file.
type Format interface {
	// Name is the format's stable name, kept with each import.
	Name() string
	// Mall is where files of this format come from; "" = anywhere.
	Mall() Mall
	// Needs are the columns without which Bind refuses a header.
	Needs() []Need
	// Bind prepares for files with that header. The fault it returns when the
	// header does not fit names the columns that are missing.
	Bind(header []string) (Decoder, error)
}

// Decoder turns the records of one file, in order, into orders and lines. Its
// methods return a *Problem for a record that cannot be read.
type Decoder interface {
	OrderNo(rec []string) (string, error)
	Order(orderNo string, rec []string) (Order, error)
	Line(rec []string) (Line, error)
}

// Problem is what is wrong with one record.
type Problem struct {
	Code   string // stable, SCREAMING_SNAKE
	Column string // as named in the file's header
	Detail string // without personal data
}

func (p *Problem) Error() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", p.Code, p.Column, p.Detail))
}

// The codes of problems.
const (
	MissingOrderNo = "MISSING_ORDER_NO"
	MissingValue   = "MISSING_VALUE"
	BadDate        = "BAD_DATE"
	BadMail        = "BAD_MAIL"
	BadAmount      = "BAD_AMOUNT"
	BadQuantity    = "BAD_QUANTITY"
	UnknownStatus  = "UNKNOWN_STATUS"
	OtherChannel   = "OTHER_CHANNEL" // a parcel of another channel's order, no sale of the mall
)

// Formats lists the built-in formats. A new mall is a file and a line here. Of
// formats that tell the same orders in halves, the surer one stands first.
func Formats() []Format {
	return []Format{
		RakutenOrders{},
		RakutenLegacy{},
		YahooOrders{},
		YahooItems{},
		AmazonOrders{},
		AmazonShipments{},
		AmazonUnshipped{},
		ShopifyOrders{},
		AuPayOrders{},
		Qoo10Orders{},
		FutureshopOrders{},
		MakeshopOrders{},
		PosReceipts{},
	}
}

// FormatByName finds a built-in format.
func FormatByName(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name() == name {
			return f, true
		}
	}
	return nil, false
}

// Detect finds the built-in format a header belongs to.
// Errors: fault.Invalid UNKNOWN_FORMAT; MISSING_COLUMNS when the header is
// nearly some format's.
func Detect(header []string) (Format, error) {
	for _, f := range Formats() {
		if _, err := f.Bind(header); err == nil {
			return f, nil
		}
	}
	if near, _ := Nearly(header); near != nil {
		_, err := near.Bind(header)
		return nil, err
	}
	return nil, fault.New(fault.Invalid, "no known mall writes these columns; choose a mapping").WithCode("UNKNOWN_FORMAT").At("uploadId")
}

// columns finds columns by name, whatever their order and width.
type columns struct{ names, numbered []string }

func newColumns(header []string) columns {
	c := columns{make([]string, len(header)), make([]string, len(header))}
	for i, h := range header {
		c.names[i] = foldColumn(h)
		c.numbered[i] = foldNumber(c.names[i])
	}
	return c
}

// find is the position of the first of the aliases that the file has, or -1. One
// that it has just so comes before one that it has with No for 番号.
func (c columns) find(aliases ...string) int {
	for _, a := range aliases {
		if i := slices.Index(c.names, foldColumn(a)); a != "" && i >= 0 {
			return i
		}
	}
	for _, a := range aliases {
		if i := slices.Index(c.numbered, foldNumber(foldColumn(a))); a != "" && i >= 0 {
			return i
		}
	}
	return -1
}

// foldNumber makes 会員No, 会員No. and 会員ナンバー, folded, 会員番号.
func foldNumber(name string) string {
	for _, no := range []string{"no.", "no", "ナンバー"} {
		if of, ok := strings.CutSuffix(name, no); ok && of != "" && of[len(of)-1] >= utf8.RuneSelf {
			return of + "番号"
		}
	}
	return name
}

// foldColumn makes full-width and half-width, spaced and cased spellings of a column equal.
func foldColumn(s string) string {
	return strings.ToLower(strings.TrimSpace(norm.NFKC.String(s)))
}

// cell is the trimmed content of column i; "" when the file has no such column.
func cell(rec []string, i int) string {
	if i < 0 || i >= len(rec) {
		return ""
	}
	return strings.TrimSpace(rec[i])
}
