package event

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
)

// maxRecordLines bounds a record with line breaks in its cells, so that a quote
// that is never closed costs its own line only, and little work.
const maxRecordLines = 100

// csvLines cuts a file into records itself and has encoding/csv take each
// apart: left alone, that would read to the end of the file for a closing quote.
type csvLines struct {
	in      *bufio.Reader // of maxLine
	pending []byte        // lines read in vain for a closing quote
	number  int64         // of the lines given out
	names   []string
}

func newCSVLines(in *bufio.Reader) *csvLines { return &csvLines{in: in} }

func (c *csvLines) next() (l fileLine, r row, err error) {
	l.number = c.number + 1
	cells, err := c.record()
	for err == nil && cells == nil { // a blank line
		l.number = c.number + 1
		cells, err = c.record()
	}
	var wrong *lineError
	if errors.As(err, &wrong) {
		l.wrong = wrong.why
		return l, nil, nil
	}
	if err != nil {
		return l, nil, err
	}
	r = row{}
	for i, value := range cells {
		if i < len(c.names) && value != "" {
			r[c.names[i]] = strings.TrimSpace(value)
		}
	}
	text, _ := json.Marshal(r) // texts always marshal, in the order of their names
	l.text = string(text)
	return l, r, nil
}

// lineError is what is wrong with one record; the file goes on behind it.
type lineError struct{ why *fault.Error }

func (f *lineError) Error() string { return f.why.Message }

// record is the next record, nil of a blank line. Errors: io.EOF; lineError;
// those of the file.
func (c *csvLines) record() ([]string, error) {
	text, err := c.line()
	if err != nil {
		return nil, err
	}
	first, lines := len(text), int64(1)
	for open := quoteOpen(text, false); open; lines++ {
		more, err := c.line()
		var tooLong *lineError
		if err != nil && !errors.Is(err, io.EOF) && !errors.As(err, &tooLong) {
			return nil, err
		}
		text = append(text, more...)
		if err != nil || len(text) > maxLine || lines == maxRecordLines {
			c.pending = append(text[first:len(text):len(text)], c.pending...)
			c.number++
			return nil, unreadable("a quotation mark is never closed")
		}
		open = quoteOpen(more, true)
	}
	c.number += lines
	cells, err := csv.NewReader(bytes.NewReader(text)).Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, unreadable("a quotation mark is out of place")
	}
	return cells, nil
}

func unreadable(why string) error {
	return &lineError{fault.New(fault.Invalid, "the line is no CSV: %s", why).WithCode("LINE_UNREADABLE")}
}

// line is a copy of the next line with its end.
func (c *csvLines) line() ([]byte, error) {
	if len(c.pending) > 0 {
		end := bytes.IndexByte(c.pending, '\n') + 1
		if end == 0 {
			end = len(c.pending)
		}
		line := bytes.Clone(c.pending[:end])
		c.pending = c.pending[end:]
		return line, nil
	}
	part, err := c.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = c.in.ReadSlice('\n')
		}
		c.number++
		return nil, &lineError{fault.New(fault.Invalid, "a line has at most %d bytes", maxLine).WithCode("LINE_TOO_LONG")}
	}
	if len(part) > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return bytes.Clone(part), err
}

// quoteOpen says whether a quoted cell is open at the end of a line that begins
// inside of one, or not. Behind a quote out of place nothing is open: the record
// ends with its line.
func quoteOpen(line []byte, open bool) bool {
	line = bytes.TrimRight(line, "\r\n")
	begins := !open // at the beginning of a cell
	for i := 0; i < len(line); i++ {
		switch {
		case open && line[i] == '"':
			switch {
			case i+1 == len(line):
				return false
			case line[i+1] == '"':
				i++
			case line[i+1] == ',':
				open = false
			default:
				return false
			}
		case !open:
			open, begins = begins && line[i] == '"', line[i] == ','
		}
	}
	return open
}

// bounded is a reader of at most left bytes; more is a fault.
type bounded struct {
	in   io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fault.New(fault.Invalid, "a compressed file may hold at most %d bytes", int64(maxUnzipped)).WithCode("FILE_TOO_LARGE").At("file").With("max", int64(maxUnzipped))
	}
	return n, err
}
