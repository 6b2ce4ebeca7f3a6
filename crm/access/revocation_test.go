package access_test

import (
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
)

// customer makes one and answers with his id.
func (w *world) customer(t *testing.T) (id int64) {
	t.Helper()
	if err := w.db.NewRaw("INSERT INTO customers DEFAULT VALUES RETURNING id").Scan(t.Context(), &id); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestTokensOfACustomerAreTakenBack(t *testing.T) {
	w := newWorld(t)
	id, other := w.customer(t), w.customer(t)
	if _, err := w.db.Exec("UPDATE customers SET merged_into = ? WHERE id = ?", id, w.customer(t)); err != nil {
		t.Fatal(err)
	}
	issue := func(of int64) string {
		t.Helper()
		token, err := w.CustomerToken(w.ctx, of, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	answer := func(token string) string {
		t.Helper()
		_, err := w.verifier.Verify(w.ctx, token)
		return code(err)
	}
	merged := other + 1
	first, others, old := issue(id), issue(other), issue(merged)
	for _, token := range []string{first, others, old} {
		if got := answer(token); got != "" {
			t.Fatalf("before: %s", got)
		}
	}
	if err := w.RevokeCustomerTokens(w.ctx, id); err != nil {
		t.Fatal(err)
	}
	second := issue(id) // within the same second
	w.clock.Advance(access.SessionCheckEvery)
	for _, c := range []struct{ name, token, want string }{
		{"the one taken back", first, "TOKEN_REVOKED"},
		{"of one who was merged into him", old, "TOKEN_REVOKED"},
		{"issued later", second, ""},
		{"another's", others, ""},
	} {
		if got := answer(c.token); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A token that a client issued ends with the client, and with its right to issue any.
func TestTokensThatAClientIssuedEndWithIt(t *testing.T) {
	w := newWorld(t)
	client, secret := w.client(t, "アプリ", access.ScopeTokensIssue, access.ScopePointsRead)
	p, err := w.verifier.Verify(w.ctx, w.grant(t, client, secret, ""))
	if err != nil {
		t.Fatal(err)
	}
	id := w.customer(t)
	token, err := w.CustomerToken(access.As(w.ctx, p), id, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	answer := func(c access.ClientChange) string {
		t.Helper()
		if _, err := w.UpdateClient(w.ctx, client.ID, c); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(access.SessionCheckEvery)
		p, err := w.verifier.Verify(w.ctx, token)
		if err == nil && (p.Kind != access.ActorCustomer || p.ID != id || p.Scopes.String() != "me") {
			t.Errorf("the token is of %+v", p)
		}
		return code(err)
	}
	on, off := false, true
	without, with := []access.Scope{access.ScopePointsRead}, []access.Scope{access.ScopeTokensIssue}
	for _, c := range []struct {
		name   string
		change access.ClientChange
		want   string
	}{
		{"as it was", access.ClientChange{}, ""},
		{"without the scope", access.ClientChange{Scopes: &without}, "CLIENT_ENDED"},
		{"with it again", access.ClientChange{Scopes: &with}, ""},
		{"disabled", access.ClientChange{Disabled: &off}, "CLIENT_ENDED"},
		{"enabled again", access.ClientChange{Disabled: &on}, ""},
	} {
		if got := answer(c.change); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if _, err := w.EndClientTokens(w.ctx, client.ID); err != nil {
		t.Fatal(err)
	}
	if got := answer(access.ClientChange{}); got != "CLIENT_ENDED" {
		t.Errorf("its tokens ended: %q", got)
	}
}
