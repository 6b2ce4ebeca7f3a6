package segment_test

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db/dbtest"
)

// constants are the literals that the templates of fields hold themselves.
// Everything else that looks like a value in the SQL came from a rule.
var constants = []string{
	"'SALE'", "'CANCELLED'", "'USABLE'", "'MAIL'", "'MARKETING'", "'GIVEN'", "''", "'CART_REMOVE'", "'REFUSED'", "'VOID'", "'SELF'",
	"'AVAILABLE'", "'PENDING'", "'HELD'", "'DONE'", "'EXPIRE'", "'-infinity'",
}

// figures are the numbers of the templates: percent and the seconds of a day.
var figures = []string{"0", "1", "100", "86400"}

var (
	literal = regexp.MustCompile(`'[^']*'`)
	figure  = regexp.MustCompile(`(^|[^$\w.])\d+`)
	params  = regexp.MustCompile(`\$\d+`)
)

// FuzzRule feeds any JSON: it is refused, or compiles to SQL that Postgres
// accepts, that holds no value of the rule, and that has its arguments in
// place; the canonical form reads back as the same rule.
func FuzzRule(f *testing.F) {
	for _, text := range rules {
		f.Add(text)
	}
	for _, text := range []string{
		`{}`, `null`, `[]`, `{"all":[{"all":[]}]}`, `{"all":null}`, `{"not":null}`,
		`{"field":"sku","op":"any_of","value":["'; DROP TABLE customers; --","\u0000","$1","\\'"]}`,
		`{"field":"orders","op":"gte","value":9223372036854775808}`,
		`{"field":"orders","op":"gte","value":1e3}`,
		`{"field":"orders","op":"gte","value":2,"mall":"RAKUTEN' OR '1'='1"}`,
		`{"field":"last_order","op":"during","value":["2026-12-31","2026-01-01"]}`,
		`{"field":"orders","op":"gte","value":2,"extra":1}`,
		`{"field":"viewed","op":"gte","value":1,"skus":["'; DROP TABLE customers; --"],"categories":["\\'"]}`,
	} {
		f.Add(text)
	}
	c := catalog()
	tx := dbtest.Tx(f)
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := c.Parse(json.RawMessage(text))
		if err != nil {
			return
		}
		st := c.Compile(rule, night).Preview(5)
		checkNoValues(t, c.Compile(rule, night).Count().SQL) // the sample's hash has figures of its own
		if got := len(slices.Compact(slices.Sorted(slices.Values(params.FindAllString(st.SQL, -1))))); got != len(st.Args) {
			t.Errorf("%d places for %d arguments: %s", got, len(st.Args), st.SQL)
		}
		if err := tx.Pgx(func(tx pgx.Tx) error {
			_, err := tx.Exec(context.Background(), "EXPLAIN "+st.SQL, st.ExecArgs()...)
			return err
		}); err != nil {
			t.Fatalf("Postgres refuses it: %v\n%s", err, st.SQL)
		}
		if words := c.Sentence(rule); words.JA == "" || words.EN == "" || strings.Contains(words.JA+words.EN, "%!") {
			t.Errorf("a bad sentence: %q", words)
		}
		again, err := json.Marshal(rule)
		if err != nil {
			t.Fatal(err)
		}
		if sql := c.Compile(parse(t, c, string(again)), night).Preview(5).SQL; sql != st.SQL {
			t.Errorf("the canonical form %s reads differently", again)
		}
	})
}

func checkNoValues(t *testing.T, sql string) {
	t.Helper()
	for _, l := range literal.FindAllString(sql, -1) {
		if !slices.Contains(constants, l) {
			t.Errorf("the SQL holds the text %s: %s", l, sql)
		}
	}
	for _, n := range figure.FindAllString(sql, -1) {
		if n = strings.TrimLeft(n, " (,"); !slices.Contains(figures, n) {
			t.Errorf("the SQL holds the figure %q: %s", n, sql)
		}
	}
}
