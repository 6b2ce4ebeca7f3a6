package mall

import (
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Use is what a column is needed for.
type Use string

// What would be wrong without a column: which order a row is of and how far it
// has come, what was bought, what it cost, who bought it.
const (
	UseOrder Use = "ORDER"
	UseGoods Use = "GOODS"
	UseMoney Use = "MONEY"
	UseBuyer Use = "BUYER"
)

// Need is a column that files of a format must have.
type Need struct {
	Column string // its names, joined by |, of which one suffices
	Use    Use
	// Mark says that hardly any other system calls a column so: what a format is
	// told from others by.
	Mark bool
}

// layout is what files of a format must have, by what it is needed for. What
// reading can do without, as an address, is not in it.
type layout struct{ order, goods, money, buyer, marks []string }

// needs are the columns of the layout.
func (l layout) needs() []Need {
	var needs []Need
	for _, of := range []struct {
		use     Use
		columns []string
	}{{UseOrder, l.order}, {UseGoods, l.goods}, {UseMoney, l.money}, {UseBuyer, l.buyer}} {
		for _, c := range of.columns {
			needs = append(needs, Need{c, of.use, slices.Contains(l.marks, c)})
		}
	}
	return needs
}

// newOrderSheet binds to the header of a file of orders.
// Errors: fault.Invalid MISSING_COLUMNS.
func newOrderSheet(header []string, l layout) (*sheet, error) {
	var columns []string
	for _, n := range l.needs() {
		columns = append(columns, n.Column)
	}
	return newSheet(header, columns...)
}

// Lack is a column that a file would need to be of a format.
type Lack struct {
	Column string // the first of its names
	Use    Use
}

// minMarks is how many marks of a format a file must have to be nearly of it:
// numbers, days, names and prices are in the files of everybody.
const minMarks = 2

// Nearly finds the format that a header belongs to but for some columns it
// lacks, as files of templates with selectable columns do. A header is nearly of
// a format that has more than half of what it needs, and among that two names
// which hardly any other system uses; nil when there is none. What is loosely
// told is never nearly told.
func Nearly(header []string) (near Format, missing []Lack) { return nearest(header, minMarks) }

// resembles says that a header has more than half of what some format of orders
// needs: such a file is none of people or of goods, even where nothing tells
// which system wrote it.
func resembles(header []string) bool {
	near, _ := nearest(header, 0)
	return near != nil
}

// nearest is the format of which a header has most, of those of which it has
// more than half and so many marks.
func nearest(header []string, marks int) (near Format, missing []Lack) {
	most := 0.5
	s := &sheet{header: header, cols: newColumns(header), at: map[string]int{}}
	for _, f := range Formats() {
		needs := f.Needs()
		lacks, told := s.lacks(needs)
		share := 1 - float64(len(lacks))/float64(len(needs))
		if len(lacks) > 0 && told >= marks && share > most && !Loose(f.Name()) {
			near, missing, most = f, lacks, share
		}
	}
	return near, missing
}

// lacks are the needs that the file does not meet, and how many marks it has.
func (s *sheet) lacks(needs []Need) (lacks []Lack, marks int) {
	for _, n := range needs {
		switch {
		case !s.has(n.Column):
			lacks = append(lacks, Lack{s.title(n.Column), n.Use})
		case n.Mark:
			marks++
		}
	}
	return lacks, marks
}

// ToldBy are the columns by which a header was taken for what bind takes it for:
// as few as suffice, as they are called in the file.
func ToldBy(header []string, bind func(header []string) error) []string {
	left := slices.Clone(header)
	var told []string
	for i := len(left) - 1; i >= 0; i-- {
		left[i] = ""
		if bind(left) != nil {
			left[i] = header[i]
			told = append(told, header[i])
		}
	}
	slices.Reverse(told)
	return told
}

func missingColumns(missing []string) error {
	return fault.New(fault.Invalid, "the header has no column %s", strings.Join(missing, ", ")).
		WithCode("MISSING_COLUMNS").At("file").With("columns", missing)
}
