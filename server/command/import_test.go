package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/server/servertest"
)

// TestImportOfTwoHalves takes a mall's two files in one command, whichever is
// named first, and says which mappings there are when one is misspelt.
func TestImportOfTwoHalves(t *testing.T) {
	in := servertest.New(t)
	folder := t.TempDir()
	path := func(name string) string {
		text, err := os.ReadFile(filepath.Join("..", "..", "crm", "mall", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		raw, err := japanese.ShiftJIS.NewEncoder().Bytes(text)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(folder, name)
		if err := os.WriteFile(to, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		return to
	}
	p := in.Start(t, "import", "--shop=yahoo", "--mall=YAHOO", path("yahoo_items.csv"), path("yahoo_orders.csv"))
	code := p.Wait(t)
	for _, want := range []string{"YAHOO_ITEMS", "waiting       3 orders", "YAHOO_ORDERS", "orders        2, cancellations 1, customers 2"} {
		if code != exitDone || !strings.Contains(p.Output.String(), want) {
			t.Errorf("exit %d, and not %q:\n%s", code, want, p.Output)
		}
	}
	misspelt := in.Start(t, "import", "--shop=yahoo", "--mapping=online-retial", path("yahoo_items.csv"))
	if code := misspelt.Wait(t); code != exitFailed || !strings.Contains(misspelt.Output.String(), "there are online-retail") {
		t.Errorf("exit %d:\n%s", code, misspelt.Output)
	}
}
