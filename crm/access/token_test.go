package access

import (
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
)

const oldSecret, newSecret = "the secret of last year", "the secret of this year"

func ring(t *testing.T, secret string) *Keyring {
	t.Helper()
	k, err := NewKeyring(secret)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSecretsRotate(t *testing.T) {
	now := time.Now()
	p := Principal{Kind: ActorCustomer, ID: 42, Scopes: scopeBits[ScopeMe], ExpiresAt: now.Add(time.Hour)}
	old, err := ring(t, oldSecret).sign(p, now)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ring(t, newSecret+", "+oldSecret).open(old, now); err != nil || got.ID != 42 {
		t.Errorf("a token of the old secret: %+v, %v", got, err)
	}
	if _, err := ring(t, newSecret).open(old, now); !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("once the old secret is gone: %v, want fault.Unauthenticated", err)
	}
	if _, err := NewKeyring("short"); err == nil {
		t.Error("a short secret was accepted")
	}
}

func TestForgedTokensAreRefused(t *testing.T) {
	k, now := ring(t, newSecret), time.Now()
	valid := func() claims {
		return claims{
			RegisteredClaims: jwt.RegisteredClaims{
				Issuer: issuer, Subject: gid.Encode("Staff", 1), Audience: jwt.ClaimStrings{audienceStaff},
				ExpiresAt: jwt.NewNumericDate(now.Add(time.Hour)),
			},
			Scope: "viewer", Session: "1",
		}
	}
	sign := func(method jwt.SigningMethod, key any, change func(*claims)) string {
		c := valid()
		change(&c)
		token := jwt.NewWithClaims(method, c)
		token.Header["kid"] = k.current.id
		s, err := token.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	asIs := func(*claims) {}
	secret := k.current.secret
	withKey := func(id string) string {
		token := jwt.NewWithClaims(jwt.SigningMethodHS256, valid())
		token.Header["kid"] = id
		s, err := token.SignedString(secret)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if _, err := k.open(sign(jwt.SigningMethodHS256, secret, asIs), now); err != nil {
		t.Fatalf("the valid one: %v", err)
	}
	for name, token := range map[string]string{
		"no signature":        sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, asIs),
		"another method":      sign(jwt.SigningMethodHS512, secret, asIs),
		"another key":         sign(jwt.SigningMethodHS256, []byte("another"), asIs),
		"no expiry":           sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.ExpiresAt = nil }),
		"another issuer":      sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.Issuer = "other" }),
		"no audience":         sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.Audience = nil }),
		"two audiences":       sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.Audience = append(c.Audience, audienceCustomer) }),
		"a customer as staff": sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.Subject = gid.Encode("Customer", 1) }),
		"staff as a customer": sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.Audience = jwt.ClaimStrings{audienceCustomer} }),
		"staff, no session":   sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.Session = "" }),
		"no token at all":     "",
		"not valid yet":       sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.NotBefore = jwt.NewNumericDate(now.Add(time.Hour)) }),
		"a key nobody knows":  withKey("other"),
		"no key named":        withKey(""),
		"a public key's way":  sign(jwt.SigningMethodHS384, secret, asIs),
		"a client of nobody":  sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.Audience, c.Subject = jwt.ClaimStrings{audienceClient}, gid.Encode(kindClient, 1) }),
		"a client of another": sign(jwt.SigningMethodHS256, secret, func(c *claims) {
			c.Audience, c.Subject, c.Client = jwt.ClaimStrings{audienceClient}, gid.Encode(kindClient, 1), gid.Encode(kindClient, 2)
		}),
		"staff as a client":    sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.Audience = jwt.ClaimStrings{audienceClient} }),
		"a huge one":           strings.Repeat("e", 1<<20) + "." + strings.Repeat("e", 1<<20) + ".e",
		"expired an hour back": sign(jwt.SigningMethodHS256, secret, func(c *claims) { c.ExpiresAt = jwt.NewNumericDate(now.Add(-time.Hour)) }),
	} {
		if p, err := k.open(token, now); !fault.Is(err, fault.Unauthenticated) || p.SignedIn() {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
	greedy := sign(jwt.SigningMethodHS256, secret, func(c *claims) {
		c.Audience, c.Subject, c.Scope = jwt.ClaimStrings{audienceCustomer}, gid.Encode("Customer", 7), "me staff:write customers:read"
	})
	if p, err := k.open(greedy, now); err != nil || p.Scopes.String() != "me" {
		t.Errorf("a customer's token that claims more: %q, %v; want me", p.Scopes, err)
	}
	greedy = sign(jwt.SigningMethodHS256, secret, func(c *claims) {
		c.Audience, c.Subject, c.Client = jwt.ClaimStrings{audienceClient}, gid.Encode(kindClient, 7), gid.Encode(kindClient, 7)
		c.Scope = "me staff:write settings:write clients:write customers:read"
	})
	if p, err := k.open(greedy, now); err != nil || p.Scopes.String() != "customers:read" {
		t.Errorf("a client's token that claims more: %q, %v; want customers:read", p.Scopes, err)
	}
}

func TestRolesAreSetsOfScopes(t *testing.T) {
	for role, c := range map[Role]struct{ may, mayNot []Scope }{
		RoleOwner:    {[]Scope{ScopeStaffWrite, ScopeAuditRead, ScopeCampaignsSend, ScopeSettingsWrite}, []Scope{ScopeMe}},
		RoleManager:  {[]Scope{ScopeStaffWrite, ScopeAuditRead}, []Scope{ScopeMe}},
		RoleMarketer: {[]Scope{ScopeCampaignsSend, ScopeImportsWrite}, []Scope{ScopeStaffRead, ScopeAuditRead, ScopePointsWrite, ScopeSettingsWrite}},
		RoleAnalyst:  {[]Scope{ScopeCustomersRead, ScopeCampaignsRead, ScopeMailboxRead}, []Scope{ScopeStaffRead, ScopeAuditRead, ScopeCustomersWrite, ScopeCampaignsSend}},
		RoleSupport:  {[]Scope{ScopeCustomersWrite, ScopePointsWrite}, []Scope{ScopeCampaignsRead, ScopeStaffRead, ScopeImportsRead}},
	} {
		set := role.Scopes()
		for _, s := range c.may {
			if !set.Has(s) {
				t.Errorf("%s may not %s", role, s)
			}
		}
		for _, s := range c.mayNot {
			if set.Has(s) {
				t.Errorf("%s may %s", role, s)
			}
		}
		if got := parseScopes(set.String()); got != set {
			t.Errorf("%s: the claim %q reads back as %q", role, set, got)
		}
	}
	if _, err := Scopes("customers:raed"); err == nil {
		t.Error("a scope that does not exist was accepted")
	}
	if ScopeSet(0).Has("customers:raed") || parseScopes("customers:raed") != 0 {
		t.Error("a scope that does not exist is in a set")
	}
}
