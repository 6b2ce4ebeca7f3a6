package intake

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// readAll reads a table; refused records come as "line:CODE".
func readAll(t testing.TB, content io.Reader) (header []string, rows [][]string, refused []string) {
	t.Helper()
	r, err := newRecordReader(content)
	if err != nil {
		t.Fatal(err)
	}
	if header, err = r.header(); err != nil {
		t.Fatal(err)
	}
	for {
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			return header, rows, refused
		}
		if err != nil {
			t.Fatal(err)
		}
		if rec.code != "" {
			refused = append(refused, rec.code)
			continue
		}
		rows = append(rows, append([]string{"line " + string(rune('0'+rec.line))}, rec.fields...))
	}
}

func TestRecords(t *testing.T) {
	long := strings.Repeat("x", maxLine+10)
	for name, c := range map[string]struct {
		text    string
		rows    [][]string
		refused []string
	}{
		"plain, CRLF":                     {"a,b\r\n1,2\r\n", [][]string{{"line 2", "1", "2"}}, nil},
		"no newline at the end":           {"a,b\n1,2", [][]string{{"line 2", "1", "2"}}, nil},
		"quotes":                          {"a,b\n\"1,\"\"x\"\"\",2\n", [][]string{{"line 2", `1,"x"`, "2"}}, nil},
		"a line break in a cell":          {"a,b\n\"1\r\n1\",2\n3,4\n", [][]string{{"line 2", "1\r\n1", "2"}, {"line 4", "3", "4"}}, nil},
		"a quote inside a cell":           {"a,b\n5\" disk,2\n", [][]string{{"line 2", `5" disk`, "2"}}, nil},
		"blank lines":                     {"a,b\n\n1,2\n,\n \n3,4\n", [][]string{{"line 3", "1", "2"}, {"line 6", "3", "4"}}, nil},
		"tabs, quotes as written":         {"a\tb\n\"1\t2\n", [][]string{{"line 2", `"1`, "2"}}, nil},
		"semicolons":                      {"a;b\n1,5;2\n", [][]string{{"line 2", "1,5", "2"}}, nil},
		"empty cells too many":            {"a,b\n1,2,,\n", [][]string{{"line 2", "1", "2"}}, nil},
		"a cell too many":                 {"a,b\n1,2,3\n4,5\n", [][]string{{"line 3", "4", "5"}}, []string{columnCount}},
		"cut off":                         {"a,b\n1,2\n3", [][]string{{"line 2", "1", "2"}}, []string{columnCount}},
		"a quote never closed":            {"a,b\n\"1,2\n3,4\n5,6\n", [][]string{{"line 3", "3", "4"}, {"line 4", "5", "6"}}, []string{unclosedQuote}},
		"cut off in a quote":              {"a,b\n3,4\n1,\"2", [][]string{{"line 2", "3", "4"}}, []string{unclosedQuote}},
		"a NUL byte":                      {"a,b\n1,\x00\n3,4\n", [][]string{{"line 3", "3", "4"}}, []string{nulByte}},
		"no UTF-8":                        {"a,b\n1,\xff\n3,4\n", [][]string{{"line 3", "3", "4"}}, []string{badEncoding}},
		"a quote that another row closes": {"a,b\n\"1,2\n\"3\",4\n5,6\n", [][]string{{"line 3", "3", "4"}, {"line 4", "5", "6"}}, []string{unclosedQuote}},
		"a cell that takes rows in":       {"a,b\n\"1\n3,4\n5\",6,7\n8,9\n", [][]string{{"line 3", "3", "4"}, {"line 5", "8", "9"}}, []string{unclosedQuote, columnCount}},
		"CR alone":                        {"a,b\r1,2\r\"3\r3\",4\r", [][]string{{"line 2", "1", "2"}, {"line 3", "3\n3", "4"}}, nil},
		"ends of all kinds":               {"a,b\n1,2\r\n3,4\r5,6\r7,8\n9,0\r", [][]string{{"line 2", "1", "2"}, {"line 3", "3", "4"}, {"line 4", "5", "6"}, {"line 5", "7", "8"}, {"line 6", "9", "0"}}, nil},
		"a CR inside a tab cell":          {"a\tb\n1\r1\t2\n", [][]string{{"line 2", "1\r1", "2"}}, nil},
		"the header again":                {"a,b\n1,2\na,b\n3,4\n", [][]string{{"line 2", "1", "2"}, {"line 4", "3", "4"}}, []string{repeatedHead}},
		"a line without an end":           {"a,b\n" + long + "\n3,4\n", [][]string{{"line 3", "3", "4"}}, []string{lineTooLong}},
	} {
		t.Run(name, func(t *testing.T) {
			_, rows, refused := readAll(t, strings.NewReader(c.text))
			if !reflect.DeepEqual(rows, c.rows) || !reflect.DeepEqual(refused, c.refused) {
				t.Errorf("rows %q, refused %q; want %q, %q", rows, refused, c.rows, c.refused)
			}
		})
	}
}

func TestNoTable(t *testing.T) {
	for name, c := range map[string]struct{ text, code string }{
		"empty":            {"", "EMPTY_FILE"},
		"nothing but ends": {"\n\r\n\n", "EMPTY_FILE"},
		"one long line":    {strings.Repeat("x", 3*maxLine), "BAD_HEADER"},
		"a binary":         {"\x00\x01\x02", "BAD_HEADER"},
	} {
		r, err := newRecordReader(strings.NewReader(c.text))
		if err != nil {
			t.Fatal(err)
		}
		_, err = r.header()
		if code := codeOf(err); code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// endless is a file that never ends and has no line ends.
type endless struct{ left int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), e.left)
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.left -= n
	return int(n), nil
}

func TestALineOfAGigabyteIsNotHeldInMemory(t *testing.T) {
	r, err := newRecordReader(io.MultiReader(strings.NewReader("a,b\n1,2\n"), &endless{1 << 30}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.header(); err != nil {
		t.Fatal(err)
	}
	var codes []string
	for {
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, rec.code)
	}
	if !reflect.DeepEqual(codes, []string{"", lineTooLong}) || cap(r.buf) > 4*maxLine {
		t.Errorf("records %q with a buffer of %d bytes", codes, cap(r.buf))
	}
}

func TestEncodings(t *testing.T) {
	cp932 := func(s string) string { return encoded(t, japanese.ShiftJIS, s) }
	eucJP := func(s string) string { return encoded(t, japanese.EUCJP, s) }
	utf16 := func(e unicode.Endianness, b unicode.BOMPolicy, s string) string {
		return encoded(t, unicode.UTF16(e, b), s)
	}
	const text = "注文番号,氏名\n1,髙﨑①\n"
	for name, c := range map[string]struct {
		content string
		want    Encoding
	}{
		"ASCII":                     {"a,b\n1,2\n", UTF8},
		"UTF-8":                     {text, UTF8},
		"UTF-8 with a mark":         {"\xEF\xBB\xBF" + text, UTF8BOM},
		"CP932":                     {cp932(text), CP932},
		"CP932 after much ASCII":    {strings.Repeat("a,b\n", 100_000) + cp932(text), CP932},
		"UTF-8 with one bad byte":   {strings.Repeat(text, 20) + "\xff\n", UTF8},
		"UTF-16":                    {utf16(unicode.LittleEndian, unicode.UseBOM, text), UTF16LE},
		"UTF-16, the other way":     {utf16(unicode.BigEndian, unicode.UseBOM, text), UTF16BE},
		"UTF-16 without a mark":     {utf16(unicode.LittleEndian, unicode.IgnoreBOM, text+"2,Sato\n"), UTF16LE},
		"EUC-JP":                    {eucJP(text), EUCJP},
		"EUC-JP with one bad byte":  {eucJP(strings.Repeat(text, 20)) + "\xff\n", EUCJP},
		"CP932 of half-width kana":  {cp932("注文番号,ｼﾒｲ\n1,ﾔﾏﾀﾞ ﾊﾅｺ\n"), CP932},
		"UTF-8 cut within a letter": {strings.Repeat(text, 20) + "髙"[:2], UTF8},
	} {
		t.Run(name, func(t *testing.T) {
			var s encodingSniffer
			for part := range chunks(c.content, 7) { // letters are cut apart
				if _, err := s.Write([]byte(part)); err != nil {
					t.Fatal(err)
				}
			}
			got, err := s.encoding()
			if err != nil || got != c.want {
				t.Fatalf("%s, %v; want %s", got, err, c.want)
			}
			if !strings.HasPrefix(name, "UTF-16") && !strings.Contains(c.content, text) && !strings.Contains(c.content, cp932(text)) && !strings.Contains(c.content, eucJP(text)) {
				return
			}
			_, rows, _ := readAll(t, decode(strings.NewReader(c.content), got))
			if len(rows) == 0 || rows[0][len(rows[0])-1] != "髙﨑①" && !strings.Contains(name, "much ASCII") {
				t.Errorf("the rows are read as %q", rows[:min(len(rows), 3)])
			}
		})
	}
	for _, magic := range []string{"\x89PNG\r\n", "\xff\xd8\xff\xe0", "%PDF-1.7", "\xd0\xcf\x11\xe0\xa1"} {
		var document encodingSniffer
		_, _ = document.Write([]byte(magic))
		if _, err := document.encoding(); codeOf(err) != "NOT_TEXT" {
			t.Errorf("%q: %v, want NOT_TEXT", magic, err)
		}
	}
	// Excel quotes cells between the tabs of what it calls Unicode text.
	r, err := newTable(strings.NewReader(utf16(unicode.LittleEndian, unicode.UseBOM, "番号\t品名\n1\t\"5\"\" の\n皿\"\n")), UTF16LE)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.header(); err != nil {
		t.Fatal(err)
	}
	if rec, err := r.next(); err != nil || len(rec.fields) != 2 || rec.fields[1] != "5\" の\n皿" {
		t.Errorf("%+v, %v", rec, err)
	}
	// A byte that CP932 does not have refuses its row only.
	_, rows, refused := readAll(t, decode(strings.NewReader(cp932("番号,氏名\n1,")+"\xfd\xfd\n"+cp932("2,山田\n")), CP932))
	if len(rows) != 1 || !reflect.DeepEqual(refused, []string{badEncoding}) {
		t.Errorf("rows %q, refused %q", rows, refused)
	}
}

func encoded(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	raw, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func chunks(s string, n int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for len(s) > 0 {
			part := s[:min(n, len(s))]
			s = s[len(part):]
			if !yield(part) {
				return
			}
		}
	}
}

// FuzzRecords: whatever the bytes, every line is read once, in order, and the
// reader ends.
func FuzzRecords(f *testing.F) {
	f.Add("a,b\n\"1\n\"\"2\",x\r\n3\n")
	f.Add("\"\"\"\n\"\n,\"")
	f.Add("a\tb\n\x00\xff\n")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := newRecordReader(strings.NewReader(s))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.header(); err != nil {
			return
		}
		last, lines := int64(0), int64(strings.Count(s, "\n")+strings.Count(s, "\r")+1)
		for {
			rec, err := r.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if rec.line <= last || rec.line > lines {
				t.Fatalf("line %d after %d of %d", rec.line, last, lines)
			}
			last = rec.line
			if rec.code == "" && len(rec.fields) != r.width {
				t.Fatalf("%d cells of %d", len(rec.fields), r.width)
			}
			for _, cell := range rec.fields {
				if strings.Contains(cell, "\x00") {
					t.Fatal("a NUL byte passes")
				}
			}
		}
	})
}
