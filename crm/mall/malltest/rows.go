package malltest

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
)

// RunPeople checks a format of customers against files of it.
func RunPeople(t *testing.T, format mall.PersonFormat, files []File) {
	t.Helper()
	bind := func(header []string) (func([]string) (any, error), error) {
		dec, err := format.BindPeople(header)
		return func(rec []string) (any, error) { return dec.Person(rec) }, err
	}
	runRows(t, files, bind, func(t *testing.T, header []string) {
		if f, ok := mall.DetectPeople(header); !ok || f.Name() != format.Name() {
			t.Errorf("the header is taken for %v", f)
		}
	})
}

// RunTables checks a format of any other rows against files of it.
func RunTables(t *testing.T, format mall.TableFormat, files []File) {
	t.Helper()
	bind := func(header []string) (func([]string) (any, error), error) {
		dec, err := format.BindTable(header)
		return func(rec []string) (any, error) { return dec.Row(rec) }, err
	}
	runRows(t, files, bind, func(t *testing.T, header []string) {
		if f, ok := mall.DetectPeople(header); ok {
			t.Errorf("the header is taken for %s", f.Name())
		}
		if f, ok := mall.DetectTable(header); !ok || f.Name() != format.Name() {
			t.Errorf("the header is taken for %v", f)
		}
	})
}

// binder makes the reader of the rows of files with a header.
type binder func(header []string) (func(rec []string) (any, error), error)

// readRow is what a format makes of a record: a row, or what is wrong with it.
type readRow struct {
	Record  int
	Row     any           `json:",omitempty"`
	Problem *mall.Problem `json:",omitempty"`
}

func runRows(t *testing.T, files []File, bind binder, detected func(t *testing.T, header []string)) {
	t.Helper()
	for _, f := range files {
		t.Run(f.Name, func(t *testing.T) {
			header, records := table(t, f)
			got := readRows(t, bind, header, records)
			golden(t, filepath.Join("testdata", f.Name+".golden.json"), got)
			t.Run("detected", func(t *testing.T) { detected(t, header) })
			t.Run("no order", func(t *testing.T) {
				if format, err := mall.Detect(header); err == nil {
					t.Errorf("the header is taken for %s", format.Name())
				}
			})
			t.Run("columns in any order", func(t *testing.T) {
				turned, moved := turnedRound(header, records)
				if again := readRows(t, bind, turned, moved); !reflect.DeepEqual(again, got) {
					t.Errorf("with its columns turned round the file reads %+v, want %+v", again, got)
				}
			})
			t.Run("missing columns are named", func(t *testing.T) {
				missing(t, func(header []string) error { _, err := bind(header); return err }, header, f.Required)
			})
			t.Run("no record makes it panic", func(t *testing.T) { brokenRows(t, bind, header, records) })
		})
	}
}

func readRows(t *testing.T, bind binder, header []string, records [][]string) []readRow {
	t.Helper()
	read, err := bind(header)
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]readRow, len(records))
	for i, rec := range records {
		row, err := read(rec)
		rows[i] = readRow{Record: i + 1, Row: row}
		if err == nil {
			continue
		}
		p, ok := mall.AsProblem(err)
		if !ok {
			t.Fatalf("record %d: %v is no problem of the record", i+1, err)
		}
		rows[i] = readRow{Record: i + 1, Problem: p}
	}
	return rows
}

// brokenRows feeds every cell of the first record with what files really hold.
func brokenRows(t *testing.T, bind binder, header []string, records [][]string) {
	read, err := bind(header)
	if err != nil {
		t.Fatal(err)
	}
	for i := range header {
		for _, junk := range junks {
			rec := slices.Clone(records[0])
			rec[i] = junk
			if _, err := read(rec); err != nil {
				if _, ok := mall.AsProblem(err); !ok {
					t.Errorf("%s = %q: %v is no problem of the record", header[i], junk, err)
				}
			}
		}
	}
	_, _ = read(nil) // a record without cells does not make it panic
}
