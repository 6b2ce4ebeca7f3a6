package intake

import (
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/db"
)

// A refused row comes apart into the cells that the file has, so that mending it
// elsewhere or on screen puts none of them into another column.
func TestCellsOfARefusedRow(t *testing.T) {
	for file, want := range map[string][]string{
		"No,Address,Price\n1,\"銀座1-2-3, サンハイツ101\",\"1,080円\"\n":   {"1", "銀座1-2-3, サンハイツ101", "1,080円"},
		"No,Name,Note\n1,\"Sencha \"\"Gold\"\"\",\"two\nlines\"\n": {"1", `Sencha "Gold"`, "two\nlines"},
		"No\tName\n1\t7\" 皿\n":                {"1", `7" 皿`},
		"No,Name,Note\n1,cells are missing\n": {"1", "cells are missing"},
	} {
		records, err := newRecordReader(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		header, err := records.header()
		if err != nil {
			t.Fatal(err)
		}
		rec, err := records.next()
		if err != nil {
			t.Fatal(err)
		}
		got := Cells(&db.Import{Header: header, Delimiter: string(records.delim)}, db.QuarantinedRow{Raw: records.rawOf(rec)})
		if !slices.Equal(got, want) {
			t.Errorf("%q gives %q", file, got)
		}
	}
}
