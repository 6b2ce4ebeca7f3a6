package mall

import (
	"cmp"
	"errors"
	"slices"
)

// Half is the decoder of files that tell only a share of their orders: a mall
// that exports an order and its items, or its buyer, in files of their own; or of
// files that tell the money of an order line by line.
type Half interface {
	Decoder
	// Share is what the file tells.
	Share() Share
	// Companion is the format of the files that tell the rest; the zero value
	// where there is no rest, and an order is only put together from its lines.
	Companion() Companion
}

// Share is what a file tells of its orders.
type Share struct {
	Facts bool // state, times, currency, money
	Lines bool // when false, a record is no line and Decoder.Line is not asked
	Buyer bool
}

// Companion is the other half of a format.
type Companion struct {
	Format string
	Needed bool // without it the orders cannot be counted
}

// Portion is the share of one order that files of one format told.
type Portion struct {
	Format string
	Share  Share
	Order  Order
	Lines  []Line `json:",omitempty"`
}

// errNoLines is what the decoder of a file without lines answers when asked for one.
var errNoLines = errors.New("mall: files of this format have no lines")

// Compose makes an order of what is told of it. The result depends on the
// portions only, not on which came first: facts and lines are taken from the
// first format in the registry that tells them, the buyer from the first that
// names one. It reports false while facts or lines are missing.
func Compose(portions []Portion) (Order, []Line, bool) {
	portions = slices.SortedFunc(slices.Values(portions), func(a, b Portion) int { return cmp.Compare(rank(a.Format), rank(b.Format)) })
	facts := slices.IndexFunc(portions, func(p Portion) bool { return p.Share.Facts })
	lines := slices.IndexFunc(portions, func(p Portion) bool { return p.Share.Lines })
	if facts < 0 || lines < 0 {
		return Order{}, nil, false
	}
	o := portions[facts].Order
	for _, p := range portions {
		if o.Buyer.Empty() && p.Share.Buyer {
			o.Buyer = p.Order.Buyer
		}
		o.Gift = o.Gift || p.Order.Gift
		if o.ShippedAt.IsZero() {
			o.ShippedAt = p.Order.ShippedAt
		}
	}
	if o.Status == Placed && !o.ShippedAt.IsZero() {
		o.Status = Shipped
	}
	for _, l := range portions[lines].Lines {
		o.charge(l.Charges)
	}
	return o, portions[lines].Lines, true
}

// rank is where a format stands in the registry.
func rank(format string) int {
	return slices.IndexFunc(Formats(), func(f Format) bool { return f.Name() == format })
}

// KeyLines gives the lines of a portion that have no key of the mall one of
// their own: the SKU and how often it has come.
func KeyLines(lines []Line) {
	seen := map[string]int{}
	for i := range lines {
		if lines[i].Key == "" {
			seen[lines[i].SKU]++
			lines[i].Key = lineKey(lines[i].SKU, seen[lines[i].SKU])
		}
	}
}

// Retold is what is known of an order's portion after a file told it once more.
//
// A file tells all lines of an order it names, so that lines it no longer has
// are gone. Two cases are no such retelling: rows of the file were refused
// (whole is false), or none of its lines was known, which is how mended rows
// and the rest of an order that was cut come. Then its lines are added.
func (p Portion) Retold(told Portion, whole bool) Portion {
	if told.Order.Buyer.Empty() {
		told.Order.Buyer = p.Order.Buyer
	}
	byKey := map[string]int{}
	for i, l := range told.Lines {
		byKey[l.Key] = i
	}
	known := slices.ContainsFunc(p.Lines, func(l Line) bool { _, ok := byKey[l.Key]; return ok })
	if whole && (known || len(told.Lines) == 0) {
		return told
	}
	older := told
	older.Lines = slices.Clone(p.Lines)
	for i, l := range older.Lines {
		if at, ok := byKey[l.Key]; ok {
			older.Lines[i] = told.Lines[at]
		}
	}
	return older.Filled(told)
}

// Filled is a portion with the lines of another that it does not have.
func (p Portion) Filled(from Portion) Portion {
	have := map[string]bool{}
	for _, l := range p.Lines {
		have[l.Key] = true
	}
	p.Lines = slices.Clip(p.Lines)
	for _, l := range from.Lines {
		if !have[l.Key] {
			p.Lines = append(p.Lines, l)
		}
	}
	return p
}
