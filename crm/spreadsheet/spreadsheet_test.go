package spreadsheet_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/meguri-crm/meguri/crm/spreadsheet"
)

// The cases are those of frontend/src/lib/csv.test.ts.
func TestNothingIsAFormula(t *testing.T) {
	for _, cell := range []string{
		"=1+1", "+81", "-2+3", "-", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋81", "－2", "＠SUM(A1)", "-1,000 JPY",
	} {
		if got := spreadsheet.Shielded(cell); got != "'"+cell {
			t.Errorf("%q is written %q", cell, got)
		}
	}
	for _, cell := range []string{"", "1", "-2", "-1,000", "-12.5%", "a=b", "二=2", "ー", "'=1"} {
		if got := spreadsheet.Shielded(cell); got != cell {
			t.Errorf("%q is written %q", cell, got)
		}
	}
}

func TestAFileIsReadRightByEverySpreadsheet(t *testing.T) {
	var out bytes.Buffer
	w := spreadsheet.NewWriter(&out)
	cells := []string{"a,b", `say "yes"`, "＝1", "-2"}
	for range 2 {
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	const row = "\"a,b\",\"say \"\"yes\"\"\",'＝1,-2\r\n"
	if got, want := out.String(), "\ufeff"+row+row; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestAFileThatCannotBeWrittenSaysSo(t *testing.T) {
	w := spreadsheet.NewWriter(full{})
	if err := errors.Join(w.Write([]string{"a"}), w.Close()); !errors.Is(err, errFull) {
		t.Errorf("%v, want %v", err, errFull)
	}
}
