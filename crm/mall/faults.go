package mall

import (
	"slices"
	"strings"
)

// standIns are cells that some column or other can be read from: none at all, a
// number, a day in the orders that dates are written in, a currency.
var standIns = []string{"", "1", "2000-01-01", "01/01/2000", "JPY"}

// maxFaults bounds what is told of one record.
const maxFaults = 20

// Faults are all that is wrong with a record of which reading found the first
// problem. Readers stop at what they cannot read; so the cell at fault is
// replaced by one that can be read, and the record read again, until nothing is
// wrong or a fault is of no column.
func Faults(header, rec []string, first *Problem, read func(rec []string) error) []*Problem {
	faults, rec := []*Problem{first}, slices.Clone(rec)
	for len(faults) < maxFaults {
		last := faults[len(faults)-1]
		at := ColumnOf(header, last.Column)
		if last.Column == "" || at < 0 || at >= len(rec) {
			return faults
		}
		next, beyond := beyond(rec, at, last, read)
		if !beyond || next == nil || slices.ContainsFunc(faults, func(f *Problem) bool { return f.Column == next.Column }) {
			return faults
		}
		faults = append(faults, next)
	}
	return faults
}

// beyond puts a cell into the place of one at fault so that reading gets beyond
// it, and answers with what is wrong behind it, if anything.
func beyond(rec []string, at int, past *Problem, read func(rec []string) error) (next *Problem, ok bool) {
	for _, cell := range standIns {
		rec[at] = cell
		next, _ = AsProblem(read(rec))
		if next == nil || next.Column != past.Column {
			return next, true
		}
	}
	return nil, false
}

// BrokenMail is what is wrong with the mail address of an order's buyer: nil
// where it can be read, or there is none.
func BrokenMail(header, rec []string, b Buyer) *Problem {
	if !brokenMail(b.Mail) {
		return nil
	}
	at := slices.IndexFunc(rec, func(cell string) bool { return strings.TrimSpace(cell) == b.Mail })
	if at < 0 || at >= len(header) {
		return &Problem{Code: BadMail}
	}
	return &Problem{Code: BadMail, Column: strings.TrimSpace(header[at])}
}

// unknownStatus says that a cell is none of the words for how far an order has
// come, and which there are.
func (s *sheet) unknownStatus(column string, known ...string) *Problem {
	return &Problem{Code: UnknownStatus, Column: s.title(column), Detail: strings.Join(known, ", ")}
}
