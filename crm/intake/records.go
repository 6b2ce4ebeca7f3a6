package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/transform"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
)

const (
	// maxLine bounds one line of a file. What is longer is no order but another
	// kind of file; it is skipped without being held in memory.
	maxLine = 1 << 20
	// maxQuoted bounds a quoted cell with line breaks in it, so that a quote
	// that is never closed costs its own line and not the rest of the file.
	maxQuoted = 64 << 10
	// maxRaw is how much of a refused row is kept.
	maxRaw = 64 << 10
)

// missingColumns is the code of crm/mall for a file without columns that its format needs.
const missingColumns = "MISSING_COLUMNS"

// The codes of records that cannot be taken apart.
const (
	unclosedQuote = "UNCLOSED_QUOTE"
	lineTooLong   = "LINE_TOO_LONG"
	nulByte       = "NUL_BYTE"
	badEncoding   = "BAD_ENCODING"
	columnCount   = "COLUMN_COUNT"
	repeatedHead  = "REPEATED_HEADER"
)

// record is one row of the table. Its fields are valid for good; code is set
// instead of fields when the row cannot be taken apart.
type record struct {
	line   int64 // where it begins; 1 is the first line of the file
	fields []string
	raw    string
	code   string
	detail string
}

// recordReader cuts UTF-8 text into records: RFC 4180 with LF or CRLF, quoted
// cells with line breaks, and quotes inside unquoted cells taken as written.
// Where the header ends with a CR alone, or a row makes no sense otherwise, a CR
// alone ends a line, too.
// Tab-separated files have no quoting, because the malls that write them have
// none, unless quotes says so. A file of JSON lines has no header and one column, the line. Memory is
// bounded by maxLine.
type recordReader struct {
	in        *bufio.Reader
	delim     byte
	quotes    bool     // cells may be quoted
	whole     bool     // each line is one cell
	wholeName string   // what its column is called
	names     []string // of the columns; nil while they are being read
	width     int      // of the header; 0 while it is being read
	line      int64    // lines begun so far
	pending   []byte
	buf       []byte
	ends      []int // scratch: where the fields in text end
	text      []byte
}

// newRecordReader reads from in, which must be valid text as far as the caller
// knows; the delimiter is told by the first line.
func newRecordReader(in io.Reader) (*recordReader, error) {
	br := bufio.NewReaderSize(in, 256<<10)
	first, err := br.Peek(64 << 10)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, err
	}
	if mall.IsJSONLines(first) {
		return &recordReader{in: br, delim: '\t', whole: true, wholeName: mall.LineColumn(first)}, nil // written as a table of one column, which knows no quotes
	}
	if i := bytes.IndexByte(first, '\n'); i >= 0 {
		first = first[:i]
	}
	if bareCR(first) {
		br = bufio.NewReaderSize(transform.NewReader(br, &lineEnds{}), 256<<10)
		first, _, _ = bytes.Cut(first, []byte{'\r'})
	}
	delim := sniffDelimiter(first)
	return &recordReader{in: br, delim: delim, quotes: delim != '\t'}, nil
}

// sniffDelimiter is the most frequent of tab, semicolon and comma outside quotes.
func sniffDelimiter(line []byte) byte {
	count := map[byte]int{}
	quoted := false
	for _, b := range line {
		if b == '"' {
			quoted = !quoted
		}
		if !quoted {
			count[b]++
		}
	}
	best := byte(',')
	for _, d := range []byte{'\t', ';'} {
		if count[d] > count[best] {
			best = d
		}
	}
	return best
}

// header reads the first record. Errors: fault.Invalid when there is none.
func (r *recordReader) header() ([]string, error) {
	if r.whole {
		r.width = 1
		return []string{r.wholeName}, nil
	}
	rec, err := r.next()
	if errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Invalid, "the file is empty").WithCode("EMPTY_FILE").At("file")
	}
	if err != nil {
		return nil, err
	}
	if rec.code != "" {
		return nil, fault.New(fault.Invalid, "line %d, where the column names should be, cannot be read: %s", rec.line, rec.code).
			WithCode("BAD_HEADER").At("file").With("line", rec.line).With("reason", rec.code)
	}
	r.names, r.width = rec.fields, len(rec.fields)
	return rec.fields, nil
}

// next is the next record that is not blank; io.EOF after the last.
func (r *recordReader) next() (record, error) {
	for {
		if err := r.readLine(); err != nil {
			return record{}, err
		}
		start := r.line
		if len(r.buf) > maxLine {
			return record{line: start, raw: rawText(r.buf), code: lineTooLong, detail: fmt.Sprintf("longer than %d bytes", maxLine)}, nil
		}
		closed, err := r.split()
		if err != nil {
			return record{}, err
		}
		if !closed {
			r.rewind(start)
			return record{line: start, raw: rawText(r.buf), code: unclosedQuote, detail: "a quoted cell that begins here is never closed"}, nil
		}
		rec := r.build(start)
		switch {
		case rec.code == "" && blank(rec.fields):
			continue
		case rec.code == columnCount && bareCR(r.buf):
			r.buf = endLines(r.buf)
			r.rewind(start)
			r.pending = append(bytes.Clone(r.buf), r.pending...)
			r.line = start - 1
			continue
		case rec.code == columnCount && r.swallowed():
			r.rewind(start)
			return record{line: start, raw: rawText(r.buf), code: unclosedQuote, detail: "a quoted cell that begins here takes good rows in"}, nil
		}
		return rec, nil
	}
}

// readLine puts the next line, with its end, into buf. Of a line longer than
// maxLine only the beginning is kept.
func (r *recordReader) readLine() error {
	r.buf = r.buf[:0]
	r.line++
	return r.appendLine()
}

// appendLine adds the next line to buf; io.EOF when there is none.
func (r *recordReader) appendLine() error {
	before := len(r.buf)
	if len(r.pending) > 0 {
		end := bytes.IndexByte(r.pending, '\n') + 1
		if end == 0 {
			end = len(r.pending)
		}
		r.buf = append(r.buf, r.pending[:end]...)
		r.pending = r.pending[end:]
		if r.buf[len(r.buf)-1] == '\n' {
			return nil
		}
	}
	got := len(r.buf) > before
	for {
		part, err := r.in.ReadSlice('\n')
		got = got || len(part) > 0
		if len(r.buf) <= maxLine {
			r.buf = append(r.buf, part...)
		}
		switch {
		case err == nil:
			return nil
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && got:
			return nil
		default:
			return err
		}
	}
}

// rewind gives back everything after the first line of buf.
func (r *recordReader) rewind(start int64) {
	end := bytes.IndexByte(r.buf, '\n') + 1
	if end == 0 || end == len(r.buf) {
		return
	}
	r.pending = append(append([]byte{}, r.buf[end:]...), r.pending...)
	r.buf = r.buf[:end]
	r.line = start
}

// split takes buf apart into text and ends, reading further lines while a
// quoted cell is open. It reports false when a quote is never closed.
func (r *recordReader) split() (closed bool, err error) {
	r.text, r.ends = r.text[:0], r.ends[:0]
	if r.whole {
		r.text = append(r.text, bytes.TrimRight(r.buf, "\r\n")...)
		r.ends = append(r.ends, len(r.text))
		return true, nil
	}
	for i := 0; ; {
		if r.quotes && i < len(r.buf) && r.buf[i] == '"' {
			if i, closed, err = r.quoted(i + 1); !closed || err != nil {
				return false, err
			}
		}
		for i < len(r.buf) && r.buf[i] != r.delim && r.buf[i] != '\n' {
			r.text = append(r.text, r.buf[i])
			i++
		}
		if i < len(r.buf) && r.buf[i] == r.delim {
			r.ends = append(r.ends, len(r.text))
			i++
			continue
		}
		if n := len(r.text); n > 0 && r.text[n-1] == '\r' && (len(r.ends) == 0 || r.ends[len(r.ends)-1] < n) {
			r.text = r.text[:n-1]
		}
		r.ends = append(r.ends, len(r.text))
		return true, nil
	}
}

// quoted copies a quoted cell that begins at i; next is behind its closing quote.
func (r *recordReader) quoted(i int) (next int, closed bool, err error) {
	from := i
	for {
		if i == len(r.buf) {
			if len(r.buf)-from > maxQuoted {
				return 0, false, nil
			}
			if err := r.appendLine(); errors.Is(err, io.EOF) {
				return 0, false, nil
			} else if err != nil {
				return 0, false, err
			}
			r.line++
			continue
		}
		if r.buf[i] != '"' {
			r.text = append(r.text, r.buf[i])
			i++
			continue
		}
		if i+1 < len(r.buf) && r.buf[i+1] == '"' {
			r.text = append(r.text, '"')
			i += 2
			continue
		}
		// A cell of several lines ends where a cell ends; another quote is the
		// beginning of a cell in a row that an open quote would swallow.
		ends := i+1 == len(r.buf) || r.buf[i+1] == r.delim || r.buf[i+1] == '\n' || r.buf[i+1] == '\r'
		if !ends && bytes.IndexByte(r.buf[from:i], '\n') >= 0 {
			return 0, false, nil
		}
		return i + 1, true, nil
	}
}

// swallowed says that a record of several lines has one among them that is a
// row of its own: an open quote before it took it in.
func (r *recordReader) swallowed() bool {
	_, rest, _ := bytes.Cut(r.buf, []byte{'\n'})
	for line := range bytes.Lines(rest) {
		if r.cells(line) == r.width {
			return true
		}
	}
	return false
}

// cells is how many cells a line has by itself; -1 where a quote is not closed.
func (r *recordReader) cells(line []byte) int {
	n, quoted := 1, false
	for i, b := range line {
		switch {
		case b == '"' && r.quotes && (quoted || i == 0 || line[i-1] == r.delim || line[i-1] == '"'):
			quoted = !quoted
		case b == r.delim && !quoted:
			n++
		}
	}
	if quoted {
		return -1
	}
	return n
}

// build makes the record of what split found.
func (r *recordReader) build(start int64) record {
	rec := record{line: start}
	fail := func(code, detail string) record {
		rec.code, rec.detail, rec.raw = code, detail, rawText(r.buf)
		return rec
	}
	if bytes.IndexByte(r.buf, 0) >= 0 {
		return fail(nulByte, "")
	}
	if !utf8.Valid(r.text) {
		return fail(badEncoding, "")
	}
	// One string for all fields: one allocation per record instead of one per cell.
	all := string(r.text)
	rec.fields = make([]string, len(r.ends))
	from := 0
	for i, to := range r.ends {
		rec.fields[i] = all[from:to]
		from = to
	}
	if r.names != nil && slices.Equal(rec.fields, r.names) {
		return fail(repeatedHead, "the row is the header again")
	}
	if r.width == 0 || len(rec.fields) == r.width {
		return rec
	}
	if len(rec.fields) > r.width && blank(rec.fields[r.width:]) {
		rec.fields = rec.fields[:r.width]
		return rec
	}
	if blank(rec.fields) {
		return rec
	}
	return fail(columnCount, fmt.Sprintf("%d / %d", len(r.ends), r.width))
}

// rawOf is the record's row as it stood in the file, for the quarantine; valid
// until the next call of next.
func (r *recordReader) rawOf(rec record) string {
	if rec.raw != "" {
		return rec.raw
	}
	return rawText(r.buf)
}

func blank(fields []string) bool {
	for _, f := range fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

// rawText is b as text that Postgres can keep.
func rawText(b []byte) string {
	if len(b) > maxRaw {
		b = b[:maxRaw]
	}
	s := strings.TrimRight(strings.ToValidUTF8(string(b), "\uFFFD"), "\r\n")
	return strings.ReplaceAll(s, "\x00", "\u2400")
}
