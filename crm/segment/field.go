package segment

import (
	"slices"
	"strings"
)

// Type tells a form how to show a field's values.
type Type string

// The types of field.
const (
	TypeNumber  Type = "NUMBER"
	TypeMoney   Type = "MONEY" // minor unit of the merchant's base currency
	TypeTime    Type = "TIME"
	TypeChoice  Type = "CHOICE"  // one of a few
	TypeChoices Type = "CHOICES" // several of a few
	TypeText    Type = "TEXT"    // free texts, compared exactly
	TypeBoolean Type = "BOOLEAN"
)

// Choice is one value a CHOICE or CHOICES field can have.
type Choice struct {
	Value string
	Words Words
}

// Field is one thing a rule can speak of. To add one: an entry in fields and
// a golden file.
type Field struct {
	Name      string // stands in stored rules, never changes
	Type      Type
	Group     Words // of fields that stand together in a form
	Words     Words
	Help      Words // how the figure is defined
	Unit      Words // after a number; empty where the type says it
	Operators []Operator
	Choices   []Choice // filled by the catalog where they are the merchant's own
	Max       int64    // the largest number that makes sense
	Decimals  int      // digits after the point of numbers, which rules then hold as units of the last
	Signed    bool     // numbers may be below 0
	PerMall   bool     // can be narrowed to one mall ("mall")
	Period    bool     // can be narrowed to some days ("within_days")
	// Product fields can be narrowed to products ("skus") and categories
	// ("categories"): what is of one of the products or of one of the categories.
	Product bool
	AsOf    bool // can be asked of the end of a past day ("as_of")
	Event   bool // can be narrowed to events ("events")

	property *Property // that the field is about

	sql func(*builder, *Condition) predicate
	ja  func(*speaker, *Condition) phrase
	en  func(*speaker, *Condition) string
}

// UnitOfOne is the unit after exactly one, which in English is another word.
func (f *Field) UnitOfOne() Words {
	one := f.Unit
	if one.EN == "people" {
		one.EN = "person"
	}
	one.EN = strings.TrimSuffix(one.EN, "s")
	return one
}

// Takes reports whether the field has the operator.
func (f *Field) Takes(op Operator) bool { return slices.Contains(f.Operators, op) }

var (
	purchase   = Words{"購入", "Purchases"}
	circulate  = Words{"モール", "Malls"}
	membership = Words{"会員・ポイント", "Membership and points"}
	behaviour  = Words{"行動", "Behaviour"}
	contact    = Words{"連絡", "Contact"}
	combined   = Words{"セグメント", "Segments"}
	profile    = Words{"プロフィール", "Profile"}

	numberOperators = []Operator{AtLeast, AtMost, Equal, Between}
	dateOperators   = []Operator{WithinDays, BeforeDays, Since, Before, During}
)

const (
	maxCount = 1_000_000
	maxMoney = 1_000_000_000_000
)

// fields is the catalog, in the order a form shows it. Beside what RFM and the
// ready-made segments need it holds what merchants narrow by day to day: which
// product, when, how somebody buys, looks around and answers to mails.
func fields(merchant Merchant) []*Field {
	return slices.Concat(purchaseFields(), courseFields(), habitFields(), eventFields(), mallFields(), crossingFields(),
		behaviourFields(), memberFields(merchant), balanceFields(), ruleFields(merchant), contactFields(), profileFields(), propertyFields(merchant), tagFields(merchant), segmentFields(merchant))
}
