package segment

import "strings"

// Operator is what a condition does with its value.
type Operator string

// The operators. Each takes one shape of value, whatever the field.
const (
	Equal       Operator = "eq"
	AtLeast     Operator = "gte"
	AtMost      Operator = "lte"
	Between     Operator = "between"     // both ends included
	WithinDays  Operator = "within_days" // today and the n days before it
	BeforeDays  Operator = "before_days" // earlier than that, the complement among those who have a date
	Since       Operator = "since"       // that day or later
	Before      Operator = "before"      // before that day
	During      Operator = "during"      // from one day to another, both included
	AnyOf       Operator = "any_of"
	AllOf       Operator = "all_of"
	NoneOf      Operator = "none_of"
	CountAtMost Operator = "count_lte" // how many different ones
	CountLeast  Operator = "count_gte"
	Is          Operator = "is"
	ThisMonth   Operator = "this_month"
	NextMonth   Operator = "next_month"
	NextDays    Operator = "next_days" // today and the n days after it
	Contains    Operator = "contains"  // has one of the texts somewhere in it
	Known       Operator = "known"     // has a value at all
	Unknown     Operator = "unknown"
)

// Shape is the form of an operator's value in a rule.
type Shape string

// The shapes of values.
const (
	ShapeNone        Shape = "NONE"         // the operator stands alone
	ShapeNumber      Shape = "NUMBER"       // 2, in the field's unit
	ShapeCount       Shape = "COUNT"        // 2, how many different values
	ShapeNumberRange Shape = "NUMBER_RANGE" // [2, 5]
	ShapeDays        Shape = "DAYS"         // 90
	ShapeDate        Shape = "DATE"         // "2026-11-01"
	ShapeDateRange   Shape = "DATE_RANGE"   // ["2026-11-01", "2026-11-30"]
	ShapeList        Shape = "LIST"         // ["RAKUTEN", "YAHOO"]: choices of the field, or free text where it has none
	ShapeBoolean     Shape = "BOOLEAN"      // true
)

// Words is a text in the two languages of the product.
type Words struct{ JA, EN string }

// In picks the language of a locale; anything but English reads Japanese, the
// product's first.
func (w Words) In(locale string) string {
	if strings.HasPrefix(locale, "en") {
		return w.EN
	}
	return w.JA
}

type operatorInfo struct {
	shape Shape
	words Words
}

// Words stand so that a row of a form reads as a sentence: in Japanese behind
// the value (購入回数 2回 以上), in English before it (Orders is at least 2).
var operators = map[Operator]operatorInfo{
	Equal:       {ShapeNumber, Words{"ちょうど", "is exactly"}},
	AtLeast:     {ShapeNumber, Words{"以上", "is at least"}},
	AtMost:      {ShapeNumber, Words{"以下", "is at most"}},
	Between:     {ShapeNumberRange, Words{"の範囲", "is between"}},
	WithinDays:  {ShapeDays, Words{"前から今日まで", "is within the last"}},
	BeforeDays:  {ShapeDays, Words{"前よりも前", "is earlier than the last"}},
	Since:       {ShapeDate, Words{"以降", "is on or after"}},
	Before:      {ShapeDate, Words{"より前", "is before"}},
	During:      {ShapeDateRange, Words{"の間", "is between"}},
	AnyOf:       {ShapeList, Words{"のいずれかに該当", "is any of"}},
	AllOf:       {ShapeList, Words{"のすべてに該当", "has all of"}},
	NoneOf:      {ShapeList, Words{"のいずれにも該当しない", "is none of"}},
	CountLeast:  {ShapeCount, Words{"以上（種類の数）", "has at least this many kinds:"}},
	CountAtMost: {ShapeCount, Words{"以下（種類の数）", "has at most this many kinds:"}},
	Is:          {ShapeBoolean, Words{"かどうか", "is"}}, // the value alone says it: 会員 該当する
	ThisMonth:   {ShapeNone, Words{"が今月", "is this month"}},
	NextMonth:   {ShapeNone, Words{"が来月", "is next month"}},
	NextDays:    {ShapeDays, Words{"後まで（今日から）", "is within the next"}},
	Contains:    {ShapeList, Words{"のいずれかを含む", "contains any of"}},
	Known:       {ShapeNone, Words{"の登録がある", "is on record"}},
	Unknown:     {ShapeNone, Words{"の登録がない", "is not on record"}},
}

// Shape is the form of value the operator takes; empty for an unknown one.
func (o Operator) Shape() Shape { return operators[o].shape }

// Words is how a form labels the operator.
func (o Operator) Words() Words { return operators[o].words }
