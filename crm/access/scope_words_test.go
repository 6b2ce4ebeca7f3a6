package access_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/access"
)

// The page of the staff shows what each role may do; a scope without words would
// be shown by its name.
func TestEveryScopeOfStaffHasWordsOnScreen(t *testing.T) {
	for _, locale := range []string{"ja", "en"} {
		raw, err := os.ReadFile("../../frontend/src/features/staff/locales/" + locale + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var words struct{ Scope, Noun map[string]string }
		if err := json.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		for _, scope := range access.RoleOwner.Scopes().List() {
			if scope == access.ScopeViewer || scope == access.ScopeNodeRead {
				continue
			}
			noun, verb, _ := strings.Cut(string(scope), ":")
			if words.Scope[noun+"_"+verb] == "" || words.Noun[noun] == "" {
				t.Errorf("%s: %s has no words", locale, scope)
			}
		}
	}
}
