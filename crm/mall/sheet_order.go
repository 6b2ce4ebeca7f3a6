package mall

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// What several malls' files of orders have in common.

var errCurrency = errors.New("no ISO 4217 currency")

// The words with which shops say how far an order has come, beside those that
// are one mall's own.
var (
	cancelledWords = []string{"キャンセル", "取消", "返品", "cancel"}
	completedWords = []string{"完了", "処理済", "取引終了", "delivered"}
	shippedWords   = []string{"発送済", "出荷済", "配送中", "発送後", "shipped"}
)

// stateOf reads a word for an order's state. One nobody knows does not hold the
// order back: whether it was shipped tells its state. 発送完了 is sent, not done.
func stateOf(word string, shipped time.Time) OrderStatus {
	word = foldColumn(word)
	has := func(part string) bool { return strings.Contains(word, part) }
	switch {
	case slices.ContainsFunc(cancelledWords, has):
		return Cancelled
	case slices.ContainsFunc(shippedWords, has), has("発送完了"), has("出荷完了"):
		return Shipped
	case slices.ContainsFunc(completedWords, has):
		return Completed
	case !shipped.IsZero():
		return Shipped
	}
	return Placed
}

// dayAndTime is an instant that stands in the column both or, where that is
// empty, in one for its day and one for its time.
func (s *sheet) dayAndTime(rec []string, both, day, clock string) (time.Time, error) {
	if both != "" && s.cell(rec, both) != "" {
		return s.time(rec, both)
	}
	if s.cell(rec, day) == "" {
		if both == "" || s.has(day) && !s.has(both) {
			return time.Time{}, s.problem(MissingValue, day, nil)
		}
		return time.Time{}, s.problem(MissingValue, both, nil)
	}
	return s.onDay(rec, day, s.cell(rec, clock))
}

// onDay is a time of the day in a column.
func (s *sheet) onDay(rec []string, day, clock string) (time.Time, error) {
	t, err := parseTime(strings.TrimSpace(s.cell(rec, day)+" "+clock), ymd, tokyo)
	if err != nil {
		return time.Time{}, s.problem(BadDate, day, err)
	}
	return t, nil
}

// priced fills quantity, price and amount of a line.
func (s *sheet) priced(rec []string, l Line, quantity, price string, digits int) (Line, error) {
	var err error
	if l.Quantity, err = s.quantity(rec, quantity); err != nil {
		return Line{}, err
	}
	if l, err = priced(l, s.cell(rec, price), digits); err != nil {
		return Line{}, s.problem(BadAmount, price, err)
	}
	return l, nil
}

// sold is priced for files that have the amount of a line, the price of one
// piece, or both, where the amount is what counts.
func (s *sheet) sold(rec []string, l Line, quantity, price, amount string, digits int) (Line, error) {
	total := s.cell(rec, amount)
	if total == "" {
		return s.priced(rec, l, quantity, price, digits)
	}
	var err error
	if l.Quantity, err = s.quantity(rec, quantity); err != nil {
		return Line{}, err
	}
	one := s.cell(rec, price)
	if one != "" {
		if l, err = priced(l, one, digits); err != nil {
			return Line{}, s.problem(BadAmount, price, err)
		}
	}
	if l, err = totalled(l, total, digits, one == ""); err != nil {
		return Line{}, s.problem(BadAmount, amount, err)
	}
	return l, nil
}

// splitAddress parts an address written in one cell into the prefecture it
// begins with and the rest.
func splitAddress(s string) (prefecture, rest string) {
	s = strings.TrimSpace(s)
	for _, p := range prefectures {
		if after, ok := strings.CutPrefix(s, p); ok {
			return p, strings.TrimSpace(after)
		}
	}
	return "", s
}

// spaced joins what is not empty with spaces.
func spaced(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " ")
}
