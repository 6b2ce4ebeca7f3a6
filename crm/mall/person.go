package mall

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Person is what a file of customers says of one of them.
type Person struct {
	Buyer Buyer
	Words []Word `json:",omitempty"`
	// Member is what the files of former systems tell beside; nil in others.
	Member *Member `json:",omitempty"`
}

// Word is what a file says about advertising to a person.
type Word struct {
	Channel string // MAIL, SMS, POSTAL
	Given   bool
	At      time.Time `json:",omitzero"` // zero: the file does not say when
}

// PersonFormat is one kind of file of customers: a row is a person.
type PersonFormat interface {
	// Name is the format's stable name, kept with each import.
	Name() string
	// Mall is where files of this format come from; "" = anywhere.
	Mall() Mall
	// BindPeople prepares for files with that header. The fault it returns when
	// the header does not fit names the columns that are missing.
	BindPeople(header []string) (PersonDecoder, error)
}

// PersonDecoder turns records into people. It returns a *Problem for a record
// that cannot be read.
type PersonDecoder interface {
	Person(rec []string) (Person, error)
}

// Enrolling is what decoders do whose files may tell since when people are
// members of the loyalty program.
type Enrolling interface {
	// JoinedColumn is the column that tells it; "": the file has none.
	JoinedColumn() string
}

// memberSince is what a file tells of one whom it knows to be a member since a
// day; nil for the zero day, of one whom it does not.
func memberSince(joined time.Time) *Member {
	if joined.IsZero() {
		return nil
	}
	return &Member{JoinedAt: joined}
}

// earliestJoin is before any loyalty program that a file may tell of.
const earliestJoin = 1990

// joinedAt reads since when somebody is a member; the zero time where the cell
// is empty or holds the zeros that databases write for no day.
func joinedAt(cell string, order dateOrder, zone *time.Location) (time.Time, error) {
	if strings.Trim(cell, "0-/: .") == "" {
		return time.Time{}, nil
	}
	at, err := parseTime(cell, order, zone)
	if err == nil && at.Year() < earliestJoin {
		err = errDate
	}
	return at, err
}

// The codes of problems of people.
const (
	Nobody      = "NOBODY"       // nothing to know the person by
	BadConsent  = "BAD_CONSENT"  // neither a yes nor a no
	BadProperty = "BAD_PROPERTY" // no value of the custom property; Detail says why
)

// PersonFormats lists the built-in formats of customers.
func PersonFormats() []PersonFormat {
	return []PersonFormat{ShopifyCustomers{}, Members{}, CustomersCSV{}}
}

// PersonFormatByName finds a built-in format of customers.
func PersonFormatByName(name string) (PersonFormat, bool) {
	i := slices.IndexFunc(PersonFormats(), func(f PersonFormat) bool { return f.Name() == name })
	if i < 0 {
		return nil, false
	}
	return PersonFormats()[i], true
}

// Loose says that files of a format are told by names which files of others may
// have, too: where a mapping of the merchant's own fits, that is meant.
func Loose(format string) bool {
	return slices.Contains([]string{CustomersCSV{}.Name(), PosReceipts{}.Name(), ProductsCSV{}.Name(), StockCSV{}.Name(), CampaignCostsCSV{}.Name()}, format)
}

// DetectPeople finds the built-in format of customers a header belongs to.
func DetectPeople(header []string) (PersonFormat, bool) {
	for _, f := range PersonFormats() {
		if _, err := f.BindPeople(header); err == nil {
			return f, true
		}
	}
	return nil, false
}

// yes and no are the words with which files say whether somebody may be written
// to, folded.
var (
	yes = []string{"yes", "y", "true", "t", "1", "on", "○", "◯", "はい", "可", "許可", "希望", "希望する", "希望します", "受け取る", "受取る", "受信", "受信する", "購読", "購読中", "購読する", "同意", "同意する", "同意済", "同意済み", "配信可", "配信する", "有効", "subscribed", "opt-in", "optin"}
	no  = []string{"no", "n", "false", "f", "0", "off", "×", "✕", "いいえ", "不可", "拒否", "希望しない", "希望しません", "受け取らない", "受取らない", "受信しない", "未購読", "購読しない", "解除", "解除済", "同意しない", "配信不可", "配信しない", "無効", "unsubscribed", "not_subscribed", "opt-out", "optout"}
)

// consent reads a yes or a no; said is false where the cell says nothing.
func consent(cell string) (given, said, ok bool) {
	word := strings.ToLower(strings.TrimSpace(norm.NFKC.String(cell)))
	switch {
	case word == "" || word == "-":
		return false, false, true
	case slices.Contains(yes, word):
		return true, true, true
	case slices.Contains(no, word):
		return false, true, true
	}
	return false, false, false
}

// ShopifyCustomers is the customer CSV of Shopify: UTF-8, one row per person.
// Older exports name the columns of the address plainly, newer ones with
// "Default Address" before them and with a customer id.
//
// What is particular: ids, postcodes and phones carry a leading ' against
// spreadsheets; phones begin with +81; prefectures are codes (JP-13) beside
// names; there are no readings of names and no dates of consent.
// Source: column lists of public customer exports.
type ShopifyCustomers struct{}

// Name is the format's stable name.
func (ShopifyCustomers) Name() string { return "SHOPIFY_CUSTOMERS" }

// Mall is Shopify.
func (ShopifyCustomers) Mall() Mall { return Shopify }

// BindPeople finds the columns in header.
func (ShopifyCustomers) BindPeople(header []string) (PersonDecoder, error) {
	s, err := newSheet(header, "First Name", "Last Name", "Email", "Accepts Email Marketing|Accepts Marketing",
		"Address1|Default Address Address1", "Total Spent", "Total Orders")
	return shopifyPeople{s, header}, err
}

type shopifyPeople struct {
	*sheet
	header []string
}

// Person implements PersonDecoder.
func (d shopifyPeople) Person(rec []string) (Person, error) {
	unquoted := func(columns ...string) string { return strings.TrimPrefix(d.first(rec, columns...), "'") }
	p := Person{Buyer: Buyer{
		MemberID: unquoted("Customer ID"), Mail: d.cell(rec, "Email"),
		FamilyName: d.cell(rec, "Last Name"), GivenName: d.cell(rec, "First Name"),
		Phone:      unquoted("Phone", "Default Address Phone"),
		PostalCode: unquoted("Zip", "Default Address Zip"),
		Prefecture: prefecture(d.first(rec, "Province Code", "Default Address Province Code", "Province", "Default Address Province")),
		City:       d.first(rec, "City", "Default Address City"),
		Address: strings.TrimSpace(d.first(rec, "Address1", "Default Address Address1") + " " +
			d.first(rec, "Address2", "Default Address Address2")),
		Country: d.first(rec, "Country Code", "Default Address Country Code"),
	}}
	var err error
	p.Words, err = words(rec, d.header, []consentColumn{
		{"MAIL", d.position("Accepts Email Marketing")}, {"MAIL", d.position("Accepts Marketing")}, {"SMS", d.position("Accepts SMS Marketing")},
	})
	return p, err
}

// consentColumn is a column that says whether a person may be written to.
type consentColumn struct {
	channel string
	at      int
}

func words(rec, header []string, columns []consentColumn) ([]Word, error) {
	var words []Word
	for _, c := range columns {
		given, said, ok := consent(cell(rec, c.at))
		if !ok {
			return nil, &Problem{Code: BadConsent, Column: header[c.at]}
		}
		if said {
			words = append(words, Word{Channel: c.channel, Given: given})
		}
	}
	return words, nil
}
