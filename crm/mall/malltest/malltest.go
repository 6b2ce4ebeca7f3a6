// Package malltest is what every mall's file format must pass.
//
// A format hands in files as its mall writes them; the suite checks that they
// are recognised, read deterministically whatever the order of their columns,
// refused clearly when columns or values are missing, and that what they come
// to equals a golden file. The people in the files are made up.
package malltest

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
)

var update = flag.Bool("update", false, "write the golden files anew")

// File is a file as the mall writes it.
type File struct {
	Name string
	// Text of the file in UTF-8; the suite writes it as the mall does.
	Text string
	// Tabs says that the mall separates cells by tabs and has no quoting.
	Tabs bool
	// Once says that what is of the order stands on its first row only.
	Once bool
	// CP932 says that the mall writes this encoding, so that every character
	// must exist there.
	CP932 bool
	// Required are columns without which the header must be refused.
	Required []string
}

// Read is what a format makes of a file: what the golden files hold.
type Read struct {
	Orders   []ReadOrder
	Problems []ReadProblem `json:",omitempty"`
}

// ReadOrder is an order with its lines.
type ReadOrder struct {
	No    string
	Order mall.Order
	Lines []mall.Line
}

// ReadProblem is a record that was refused.
type ReadProblem struct {
	Record  int
	Problem mall.Problem
}

// Run checks a format against files of its mall.
func Run(t *testing.T, format mall.Format, files []File) {
	t.Helper()
	for _, f := range files {
		t.Run(f.Name, func(t *testing.T) {
			header, records := table(t, f)
			got := read(t, format, f, header, records)
			golden(t, filepath.Join("testdata", f.Name+".golden.json"), got)
			t.Run("detected", func(t *testing.T) { detected(t, format, header) })
			t.Run("columns in any order", func(t *testing.T) { anyOrder(t, format, f, header, records, got) })
			t.Run("missing columns are named", func(t *testing.T) {
				missing(t, func(header []string) error { _, err := format.Bind(header); return err }, header, f.Required)
			})
			t.Run("no record makes it panic", func(t *testing.T) { broken(t, format, header, records) })
		})
	}
}

// table parses the text, by way of the encoding the mall uses.
func table(t *testing.T, f File) (header []string, records [][]string) {
	t.Helper()
	text := f.Text
	if f.CP932 {
		raw, err := japanese.ShiftJIS.NewEncoder().String(text)
		if err != nil {
			t.Fatalf("%s holds what CP932 cannot express: %v", f.Name, err)
		}
		if text, err = japanese.ShiftJIS.NewDecoder().String(raw); err != nil || !utf8.ValidString(text) {
			t.Fatalf("CP932 does not come back: %v", err)
		}
	}
	var rows [][]string
	if f.Tabs {
		for line := range strings.Lines(text) {
			rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
		}
	} else {
		var err error
		if rows, err = csv.NewReader(strings.NewReader(text)).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	if len(rows) < 2 {
		t.Fatalf("%s is no table with rows", f.Name)
	}
	return rows[0], rows[1:]
}

// lines says whether the records of a file are lines; of a file that tells only
// a share of its orders they may not be.
func lines(dec mall.Decoder) bool {
	half, ok := dec.(mall.Half)
	return !ok || half.Share().Lines
}

func read(t *testing.T, format mall.Format, f File, header []string, records [][]string) Read {
	t.Helper()
	dec, err := format.Bind(header)
	if err != nil {
		t.Fatal(err)
	}
	r := reader{t: t, dec: dec, once: f.Once}
	for i, rec := range records {
		if err := r.record(i, rec); err != nil {
			p, ok := mall.AsProblem(err)
			if !ok {
				t.Fatalf("record %d: %v is no problem of the record", i+1, err)
			}
			r.got.Problems = append(r.got.Problems, ReadProblem{i + 1, *p})
		}
	}
	if lines(dec) { // an order whose lines were all refused is none
		r.got.Orders = slices.DeleteFunc(r.got.Orders, func(o ReadOrder) bool { return len(o.Lines) == 0 })
	}
	return r.got
}

// reader gathers what a decoder makes of records.
type reader struct {
	t    *testing.T
	dec  mall.Decoder
	once bool
	got  Read
}

func (r *reader) record(i int, rec []string) error {
	no, err := r.dec.OrderNo(rec)
	if err != nil {
		return err
	}
	if err := r.order(i, no, rec); err != nil || !lines(r.dec) {
		return err
	}
	line, err := r.dec.Line(rec)
	if err != nil {
		return err
	}
	if _, half := r.dec.(mall.Half); !half && line.Charges != (mall.Charges{}) {
		r.t.Errorf("record %d: only formats that tell orders in halves may have charges per line", i+1)
	}
	last := &r.got.Orders[len(r.got.Orders)-1]
	last.Lines = append(last.Lines, line)
	return nil
}

// order reads the order of a record; of one that is known it must say the same.
func (r *reader) order(i int, no string, rec []string) error {
	n := len(r.got.Orders)
	known := n > 0 && r.got.Orders[n-1].No == no
	if known && r.once {
		return nil
	}
	order, err := r.dec.Order(no, rec)
	if err != nil {
		return err
	}
	if !known {
		r.got.Orders = append(r.got.Orders, ReadOrder{No: no, Order: order})
	} else if !reflect.DeepEqual(r.got.Orders[n-1].Order, order) {
		r.t.Errorf("record %d tells order %s otherwise than the record before", i+1, no)
	}
	return nil
}

func golden(t *testing.T, path string, got any) {
	t.Helper()
	text, err := json.MarshalIndent(got, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, '\n')
	if *update {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	if string(want) != string(text) {
		t.Errorf("reads otherwise than %s says:\n%s", path, text)
	}
}

func detected(t *testing.T, format mall.Format, header []string) {
	f, err := mall.Detect(header)
	if err != nil || f.Name() != format.Name() {
		t.Errorf("the header is taken for %v, %v", f, err)
	}
}

func anyOrder(t *testing.T, format mall.Format, f File, header []string, records [][]string, want Read) {
	header, moved := turnedRound(header, records)
	if got := read(t, format, f, header, moved); !reflect.DeepEqual(got, want) {
		t.Errorf("with its columns turned round the file reads %+v, want %+v", got, want)
	}
}

// turnedRound is a file with its columns from the last to the first, and one more.
func turnedRound(header []string, records [][]string) ([]string, [][]string) {
	turned := func(rec []string) []string {
		r := slices.Clone(rec)
		slices.Reverse(r)
		return append(r, "")
	}
	moved := make([][]string, len(records))
	for i, rec := range records {
		moved[i] = turned(rec)
	}
	header = turned(header)
	header[len(header)-1] = "a column nobody knows"
	return header, moved
}

// junks are what cells hold that are no good.
var junks = []string{"", "-9999", "x", "1e9", "9223372036854775808", "２０２４年13月45日", "ｶﾞ", "\uFFFD"}

func missing(t *testing.T, bind func(header []string) error, header, required []string) {
	if len(required) == 0 {
		t.Fatal("the file names no required columns")
	}
	for _, name := range required {
		without := slices.Clone(header)
		at := slices.Index(without, name)
		if at < 0 {
			t.Fatalf("the file has no column %s", name)
		}
		without[at] = "x"
		err := bind(without)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || !strings.Contains(f.Message, name) {
			t.Errorf("without the column %s: %v", name, err)
		}
	}
}

// broken feeds every cell of the first record with what files really hold.
func broken(t *testing.T, format mall.Format, header []string, records [][]string) {
	dec, err := format.Bind(header)
	if err != nil {
		t.Fatal(err)
	}
	for i := range header {
		for _, junk := range junks {
			rec := slices.Clone(records[0])
			rec[i] = junk
			no, err := dec.OrderNo(rec)
			if err == nil {
				_, err = dec.Order(no, rec)
			}
			if err == nil && lines(dec) {
				_, err = dec.Line(rec)
			}
			if _, ok := mall.AsProblem(err); err != nil && !ok {
				t.Errorf("%s = %q: %v is no problem of the record", header[i], junk, err)
			}
		}
	}
	if _, err := dec.OrderNo(nil); err == nil {
		t.Error("an empty record has an order number")
	}
}
