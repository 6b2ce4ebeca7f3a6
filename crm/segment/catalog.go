package segment

import (
	"strconv"
	"time"
)

// Merchant is what a catalog takes from the merchant's settings.
type Merchant struct {
	Zone     *time.Location
	Currency string   // ISO 4217, the base currency of net sales
	Stages   []Choice // in the order of the ladder
	Segments []Named  // that rules may name
	// Properties are what the merchant keeps of customers, those out of use last.
	Properties []Property
	Events     []Event  // in the order a form shows them
	Tags       []Choice // of customers, by their ids
	EarnRules  []Choice // of the point programme, by their ids, those out of use last
}

// Catalog is the set of fields as one merchant sees them. It is immutable and
// safe for concurrent use.
type Catalog struct {
	merchant Merchant
	fields   []*Field
	byName   map[string]*Field

	eventChoices []Choice
}

// NewCatalog makes the catalog of a merchant.
func NewCatalog(merchant Merchant) *Catalog {
	c := &Catalog{merchant: merchant, fields: fields(merchant), byName: map[string]*Field{}, eventChoices: eventChoices(merchant.Events)}
	for _, f := range c.fields {
		c.byName[f.Name] = f
	}
	return c
}

// Fields lists the catalog in the order a form shows it.
func (c *Catalog) Fields() []*Field { return c.fields }

// Malls lists the malls a condition can be narrowed to.
func (c *Catalog) Malls() []Choice { return mallChoices() }

// Events lists what a condition of an Event field can be narrowed to.
func (c *Catalog) Events() []Choice { return c.eventChoices }

// Currency is the base currency of the MONEY fields.
func (c *Catalog) Currency() string { return c.merchant.Currency }

// mallChoices names each mall the way people say it in a sentence.
func mallChoices() []Choice {
	return []Choice{
		{"RAKUTEN", Words{"楽天", "Rakuten"}},
		{"AMAZON", Words{"Amazon", "Amazon"}},
		{"YAHOO", Words{"Yahoo!ショッピング", "Yahoo! Shopping"}},
		{"AU_PAY", Words{"au PAY マーケット", "au PAY Market"}},
		{"QOO10", Words{"Qoo10", "Qoo10"}},
		{"SHOPIFY", Words{"Shopify", "Shopify"}},
		{"FUTURESHOP", Words{"futureshop", "futureshop"}},
		{"MAKESHOP", Words{"MakeShop", "MakeShop"}},
		{"OWN_SITE", Words{"自社サイト", "the own site"}},
		{"STORE", Words{"実店舗", "the physical store"}},
	}
}

func monthChoices() []Choice {
	choices := make([]Choice, 12)
	for i := range choices {
		n := strconv.Itoa(i + 1)
		choices[i] = Choice{n, Words{n + "月", time.Month(i + 1).String()}}
	}
	return choices
}

// wordsOf finds the words of a choice; a value without any speaks for itself.
func wordsOf(choices []Choice, value string) Words {
	for _, c := range choices {
		if c.Value == value {
			return c.Words
		}
	}
	return Words{value, value}
}
