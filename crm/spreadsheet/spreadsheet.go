// Package spreadsheet writes the files that people open in a spreadsheet.
//
// It owns their form (UTF-8 with a byte order mark, CRLF, quotes where they are
// due) and what makes a cell harmless. It promises that every spreadsheet reads
// such a file right, and that none takes what somebody wrote, a buyer's name or a
// mall's remark, for a formula and runs it. What stands in the cells is the
// caller's. The SPA does the same for the tables it has on screen, in lib/csv.ts.
package spreadsheet

import (
	"bufio"
	"encoding/csv"
	"io"
	"regexp"
)

// ByteOrderMark is what Excel takes a file for UTF-8 by.
const ByteOrderMark = "\ufeff"

// formula is what begins a formula; the full-width signs do so where an input
// method makes them. A number below zero is none.
var (
	formula = regexp.MustCompile(`^[=+\-@\t\r\n＝＋－＠]`)
	figure  = regexp.MustCompile(`^-[\d,]*\.?\d+%?$`)
)

// Shielded is a cell that no spreadsheet takes for a formula.
func Shielded(cell string) string {
	if formula.MatchString(cell) && !figure.MatchString(cell) {
		return "'" + cell
	}
	return cell
}

// Writer writes a file row by row.
type Writer struct {
	buffer *bufio.Writer
	csv    *csv.Writer
	cells  []string
}

// NewWriter begins a file.
func NewWriter(to io.Writer) *Writer {
	buffer := bufio.NewWriterSize(to, 64<<10)
	_, _ = buffer.WriteString(ByteOrderMark) // an error stays and comes with the next row
	w := &Writer{buffer: buffer, csv: csv.NewWriter(buffer)}
	w.csv.UseCRLF = true
	return w
}

// Write writes a row, every cell of it shielded. The cells stay as they are.
func (w *Writer) Write(cells []string) error {
	w.cells = w.cells[:0]
	for _, c := range cells {
		w.cells = append(w.cells, Shielded(c))
	}
	return w.csv.Write(w.cells)
}

// Close ends the file; what it is written to stays open.
func (w *Writer) Close() error {
	w.csv.Flush()
	if err := w.csv.Error(); err != nil {
		return err
	}
	return w.buffer.Flush()
}
