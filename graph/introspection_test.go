package graph

import (
	"context"
	"log/slog"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/graph/operation"
)

// run executes a query of nobody on the real schema without services.
func run(t *testing.T, dev bool, text string) *graphql.Response {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	e, err := operation.New(operation.Config{
		Schema: NewSchema(&Resolver{}), Clock: clock.System{}, Limits: operation.DefaultLimits, Rates: operation.DefaultRates,
		Present: NewErrorPresenter(log), Recover: NewRecover(log), Dev: dev,
		Scope: func(ctx context.Context) context.Context { return ctx },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx := graphql.StartOperationTrace(context.Background())
	op, errs := e.CreateOperationContext(ctx, &graphql.RawParams{Query: text})
	if errs != nil {
		return e.DispatchError(graphql.WithOperationContext(ctx, op), errs)
	}
	next, ctx := e.DispatchOperation(ctx, op)
	return next(ctx)
}

func TestIntrospectionIsOffInProduction(t *testing.T) {
	for _, c := range []struct {
		dev              bool
		text, data, code string
	}{
		{false, "{__schema{queryType{name}}}", `{"__schema":null}`, operation.CodeIntrospectionOff},
		{false, `{__type(name:"Staff"){name}}`, `{"__type":null}`, ""},
		{false, "{__typename}", `{"__typename":"Query"}`, ""},
		{true, "{__schema{queryType{name}}}", `{"__schema":{"queryType":{"name":"Query"}}}`, ""},
		{true, `{__type(name:"Staff"){name}}`, `{"__type":{"name":"Staff"}}`, ""},
	} {
		resp := run(t, c.dev, c.text)
		code := ""
		if len(resp.Errors) > 0 {
			code, _ = resp.Errors[0].Extensions["code"].(string)
		}
		if string(resp.Data) != c.data || code != c.code {
			t.Errorf("dev %v, %s: %s %q, want %s %q", c.dev, c.text, resp.Data, code, c.data, c.code)
		}
	}
}

// What GraphiQL, code generators and the like ask first.
const introspection = `query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
	types { ...FullType } directives { name description isRepeatable locations args { ...InputValue } } } }
fragment FullType on __Type { kind name description specifiedByURL
	fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
	inputFields { ...InputValue } interfaces { ...TypeRef }
	enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType {
	kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`

func TestToolsCanAskInDevelopment(t *testing.T) {
	if resp := run(t, true, introspection); len(resp.Errors) > 0 || len(resp.Data) < 10_000 {
		t.Errorf("%d bytes, %v", len(resp.Data), resp.Errors)
	}
	if resp := run(t, false, introspection); resp.Data != nil && string(resp.Data) != `{"__schema":null}` {
		t.Errorf("in production: %.200s", resp.Data)
	}
}
