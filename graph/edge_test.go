package graph

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
)

// The root fields that callers may use without signing in. A field more here is
// a decision about security.
var public = []string{
	"Query.inviteOffer", "Query.passwordResetOpen", "Query.brand",
	"Mutation.signIn", "Mutation.completeSignIn", "Mutation.acceptInvite", "Mutation.requestPasswordReset", "Mutation.resetPassword",
}

func TestOnlyAFewRootFieldsArePublic(t *testing.T) {
	schema := NewSchema(&Resolver{}).Schema()
	var open []string
	for _, root := range []string{"Query", "Mutation", "Subscription"} {
		for _, field := range schema.Types[root].Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			isPublic := field.Directives.ForName("public") != nil
			if isPublic {
				open = append(open, root+"."+field.Name)
			}
			auth := field.Directives.ForName("auth")
			if (auth != nil) == isPublic {
				t.Errorf("%s.%s carries @auth or @public, one of them", root, field.Name)
				continue
			}
			if auth != nil {
				if _, err := access.Scopes(access.Scope(auth.Arguments.ForName("scope").Value.Raw)); err != nil {
					t.Errorf("%s.%s: %v", root, field.Name, err)
				}
			}
		}
	}
	if !slices.Equal(open, public) {
		t.Errorf("public: %v, want %v", open, public)
	}
}

func TestEveryNodeTypeIsFound(t *testing.T) {
	schema := NewSchema(&Resolver{}).Schema()
	kinds := (&Resolver{}).nodeKinds()
	for _, def := range schema.GetPossibleTypes(schema.Types["Node"]) {
		if _, ok := kinds[def.Name]; !ok {
			t.Errorf("node(id) does not know %s", def.Name)
		}
		delete(kinds, def.Name)
	}
	for name := range kinds {
		t.Errorf("node(id) knows %s, which is no Node", name)
	}
}

func TestPresenterHidesWhatIsInternal(t *testing.T) {
	var log bytes.Buffer
	present := NewErrorPresenter(slog.New(slog.NewTextHandler(&log, nil)))
	ctx := access.WithCaller(context.Background(), &access.Caller{RequestID: "R1"})

	shown := present(ctx, errors.New("pq: relation staff does not exist"))
	if shown.Message != "internal error" || shown.Extensions["code"] != "INTERNAL" || shown.Extensions["requestId"] != "R1" {
		t.Errorf("shown %q %v", shown.Message, shown.Extensions)
	}
	if !strings.Contains(log.String(), "R1") || !strings.Contains(log.String(), "relation staff") {
		t.Errorf("the log does not tell: %s", log.String())
	}

	log.Reset()
	f := fault.Wrap(fault.Precondition, errors.New("secret cause"), "not so many points").
		WithCode("INSUFFICIENT_POINTS").At("amount").With("available", 3)
	shown = present(ctx, f)
	params, _ := shown.Extensions["params"].(map[string]any)
	if shown.Message != "not so many points" || shown.Extensions["code"] != "INSUFFICIENT_POINTS" ||
		shown.Extensions["field"] != "amount" || params["available"] != 3 {
		t.Errorf("shown %q %v", shown.Message, shown.Extensions)
	}
	if log.Len() > 0 {
		t.Errorf("what the caller can mend is logged: %s", log.String())
	}
}

func TestUserErrorsAreWhatTheCallerCanMend(t *testing.T) {
	for kind, mendable := range map[fault.Kind]bool{
		fault.Invalid: true, fault.Conflict: true, fault.Precondition: true, fault.NotFound: true,
		fault.Unauthenticated: false, fault.Forbidden: false, fault.Throttled: false, fault.Unavailable: false, fault.Internal: false,
	} {
		wrong, err := userErrors(fault.New(kind, "no").At("lines.3.amount").With("n", 1))
		if (len(wrong) == 1) != mendable || (err == nil) != mendable {
			t.Errorf("%s: %v, %v", kind, wrong, err)
		}
		if mendable && (!slices.Equal(wrong[0].Field, []string{"input", "lines", "3", "amount"}) || string(wrong[0].Params) != `{"n":1}`) {
			t.Errorf("%s: field %v, params %s", kind, wrong[0].Field, wrong[0].Params)
		}
	}
	if wrong, err := userErrors(nil); wrong == nil || len(wrong) != 0 || err != nil {
		t.Errorf("no error: %v, %v; want an empty list", wrong, err)
	}
}

func TestCursors(t *testing.T) {
	type row struct{ id int64 }
	key := func(r row) int64 { return r.id }
	p, err := newPage[int64]("list:id", 2, nil)
	if err != nil || p.Limit != 3 || p.After != nil {
		t.Fatalf("%+v, %v", p, err)
	}
	kept, cursors, info := cut(p, []row{{1}, {2}, {3}}, key)
	if len(kept) != 2 || !info.HasNextPage || info.HasPreviousPage || *info.EndCursor != cursors[1] {
		t.Errorf("first page: %v, %+v", kept, info)
	}
	p, err = newPage[int64]("list:id", 2, info.EndCursor)
	if err != nil || p.After == nil || *p.After != 2 {
		t.Fatalf("second page after %v, %v", p.After, err)
	}
	kept, _, info = cut(p, []row{{3}}, key)
	if len(kept) != 1 || info.HasNextPage || !info.HasPreviousPage {
		t.Errorf("second page: %v, %+v", kept, info)
	}
	if kept, cursors, info = cut(p, nil, key); len(kept) != 0 || len(cursors) != 0 || info.EndCursor != nil {
		t.Errorf("an empty page: %v, %+v", kept, info)
	}
}

func TestTamperedCursorsAreRefused(t *testing.T) {
	b64 := base64.RawURLEncoding.EncodeToString
	p, _ := newPage[int64]("other:id", 1, nil)
	for name, after := range map[string]string{
		"of another list":  p.cursor(42),
		"no base64":        "!!!",
		"no JSON":          b64([]byte("42")),
		"a key of another": b64([]byte(`{"s":"list:id","k":"x"}`)),
		"padded":           base64.URLEncoding.EncodeToString([]byte(`{"s":"list:id","k":1} `)),
	} {
		_, err := newPage[int64]("list:id", 1, &after)
		if f := (*fault.Error)(nil); !errors.As(err, &f) || f.Code != "INVALID_CURSOR" || f.Field != "after" {
			t.Errorf("%s: %v, want INVALID_CURSOR at after", name, err)
		}
	}
	for _, first := range []int{-1, 251} {
		if _, err := newPage[int64]("list:id", first, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("first %d: %v, want fault.Invalid", first, err)
		}
	}
}
