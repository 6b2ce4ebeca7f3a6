package operation_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/graph/operation"
	"github.com/meguri-crm/meguri/graph/operation/operationtest"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

var now = &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}

// present shows the code of a fault, as the real presenter does.
func present(ctx context.Context, err error) *gqlerror.Error {
	shown := graphql.DefaultErrorPresenter(ctx, err)
	if f := (*fault.Error)(nil); errors.As(err, &f) {
		shown.Extensions = map[string]any{"code": f.CodeOrKind()}
	}
	return shown
}

func config() operation.Config {
	return operation.Config{
		Schema: operationtest.New(), Clock: now, Limits: operation.DefaultLimits, Rates: operation.DefaultRates,
		Present: present, Recover: graphql.DefaultRecover,
		Scope: func(ctx context.Context) context.Context { return ctx },
	}
}

func newExecutor(t testing.TB, change func(*operation.Config)) *operation.Executor {
	t.Helper()
	cfg := config()
	if change != nil {
		change(&cfg)
	}
	e, err := operation.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// execute runs an operation as the caller and gives the response.
func execute(e *operation.Executor, p access.Principal, params *graphql.RawParams) *graphql.Response {
	ctx := access.WithCaller(context.Background(), &access.Caller{Principal: p, IP: netip.MustParseAddr("192.0.2.1")})
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := e.CreateOperationContext(ctx, params)
	if errs != nil {
		return e.DispatchError(graphql.WithOperationContext(ctx, op), errs)
	}
	next, ctx := e.DispatchOperation(ctx, op)
	return next(ctx)
}

func query(text string) *graphql.RawParams { return &graphql.RawParams{Query: text} }

func codeOf(resp *graphql.Response) string {
	if len(resp.Errors) == 0 {
		return ""
	}
	code, _ := resp.Errors[0].Extensions["code"].(string)
	return code
}

func reportOf(t testing.TB, resp *graphql.Response) *operation.CostReport {
	t.Helper()
	report, ok := resp.Extensions["cost"].(*operation.CostReport)
	if !ok {
		t.Fatalf("no cost in %v", resp.Extensions)
	}
	return report
}

func staff(scopes ...access.Scope) access.Principal {
	set, err := access.Scopes(scopes...)
	if err != nil {
		panic(err)
	}
	return access.Principal{Kind: access.ActorStaff, ID: 1, Scopes: set}
}

func TestLimits(t *testing.T) {
	nested := func(n int) string { return "{" + strings.Repeat("item{", n) + "id" + strings.Repeat("}", n) + "}" }
	many := func(n int, part func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(part(i))
		}
		return b.String()
	}
	doubling := func(n int) string { // 2^n fields in n short fragments
		return "{item{...f0}}" + many(n, func(i int) string { return fmt.Sprintf(" fragment f%d on Item{...f%d ...f%d}", i, i+1, i+1) }) +
			fmt.Sprintf(" fragment f%d on Item{id}", n)
	}
	for _, c := range []struct{ name, fits, exceeds string }{
		{"depth", nested(11), nested(12)},
		{"depth in fragments", "{...a} fragment a on Query" + nested(11), "{...a} fragment a on Query" + nested(12)},
		{"aliases", "{" + many(14, func(i int) string { return fmt.Sprintf("a%d:name ", i) }) + "}", "{item{" + many(16, func(i int) string { return fmt.Sprintf("a%d:name ", i) }) + "}}"},
		{"root fields", "{" + many(15, func(int) string { return "name " }) + "}", "{" + many(16, func(int) string { return "name " }) + "}"},
		{"directives", "{name" + strings.Repeat(" @include(if:true)", 1) + "}", "{item{" + many(51, func(int) string { return "name @include(if:true) " }) + "}}"},
		{"fields behind fragments", doubling(8), doubling(11)},
		{"fragments of nothing but fragments", doubling(8), strings.Replace(doubling(12), "{id}", "{...missing}", 1)},
		{"bytes", "{name}", "{name}" + strings.Repeat(" ", operation.DefaultLimits.QueryBytes)},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := newExecutor(t, nil)
			if resp := execute(e, access.Principal{}, query(c.fits)); len(resp.Errors) > 0 {
				t.Errorf("within: %v", resp.Errors)
			}
			if got := codeOf(execute(e, access.Principal{}, query(c.exceeds))); got != operation.CodeLimitExceeded {
				t.Errorf("beyond: code %q, want %s", got, operation.CodeLimitExceeded)
			}
		})
	}
	e := newExecutor(t, nil)
	for name, text := range map[string]string{
		"tokens":           "{" + strings.Repeat("name ", 1000) + "}",
		"circle":           "{item{...a}} fragment a on Item{item{...b}} fragment b on Item{item{...a}}",
		"circle of itself": "{item{...a}} fragment a on Item{...a}",
		"defer":            "{item{...a @defer}} fragment a on Item{id}",
	} {
		if resp := execute(e, access.Principal{}, query(text)); len(resp.Errors) == 0 || resp.Data != nil {
			t.Errorf("%s: answered %s", name, resp.Data)
		}
	}
}

func TestErrorsAreFew(t *testing.T) {
	e := newExecutor(t, nil)
	resp := execute(e, access.Principal{}, query("{item{"+strings.Repeat("nope ", 100)+"}}"))
	if want := operation.DefaultLimits.Errors + 1; len(resp.Errors) != want {
		t.Errorf("%d errors, want %d", len(resp.Errors), want)
	}
}

func TestSuggestionsOnlyInDevelopment(t *testing.T) {
	for _, dev := range []bool{false, true} {
		e := newExecutor(t, func(c *operation.Config) { c.Dev = dev })
		for _, text := range []string{"{nam}", "{items(frist:1){totalCount}}", "{item}", "{item{...on Itm{id}}}"} {
			resp := execute(e, access.Principal{}, query(text))
			if helped := strings.Contains(resp.Errors.Error(), "Did you mean"); helped && !dev {
				t.Errorf("%s: %v", text, resp.Errors)
			}
		}
	}
}

func TestAuthorizationComesBeforeInput(t *testing.T) {
	e := newExecutor(t, nil)
	for name, params := range map[string]*graphql.RawParams{
		"variables of the wrong type": {
			Query:     "mutation($i:ChangeInput!){change(input:$i){id}}",
			Variables: map[string]any{"i": map[string]any{"amount": "many"}},
		},
		"a literal of the wrong type": query(`mutation{change(input:{amount:"many"}){id}}`),
		"no input at all":             query(`mutation{change{id}}`),
		"in a fragment":               query(`mutation{...f} fragment f on Mutation{...{change(input:{amount:"many"}){id}}}`),
	} {
		if got := codeOf(execute(e, access.Principal{}, params)); got != "UNAUTHENTICATED" {
			t.Errorf("%s, nobody: code %q, want UNAUTHENTICATED", name, got)
		}
		if got := codeOf(execute(e, staff(access.ScopeCustomersRead), params)); got != "FORBIDDEN" {
			t.Errorf("%s, without the scope: code %q, want FORBIDDEN", name, got)
		}
		if got := codeOf(execute(e, staff(access.ScopeCustomersWrite), params)); got != operation.CodeValidationFailed {
			t.Errorf("%s, with the scope: code %q, want %s", name, got, operation.CodeValidationFailed)
		}
	}
}

func TestEveryRootFieldNeedsAuthOrPublic(t *testing.T) {
	cfg := config()
	schema := cfg.Schema.Schema()
	schema.Query.Fields.ForName("name").Directives = nil
	if _, err := operation.New(cfg); err == nil || !strings.Contains(err.Error(), "Query.name") {
		t.Errorf("err = %v, want one that names Query.name", err)
	}
}

func TestCost(t *testing.T) {
	for _, c := range []struct {
		text string
		vars map[string]any
		want int
	}{
		{"{name}", nil, 0},
		{"{item{id name}}", nil, 1},
		{"{item{heavy}}", nil, 21},
		{"{item{item{id}}}", nil, 2},
		{"{list{id}}", nil, 10},
		{"{items{totalCount}}", nil, 1},
		{"{items{nodes{id}}}", nil, 11},
		{"{items(first:3){edges{node{id}} pageInfo{hasNextPage}}}", nil, 1 + 3*2 + 1},
		{"query($n:Int!){items(first:$n){nodes{items(first:2){nodes{id}}}}}", map[string]any{"n": json.Number("5")}, 1 + 5*(1+1+2)},
		{"query($n:Int!=4){items(first:$n){nodes{id}}}", nil, 5},
		{"{...f ...f} fragment f on Query{item{id}}", nil, 2},
		{"mutation{open{id}}", nil, 11},
	} {
		e := newExecutor(t, nil)
		resp := execute(e, access.Principal{}, &graphql.RawParams{Query: c.text, Variables: c.vars})
		if len(resp.Errors) > 0 {
			t.Errorf("%s: %v", c.text, resp.Errors)
			continue
		}
		report := reportOf(t, resp)
		if report.Requested != c.want {
			t.Errorf("%s: requested %d, want %d", c.text, report.Requested, c.want)
		}
		if report.Actual < 0 || report.Actual > report.Requested {
			t.Errorf("%s: actual %d of requested %d", c.text, report.Actual, report.Requested)
		}
	}
}

func TestActualCostIsWhatCame(t *testing.T) {
	resp := execute(newExecutor(t, nil), access.Principal{}, query("mutation{open{list{name}}}"))
	// 10 for the mutation, the item, and the two rows of its list.
	report := reportOf(t, resp)
	if want := 10 + 1 + operationtest.Rows; report.Actual != want {
		t.Errorf("actual %d, want %d", report.Actual, want)
	}
	if want := operation.DefaultRates.Anonymous.Maximum - report.Actual; report.Available != want {
		t.Errorf("available %d, want %d: what did not come is given back", report.Available, want)
	}
}

func TestPagesAreBounded(t *testing.T) {
	e := newExecutor(t, nil)
	for _, n := range []string{"251", "-1", "9223372036854775807", "99999999999999999999"} {
		params := &graphql.RawParams{Query: "query($n:Int!){items(first:$n){totalCount nodes{id}}}", Variables: map[string]any{"n": json.Number(n)}}
		if resp := execute(e, access.Principal{}, params); len(resp.Errors) == 0 {
			t.Errorf("first = %s was answered", n)
		}
	}
}

func TestDearOperationsAreRefused(t *testing.T) {
	resp := execute(newExecutor(t, nil), staff(), query("{items(first:250){nodes{items(first:250){nodes{items(first:250){nodes{id}}}}}}}"))
	if codeOf(resp) != "COST_EXCEEDED" {
		t.Errorf("errors = %v, want COST_EXCEEDED", resp.Errors)
	}
}

func TestBucketEmptiesAndFills(t *testing.T) {
	e := newExecutor(t, func(c *operation.Config) { c.Rates.Staff = operation.Rate{Maximum: 30, Restore: 10} })
	mutation := query("mutation{open{id}}") // 11
	caller := staff()
	for i, want := range []string{"", "", "THROTTLED"} {
		if got := codeOf(execute(e, caller, mutation)); got != want {
			t.Fatalf("call %d: code %q, want %q", i, got, want)
		}
	}
	other := caller
	other.ID = 2
	if got := codeOf(execute(e, other, mutation)); got != "" {
		t.Errorf("another caller: code %q", got)
	}
	now.Advance(300 * time.Millisecond)
	resp := execute(e, caller, mutation)
	if got := codeOf(resp); got != "" {
		t.Errorf("after a while: code %q", got)
	}
	if report := reportOf(t, resp); report.Available != 0 {
		t.Errorf("available %d, want 0", report.Available)
	}
}

func TestFilesArePaidFromTheSameBucket(t *testing.T) {
	e := newExecutor(t, func(c *operation.Config) { c.Rates.Staff = operation.Rate{Maximum: 30, Restore: 10} })
	caller := &access.Caller{Principal: staff()}
	if err := e.Charge(caller, 25); err != nil {
		t.Fatal(err)
	}
	if got := codeOf(execute(e, caller.Principal, query("mutation{open{id}}"))); got != "THROTTLED" {
		t.Errorf("an operation after the file: code %q, want THROTTLED", got)
	}
	var f *fault.Error
	if err := e.Charge(caller, 25); !errors.As(err, &f) || f.Kind != fault.Throttled || f.Params["retryAfterSeconds"] != 2 {
		t.Errorf("a second file: %+v, want fault.Throttled for 2 seconds", err)
	}
}

func TestPersistedQueries(t *testing.T) {
	const text = "{item{id}}"
	sum := sha256.Sum256([]byte(text))
	hashed := func(text, hash string) *graphql.RawParams {
		return &graphql.RawParams{Query: text, Extensions: map[string]any{
			"persistedQuery": map[string]any{"version": json.Number("1"), "sha256Hash": hash},
		}}
	}
	hash := hex.EncodeToString(sum[:])
	e := newExecutor(t, func(c *operation.Config) { c.Limits.PersistedQueries = 2 })
	for i, c := range []struct {
		params *graphql.RawParams
		want   string
	}{
		{hashed("", hash), operation.CodePersistedMissing},
		{hashed("{name}", hash), operation.CodeValidationFailed}, // not the text of the hash
		{hashed("", hash), operation.CodePersistedMissing},       // and it was not kept
		{hashed(text, hash), ""},
		{hashed("", hash), ""},
		{hashed("", "abc"), operation.CodeValidationFailed},
	} {
		if got := codeOf(execute(e, access.Principal{}, c.params)); got != c.want {
			t.Errorf("step %d: code %q, want %q", i, got, c.want)
		}
	}
	for _, other := range []string{"{name}", "{item{name}}"} {
		sum := sha256.Sum256([]byte(other))
		execute(e, access.Principal{}, hashed(other, hex.EncodeToString(sum[:])))
	}
	if got := codeOf(execute(e, access.Principal{}, hashed("", hash))); got != operation.CodePersistedMissing {
		t.Errorf("after others filled the store: code %q, want %s", got, operation.CodePersistedMissing)
	}
}

func TestOperationsAreChosenByName(t *testing.T) {
	e := newExecutor(t, nil)
	const two = "query a{name} query b{item{id}}"
	for name, ok := range map[string]bool{"a": true, "b": true, "": false, "c": false} {
		resp := execute(e, access.Principal{}, &graphql.RawParams{Query: two, OperationName: name})
		if (len(resp.Errors) == 0) != ok {
			t.Errorf("operationName %q: %v", name, resp.Errors)
		}
	}
}

// TestPersonsNeedTheirScope: whatever leads to a customer, only who may read
// customers sees one.
func TestPersonsNeedTheirScope(t *testing.T) {
	e := newExecutor(t, nil)
	narrow, wide := staff(access.ScopeCampaignsRead), staff(access.ScopeCampaignsRead, access.ScopeCustomersRead)
	for text, personal := range map[string]bool{
		`{letters{id}}`:                             false,
		`{letters{customer{id}}}`:                   true,
		`{letters{...on Letter{c:customer{name}}}}`: true,
		`{letters{...{customer{name}}}}`:            true,
		`{...q} fragment q on Query{letters{...l}} fragment l on Letter{customer{id}}`: true,
		`{letters{id customer @include(if:false){id}}}`:                                true,
	} {
		want := ""
		if personal {
			want = "FORBIDDEN"
		}
		if got := codeOf(execute(e, narrow, query(text))); got != want {
			t.Errorf("%s, narrowed to campaigns: code %q, want %q", text, got, want)
		}
		if resp := execute(e, wide, query(text)); len(resp.Errors) > 0 {
			t.Errorf("%s, with customers:read: %v", text, resp.Errors)
		}
	}
}
