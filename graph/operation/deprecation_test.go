package operation_test

import (
	"encoding/json"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/graph/operation"
)

func TestWhatIsDeprecatedIsSaid(t *testing.T) {
	var uses []operation.Use
	e := newExecutor(t, func(c *operation.Config) {
		c.Used = func(_ access.Principal, u operation.Use) { uses = append(uses, u) }
	})
	const title, size, huge = `{"name":"Item.title","reason":"Use name."}`, `{"name":"ChangeInput.size","reason":"Use amount."}`, `{"name":"Kind.HUGE","reason":"Use LARGE."}`
	change := `mutation($input: ChangeInput!) { change(input: $input) { id } }`
	for name, c := range map[string]struct {
		text, variables, want string
	}{
		"nothing":                     {`{ item { name } list(kind: LARGE) { id } }`, `{}`, `null`},
		"a field":                     {`{ item { title } }`, `{}`, `[` + title + `]`},
		"a field, twice and deeper":   {`{ a: item { title } list { ...f } } fragment f on Item { item { ... on Item { title } } }`, `{}`, `[` + title + `]`},
		"an argument":                 {`{ list(old: true) { id } }`, `{}`, `[{"name":"Query.list(old:)","reason":"No longer supported"}]`},
		"a value of an enum":          {`{ list(kind: HUGE) { title } }`, `{}`, `[` + huge + `,` + title + `]`},
		"a field of an input":         {`mutation { change(input: {amount: 1, size: 2, parts: [{amount: 1, kind: HUGE}]}) { id } }`, `{}`, `[` + size + `,` + huge + `]`},
		"a field in a variable":       {change, `{"input": {"amount": 1, "size": 2}}`, `[` + size + `]`},
		"an enum deep in a variable":  {change, `{"input": {"amount": 1, "parts": [{"amount": 1, "kind": "HUGE"}]}}`, `[` + huge + `]`},
		"an enum as a variable":       {`query($kind: Kind) { list(kind: $kind) { id } }`, `{"kind": "HUGE"}`, `[` + huge + `]`},
		"none of it in the variables": {change, `{"input": {"amount": 1, "kind": "SMALL"}}`, `null`},
	} {
		for range 2 { // the second time from the cache
			params := &graphql.RawParams{Query: c.text}
			if err := json.Unmarshal([]byte(c.variables), &params.Variables); err != nil {
				t.Fatal(err)
			}
			resp := execute(e, staff(access.ScopeCustomersWrite), params)
			if len(resp.Errors) > 0 {
				t.Fatalf("%s: %v", name, resp.Errors)
			}
			if got, err := json.Marshal(resp.Extensions["deprecations"]); err != nil || string(got) != c.want {
				t.Errorf("%s: %s, %v; want %s", name, got, err, c.want)
			}
			if last := uses[len(uses)-1]; last.Deprecated != (c.want != "null") {
				t.Errorf("%s: counted as %+v", name, last)
			}
		}
	}
}
