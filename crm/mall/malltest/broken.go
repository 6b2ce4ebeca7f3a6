package malltest

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// Broken is a file as it arrives when something went wrong on its way, and what
// must be told of it.
type Broken struct {
	How  string
	Text string
	// Lost are the rows of the good file, from 0, that cannot be read any more.
	Lost []int
	// Told are the codes of what is refused, in the order of the rows.
	Told []string
}

// Codes of records that crm/intake refuses before any format is asked.
const (
	columnCount    = "COLUMN_COUNT"
	unclosedQuote  = "UNCLOSED_QUOTE"
	repeatedHeader = "REPEATED_HEADER"
)

// BreakUp breaks a good file in the ways files break: cut off, its lines ended in
// several ways, put together from two with the header again in the middle, a
// quote that is never closed. rows are the lines of the file beside its header,
// each one row.
func BreakUp(header string, rows []string, tabs bool) []Broken {
	last := len(rows) - 1
	cut := rows[last][:len(rows[last])/2]
	for len(cut) > 0 && cut[len(cut)-1] >= 0x80 { // cut between letters: what is cut within one is BAD_ENCODING
		cut = cut[:len(cut)-1]
	}
	why := columnCount
	if !tabs && strings.Count(cut, `"`)%2 == 1 {
		why = unclosedQuote
	}
	join := func(parts ...string) string { return strings.Join(parts, "\n") + "\n" }
	all := func(parts ...[]string) string { return join(slices.Concat(parts...)...) }
	middle := len(rows) / 2
	broken := []Broken{
		{How: "cut off", Text: strings.TrimSuffix(all([]string{header}, rows[:last], []string{cut}), "\n"), Lost: []int{last}, Told: []string{why}},
		{How: "ends of all kinds", Text: ended(append([]string{header}, rows...))},
		{How: "the header again", Text: all([]string{header}, rows[:middle], []string{header}, rows[middle:]), Told: []string{repeatedHeader}},
		{How: "a cell too many", Text: all([]string{header}, rows[:middle], []string{rows[middle] + delimiter(tabs) + "x"}, rows[middle+1:]), Lost: []int{middle}, Told: []string{columnCount}},
	}
	if !tabs {
		broken = append(broken, Broken{
			How: "a quote never closed", Text: all([]string{header}, rows[:middle], []string{`"` + strings.ReplaceAll(rows[middle], `"`, "")}, rows[middle+1:]),
			Lost: []int{middle}, Told: []string{unclosedQuote},
		})
	}
	return broken
}

func delimiter(tabs bool) string {
	if tabs {
		return "\t"
	}
	return ","
}

// ended ends lines with LF, CRLF and CR in turn.
func ended(lines []string) string {
	var b strings.Builder
	for i, l := range lines {
		b.WriteString(l)
		b.WriteString([]string{"\n", "\r\n", "\r"}[i%3])
	}
	return b.String()
}

// Mutate makes of a row what a slip of the hand, an editor or a disk makes of
// it: bytes changed, left out, doubled or strewn in.
func Mutate(rng *rand.Rand, row string) string {
	b := []byte(row)
	for range 1 + rng.IntN(4) {
		at := rng.IntN(len(b) + 1)
		switch rng.IntN(5) {
		case 0:
			b = slices.Insert(b, at, "\",\t\r\n\x00\xff'-9"[rng.IntN(10)])
		case 1:
			b = slices.Delete(b, at, min(len(b), at+1+rng.IntN(8)))
		case 2:
			b = slices.Insert(b, at, b[at:min(len(b), at+rng.IntN(20))]...)
		case 3:
			b = b[:at]
		default:
			if at < len(b) {
				b[at] = byte(rng.IntN(256))
			}
		}
	}
	return string(b)
}
