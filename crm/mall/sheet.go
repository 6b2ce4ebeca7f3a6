package mall

import (
	"strconv"
	"strings"
	"time"
)

// tokyo is the zone of times that malls write without an offset. It is fixed,
// because Japan has had no daylight saving time since 1951.
var tokyo = time.FixedZone("Asia/Tokyo", 9*60*60)

// sheet reads cells by the names of their columns, whatever their order. Where
// files differ in what they call a column, it is asked for by all its names,
// joined by |, of which the first that the file has is meant.
type sheet struct {
	header []string
	cols   columns
	at     map[string]int // positions found so far
}

// newSheet binds to a header that must have the needed columns; of names
// joined by | one suffices. Errors: fault.Invalid MISSING_COLUMNS.
func newSheet(header []string, needed ...string) (*sheet, error) {
	s := &sheet{header: header, cols: newColumns(header), at: map[string]int{}}
	var missing []string
	for _, names := range needed {
		if !s.has(names) {
			missing = append(missing, s.title(names))
		}
	}
	if len(missing) > 0 {
		return nil, missingColumns(missing)
	}
	return s, nil
}

// has reports whether the file has the column.
func (s *sheet) has(column string) bool { return s.position(column) >= 0 }

func (s *sheet) position(column string) int {
	i, ok := s.at[column]
	if !ok {
		i = s.cols.find(strings.Split(column, "|")...)
		s.at[column] = i
	}
	return i
}

// title is what the file calls a column; one it does not have, by its first name.
func (s *sheet) title(column string) string {
	if i := s.position(column); i >= 0 {
		return strings.TrimSpace(s.header[i])
	}
	first, _, _ := strings.Cut(column, "|")
	return first
}

// problem is what is wrong with a cell of a column.
func (s *sheet) problem(code, column string, err error) *Problem {
	p := &Problem{Code: code, Column: s.title(column)}
	if err != nil {
		p.Detail = err.Error()
	}
	return p
}

// cell is the content of the named column; "" when absent or, as malls write
// it, undecided (-9999).
func (s *sheet) cell(rec []string, column string) string {
	text := cell(rec, s.position(column))
	if text == "-9999" || text == "-99999" {
		return ""
	}
	return text
}

// needed is a cell that must not be empty.
func (s *sheet) needed(rec []string, column, code string) (string, error) {
	text := s.cell(rec, column)
	if text == "" {
		return "", s.problem(code, column, nil)
	}
	return text, nil
}

// first is the first of the named cells that is not empty.
func (s *sheet) first(rec []string, columns ...string) string {
	for _, c := range columns {
		if text := s.cell(rec, c); text != "" {
			return text
		}
	}
	return ""
}

// joined puts the named cells together, with hyphens between; "" when one of them is empty: a phone
// or postcode with a part missing is none.
func (s *sheet) joined(rec []string, columns ...string) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		if parts[i] = s.cell(rec, c); parts[i] == "" {
			return ""
		}
	}
	return strings.Join(parts, "-")
}

// time is the time in a column; zero when it is empty.
func (s *sheet) time(rec []string, column string) (time.Time, error) {
	text := s.cell(rec, column)
	if text == "" {
		return time.Time{}, nil
	}
	t, err := parseTime(text, ymd, tokyo)
	if err != nil {
		return time.Time{}, s.problem(BadDate, column, err)
	}
	return t, nil
}

// orderedAt is the time in a column that must have one.
func (s *sheet) orderedAt(rec []string, column string) (time.Time, error) {
	if _, err := s.needed(rec, column, MissingValue); err != nil {
		return time.Time{}, err
	}
	return s.time(rec, column)
}

// money is the amount in a column in the minor unit, nil when it is empty.
func (s *sheet) money(rec []string, column string, digits int) (*int64, error) {
	text := s.cell(rec, column)
	if text == "" {
		return nil, nil //nolint:nilnil // nil is the amount that is not there
	}
	d, err := parseDecimal(text)
	if err != nil {
		return nil, s.problem(BadAmount, column, err)
	}
	amount, rounded, err := d.minor(digits)
	if err == nil && rounded && digits == 0 {
		err = errNumber // there is no part of a yen
	}
	if err != nil {
		return nil, s.problem(BadAmount, column, err)
	}
	return &amount, nil
}

// target is a column and where its amount goes.
type target struct {
	column string
	into   *int64
}

// moneys reads amounts into their targets; what is empty counts as zero.
func (s *sheet) moneys(rec []string, digits int, targets ...target) error {
	for _, t := range targets {
		v, err := s.money(rec, t.column, digits)
		if err != nil {
			return err
		}
		if v != nil {
			*t.into = *v
		}
	}
	return nil
}

// quantity is the whole number in a column.
func (s *sheet) quantity(rec []string, column string) (int64, error) {
	d, err := parseDecimal(s.cell(rec, column))
	var n int64
	if err == nil {
		n, err = d.integer()
	}
	if err != nil {
		return 0, s.problem(BadQuantity, column, err)
	}
	return n, nil
}

// taxRate is the rate in a column in basis points; -1 when it is empty.
func (s *sheet) taxRate(rec []string, column string) (int, error) {
	text := s.cell(rec, column)
	if text == "" {
		return -1, nil
	}
	bp, err := basisPoints(text)
	if err != nil {
		return 0, s.problem(BadAmount, column, err)
	}
	return bp, nil
}

// basisPoints reads a tax rate written as 0.1, 10 or 10%.
func basisPoints(s string) (int, error) {
	percent := strings.HasSuffix(s, "%")
	f, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil || f < 0 || f > 100 {
		return 0, errNumber
	}
	if percent || f >= 1 {
		return int(f*100 + 0.5), nil
	}
	return int(f*10_000 + 0.5), nil
}

// lineKey is the key of a line that the mall gives none: its SKU and place among equals.
func lineKey(sku string, n int) string { return sku + "#" + strconv.Itoa(n) }

// named parts a full name unless the file has its parts.
func named(family, given, full string) (string, string) {
	if family == "" && given == "" {
		return splitName(full)
	}
	return family, given
}

// otherName reports that both names are there and differ by more than spaces.
func otherName(a, b string) bool {
	bare := func(s string) string { return strings.Join(strings.Fields(foldColumn(s)), "") }
	a, b = bare(a), bare(b)
	return a != "" && b != "" && a != b
}
