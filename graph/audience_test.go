package graph

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/graph/operation"
)

// audience is a kind of caller.
type audience struct {
	name   string
	caller access.Principal
}

// audiences are all there are: nobody, each role, a customer, a client without
// any scope and one with each alone.
func audiences(t *testing.T) []audience {
	t.Helper()
	list := []audience{{"nobody", access.Principal{}}, {"a client without scopes", access.Principal{Kind: access.ActorClient, ID: 1}}}
	for _, role := range access.Roles {
		list = append(list, audience{string(role), access.Principal{Kind: access.ActorStaff, ID: 1, Role: role, Scopes: role.Scopes()}})
	}
	me, err := access.Scopes(access.ScopeMe)
	if err != nil {
		t.Fatal(err)
	}
	list = append(list, audience{"a customer", access.Principal{Kind: access.ActorCustomer, ID: 1, Scopes: me}})
	for _, scope := range access.ClientScopes {
		only, err := access.Scopes(scope)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, audience{"a client with " + string(scope), access.Principal{Kind: access.ActorClient, ID: 1, Scopes: only}})
	}
	return list
}

// The whole schema against every audience, generated from it: who lacks the
// scope of a root field is refused before anything else is looked at, and
// nobody else is. A field that carries neither @auth nor @public fails
// TestOnlyAFewRootFieldsArePublic and every start of the program.
func TestEveryRootFieldAgainstEveryAudience(t *testing.T) {
	schema := NewSchema(&Resolver{})
	exec, err := operation.New(operation.Config{
		Schema: schema, Clock: clock.System{}, Limits: operation.DefaultLimits, Rates: operation.DefaultRates,
		Present: NewErrorPresenter(slog.New(slog.DiscardHandler)), Recover: NewRecover(slog.New(slog.DiscardHandler)),
		Scope: func(ctx context.Context) context.Context { return ctx },
	})
	if err != nil {
		t.Fatal(err)
	}
	asked, allowed := 0, map[string]int{}
	for _, root := range []string{"Query", "Mutation", "Subscription"} {
		for _, field := range schema.Schema().Types[root].Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			for _, a := range audiences(t) {
				want := fault.Kind("")
				if auth := field.Directives.ForName("auth"); auth != nil && !a.caller.Has(access.Scope(auth.Arguments.ForName("scope").Value.Raw)) {
					want = fault.Forbidden
					if !a.caller.SignedIn() {
						want = fault.Unauthenticated
					}
				}
				if got := refusalOf(exec, a.caller, strings.ToLower(root)+" { "+field.Name+" }"); got != want {
					t.Errorf("%s.%s for %s: %q, want %q", root, field.Name, a.name, got, want)
				}
				asked++
				if want == "" {
					allowed[a.name]++
				}
			}
		}
	}
	if asked < 1000 {
		t.Fatalf("only %d questions asked: the reader has lost its way", asked)
	}
	if n := allowed["nobody"]; n != len(public) || allowed["a client without scopes"] != n {
		t.Errorf("nobody may use %d fields, a client without scopes %d, want the %d public ones", n, allowed["a client without scopes"], len(public))
	}
	for _, a := range audiences(t) {
		if a.caller.Kind == access.ActorClient && a.caller.Scopes != 0 && allowed[a.name] == len(public) {
			t.Errorf("%s may use nothing: a scope that opens no field misleads who gives it", a.name)
		}
	}
}

// refusalOf is why the executor refuses to run a text for a caller; "" when it
// would get as far as validating it.
func refusalOf(exec *operation.Executor, caller access.Principal, text string) fault.Kind {
	ctx := graphql.StartOperationTrace(access.As(context.Background(), caller))
	_, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: text})
	for _, err := range errs {
		var f *fault.Error
		if errors.As(err, &f) && (f.Kind == fault.Forbidden || f.Kind == fault.Unauthenticated) {
			return f.Kind
		}
	}
	return ""
}

// Clients reach no scope of staff, settings or other clients, whatever is asked for them.
func TestNoClientCanBeGivenWhatIsOfStaff(t *testing.T) {
	for _, scope := range access.ClientScopes {
		for _, noun := range []string{"staff:", "settings:", "clients:", "audit:", "policy:", "mailbox:", "privacy:"} {
			if strings.HasPrefix(string(scope), noun) {
				t.Errorf("a client can be given %s", scope)
			}
		}
		if scope == access.ScopeMe || scope == access.ScopeViewer {
			t.Errorf("a client can be given %s", scope)
		}
	}
}
