package mall

import (
	"slices"
	"time"
)

// Kinds of rows of such files. But for orders, which a program may tell instead,
// they are neither of orders nor of people.
const (
	OrdersKind   = "ORDERS"
	ProductsKind = "PRODUCTS" // what a product is called, what it costs, how much of it there is
	EventsKind   = "EVENTS"   // behaviour
	CostsKind    = "COSTS"    // what a campaign cost
)

// Row is what a record of such a file says; what it is not of is nil.
type Row struct {
	Good       *Good
	Cost       *CampaignCost
	Event      string      // a JSON object of a behaviour by field
	Suppressed *Suppressed `json:",omitempty"`
	Order      *Telling    `json:",omitempty"`
}

// Good is what a file says of a product. Nil and empty fields are not told.
type Good struct {
	SKU, Name, Category string
	Cost                *int64 // of one piece, minor unit of Currency
	Currency            string
	From                time.Time // from which day the cost holds; zero: from the beginning
	Stock               *int64
}

// CampaignCost is money spent for a campaign.
type CampaignCost struct {
	Campaign string // its name, or its id
	On       time.Time
	Purpose  string
	Note     string
	Currency string
	Amount   int64 // minor unit; below zero: money that came back
}

// Origin is where rows come from.
type Origin struct {
	ImportID, ShopID int64
	Family           []int64 // imports of rows of the same file: the first, and those that brought refused rows back mended
	Lines            []int64 // of the rows, in the file
	At               time.Time
}

// Tally is what became of rows; Refused by their place among them.
type Tally struct {
	Added, Changed, Same int64
	Refused              map[int]RecordErrors
}

// Refuse notes a row that cannot be taken over, and all that is wrong with it.
func (t *Tally) Refuse(row int, faults ...*Problem) {
	if t.Refused == nil {
		t.Refused = map[int]RecordErrors{}
	}
	t.Refused[row] = faults
}

// TableFormat is one kind of file of such rows.
type TableFormat interface {
	// Name is the format's stable name, kept with each import.
	Name() string
	// Kind is what its rows are.
	Kind() string
	// BindTable prepares for files with that header. The fault it returns when
	// the header does not fit names the columns that are missing.
	BindTable(header []string) (TableDecoder, error)
}

// TableDecoder turns records into rows. It returns a *Problem for a record that
// cannot be read.
type TableDecoder interface {
	Row(rec []string) (Row, error)
}

// The codes of problems of such rows that only their nouns can tell.
const (
	UnknownProduct  = "UNKNOWN_PRODUCT"
	UnknownCampaign = "UNKNOWN_CAMPAIGN" // none of this name, or several
)

// TableFormats lists the built-in formats of such files.
func TableFormats() []TableFormat {
	return []TableFormat{OrderLines{}, EventLines{}, EventsCSV{}, CampaignCostsCSV{}, ProductsCSV{}, StockCSV{}, SuppressionsCSV{}}
}

// TableFormatByName finds a built-in format of such files.
func TableFormatByName(name string) (TableFormat, bool) {
	i := slices.IndexFunc(TableFormats(), func(f TableFormat) bool { return f.Name() == name })
	if i < 0 {
		return nil, false
	}
	return TableFormats()[i], true
}

// DetectTable finds the built-in format of such files a header belongs to;
// headers of orders and of people are none.
func DetectTable(header []string) (TableFormat, bool) {
	for _, f := range TableFormats() {
		if _, err := f.BindTable(header); err == nil {
			return f, true
		}
	}
	return nil, false
}
