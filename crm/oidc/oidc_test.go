package oidc_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/oidc"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

const audience = "meguri-app"

// provider is an OpenID provider whose keys a test changes.
type provider struct {
	*httptest.Server
	mu      sync.Mutex
	keys    []map[string]string
	fetched atomic.Int64
	down    atomic.Bool
}

func newProvider(t *testing.T) *provider {
	p := &provider{}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]string{"issuer": p.URL, "jwks_uri": p.URL + "/keys"})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		p.fetched.Add(1)
		if p.down.Load() {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		_ = json.NewEncoder(w).Encode(map[string]any{"keys": p.keys})
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *provider) serve(keys ...map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys = keys
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func rsaKey(t *testing.T, kid string) (*rsa.PrivateKey, map[string]string) {
	t.Helper()
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return k, map[string]string{"kty": "RSA", "kid": kid, "use": "sig", "n": b64(k.N.Bytes()), "e": b64(big.NewInt(int64(k.E)).Bytes())}
}

type world struct {
	*oidc.Service
	t        *testing.T
	db       *db.DB
	clock    *clock.Fixed
	people   *customer.Service
	provider *provider
	key      *rsa.PrivateKey
	verifier *access.Verifier
	shop     int64
	issuer   *db.TokenIssuer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, db: dbtest.New(t), clock: &clock.Fixed{T: time.Now().Truncate(time.Second)}, provider: newProvider(t)}
	w.people = customer.New(w.db, w.clock, nil)
	w.Service = oidc.New(w.db, w.clock, w.people, slog.New(slog.DiscardHandler), nil)
	t.Cleanup(w.Close)
	keys, err := access.NewKeyring("a secret for tests only")
	if err != nil {
		t.Fatal(err)
	}
	w.verifier = access.NewVerifier(w.db, w.clock, keys)
	w.verifier.WithFederation(w.Service)
	if err := w.db.NewRaw("INSERT INTO shops (code, name, mall) VALUES ('own', '自社', 'OWN_SITE') RETURNING id").Scan(t.Context(), &w.shop); err != nil {
		t.Fatal(err)
	}
	var public map[string]string
	w.key, public = rsaKey(t, "k1")
	w.provider.serve(public)
	w.save(func(*oidc.Draft) {})
	return w
}

func (w *world) save(change func(*oidc.Draft)) {
	w.t.Helper()
	d := oidc.Draft{
		Name: "会員基盤", Issuer: w.provider.URL, Audiences: []string{audience}, Algorithms: []string{"RS256", "ES256", "EdDSA"}, SkewSeconds: 60,
		ShopID: w.shop, MemberClaim: "sub", FirstSeen: oidc.Refuse,
	}
	change(&d)
	var id int64
	if w.issuer != nil {
		id = w.issuer.ID
	}
	issuer, err := w.Save(access.As(w.t.Context(), access.Principal{Kind: access.ActorCommand}), id, d)
	if err != nil {
		w.t.Fatal(err)
	}
	w.issuer = issuer
	w.clock.Advance(oidc.RecheckEvery)
}

func (w *world) member(id string) int64 {
	w.t.Helper()
	c, err := w.people.Create(w.t.Context(), w.shop, id, customer.Profile{})
	if err != nil {
		w.t.Fatal(err)
	}
	return c.ID
}

func (w *world) claims() jwt.MapClaims {
	now := w.clock.Now()
	return jwt.MapClaims{"iss": w.provider.URL, "aud": audience, "sub": "m-1", "iat": now.Unix(), "exp": now.Add(time.Hour).Unix()}
}

func sign(t *testing.T, method jwt.SigningMethod, kid string, key any, claims jwt.MapClaims) string {
	t.Helper()
	token := jwt.NewWithClaims(method, claims)
	if kid != "" {
		token.Header["kid"] = kid
	}
	s, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// reason is the code of a refusal, or what the parameter reason says.
func reason(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	if why, ok := f.Params["reason"].(string); ok {
		return why
	}
	return f.CodeOrKind()
}

func TestTokensOfTheProviderAreHeldAgainstEverything(t *testing.T) {
	w := newWorld(t)
	id := w.member("m-1")
	with := func(change func(jwt.MapClaims)) string {
		c := w.claims()
		change(c)
		return sign(t, jwt.SigningMethodRS256, "k1", w.key, c)
	}
	p, err := w.verifier.Verify(t.Context(), with(func(jwt.MapClaims) {}))
	if err != nil || p.Kind != access.ActorCustomer || p.ID != id || p.Scopes.String() != "me" {
		t.Fatalf("the good one: %+v, %v", p, err)
	}
	now := w.clock.Now()
	stranger, _ := rsaKey(t, "k1")
	modulus := w.key.N.Bytes()
	good := with(func(jwt.MapClaims) {})
	parts := strings.Split(good, ".")
	for name, c := range map[string]struct{ token, want string }{
		"no signature":              {sign(t, jwt.SigningMethodNone, "k1", jwt.UnsafeAllowNoneSignatureType, w.claims()), oidc.AlgorithmRefused},
		"HS256 with the public key": {sign(t, jwt.SigningMethodHS256, "k1", modulus, w.claims()), oidc.AlgorithmRefused},
		"an algorithm not listed":   {sign(t, jwt.SigningMethodRS512, "k1", w.key, w.claims()), oidc.AlgorithmRefused},
		"another's key":             {sign(t, jwt.SigningMethodRS256, "k1", stranger, w.claims()), oidc.SignatureWrong},
		"an unknown key":            {sign(t, jwt.SigningMethodRS256, "k9", w.key, w.claims()), oidc.KeyUnknown},
		"tampered":                  {parts[0] + "." + b64([]byte(`{"iss":"`+w.provider.URL+`","aud":"`+audience+`","sub":"m-2","iat":1,"exp":99999999999}`)) + "." + parts[2], oidc.SignatureWrong},
		"another issuer":            {with(func(c jwt.MapClaims) { c["iss"] = "https://evil.example" }), oidc.IssuerUnknown},
		"another audience":          {with(func(c jwt.MapClaims) { c["aud"] = "another-app" }), oidc.AudienceWrong},
		"expired":                   {with(func(c jwt.MapClaims) { c["exp"] = now.Add(-2 * time.Minute).Unix() }), "TOKEN_EXPIRED"},
		"not yet valid":             {with(func(c jwt.MapClaims) { c["nbf"] = now.Add(2 * time.Minute).Unix() }), oidc.NotYetValid},
		"issued in the future":      {with(func(c jwt.MapClaims) { c["iat"] = now.Add(2 * time.Minute).Unix() }), oidc.NotYetValid},
		"no exp":                    {with(func(c jwt.MapClaims) { delete(c, "exp") }), oidc.ClaimMissing},
		"no iat":                    {with(func(c jwt.MapClaims) { delete(c, "iat") }), oidc.ClaimMissing},
		"no member id":              {with(func(c jwt.MapClaims) { delete(c, "sub") }), oidc.ClaimMissing},
		"a member nobody has":       {with(func(c jwt.MapClaims) { c["sub"] = "m-404" }), oidc.CustomerUnknown},
	} {
		if p, err := w.verifier.Verify(t.Context(), c.token); reason(err) != c.want || p.SignedIn() {
			t.Errorf("%s: %+v, %v; want %s", name, p, err, c.want)
		}
	}
	within := with(func(c jwt.MapClaims) { c["nbf"] = now.Add(30 * time.Second).Unix() })
	if _, err := w.verifier.Verify(t.Context(), within); err != nil {
		t.Errorf("within the skew: %v", err)
	}
}

func TestOtherKindsOfKeys(t *testing.T) {
	w := newWorld(t)
	w.member("m-1")
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	w.provider.serve(
		map[string]string{"kty": "EC", "crv": "P-256", "kid": "ec", "x": b64(ec.X.FillBytes(make([]byte, 32))), "y": b64(ec.Y.FillBytes(make([]byte, 32)))},
		map[string]string{"kty": "OKP", "crv": "Ed25519", "kid": "ed", "x": b64(public)})
	for name, token := range map[string]string{
		"ES256": sign(t, jwt.SigningMethodES256, "ec", ec, w.claims()),
		"EdDSA": sign(t, jwt.SigningMethodEdDSA, "ed", private, w.claims()),
	} {
		if _, err := w.verifier.Verify(t.Context(), token); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A provider rotates its keys; whoever makes key ids up does not have it asked
// over and over.
func TestKeysRotateAndAreFetchedSeldom(t *testing.T) {
	w := newWorld(t)
	w.member("m-1")
	verify := func(kid string, key *rsa.PrivateKey, n int) error {
		c := w.claims()
		c["n"] = n // another token
		_, err := w.verifier.Verify(t.Context(), sign(t, jwt.SigningMethodRS256, kid, key, c))
		return err
	}
	if err := verify("k1", w.key, 0); err != nil {
		t.Fatal(err)
	}
	next, public := rsaKey(t, "k2")
	w.provider.serve(public)
	if err := verify("k2", next, 1); err != nil {
		t.Errorf("the next key: %v", err)
	}
	if err := verify("k1", w.key, 2); reason(err) != oidc.KeyUnknown {
		t.Errorf("the key that was taken away: %v, want KEY_UNKNOWN", err)
	}
	before := w.provider.fetched.Load()
	for n := range 50 {
		if err := verify("made-up", next, 10+n); reason(err) != oidc.KeyUnknown {
			t.Fatalf("a made-up key: %v", err)
		}
	}
	if n := w.provider.fetched.Load() - before; n > 1 {
		t.Errorf("50 made-up keys had the keys fetched %d times", n)
	}
}

func TestAProviderThatIsDown(t *testing.T) {
	w := newWorld(t)
	w.member("m-1")
	w.provider.down.Store(true)
	token := sign(t, jwt.SigningMethodRS256, "k1", w.key, w.claims())
	if _, err := w.verifier.Verify(t.Context(), token); reason(err) != "KEYS_UNAVAILABLE" || !fault.Is(err, fault.Unavailable) {
		t.Errorf("while it is down: %v, want KEYS_UNAVAILABLE", err)
	}
	w.provider.down.Store(false)
	w.clock.Advance(10 * time.Second)
	if _, err := w.verifier.Verify(t.Context(), token); err != nil {
		t.Errorf("once it is back: %v", err)
	}
	w.provider.down.Store(true)
	if _, err := w.Check(t.Context(), w.issuer.ID); reason(err) != "KEYS_UNAVAILABLE" {
		t.Errorf("the check: %v, want KEYS_UNAVAILABLE", err)
	}
}

// What is accepted once is not accepted for ever.
func TestAChangeOfTheProviderCountsForTokensThatAreOut(t *testing.T) {
	w := newWorld(t)
	id := w.member("m-1")
	token := sign(t, jwt.SigningMethodRS256, "k1", w.key, w.claims())
	p, err := w.verifier.Verify(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	w.save(func(d *oidc.Draft) { d.Audiences = []string{"another-app"} })
	if _, err := w.verifier.Verify(t.Context(), token); reason(err) != oidc.AudienceWrong {
		t.Errorf("under another audience: %v, want AUDIENCE_WRONG", err)
	}
	if _, err := w.verifier.Recheck(t.Context(), p); reason(err) != "ISSUER_CHANGED" {
		t.Errorf("a stream: %v, want ISSUER_CHANGED", err)
	}
	w.save(func(d *oidc.Draft) { d.Disabled = true })
	if _, err := w.verifier.Verify(t.Context(), token); reason(err) != oidc.IssuerUnknown {
		t.Errorf("disabled: %v, want ISSUER_UNKNOWN", err)
	}
	w.save(func(*oidc.Draft) {})
	if _, err := w.verifier.Verify(t.Context(), token); err != nil {
		t.Fatalf("enabled again: %v", err)
	}
	if err := access.EndCustomerTokens(t.Context(), w.db, []int64{id}, w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(access.SessionCheckEvery)
	if _, err := w.verifier.Verify(t.Context(), token); reason(err) != "TOKEN_REVOKED" {
		t.Errorf("taken back: %v, want TOKEN_REVOKED", err)
	}
	if _, err := w.verifier.Verify(t.Context(), sign(t, jwt.SigningMethodRS256, "k1", w.key, w.claims())); err != nil {
		t.Errorf("a later token: %v", err)
	}
}

// Who comes for the first time is refused, linked or made, as the setting says.
func TestFirstSeen(t *testing.T) {
	w := newWorld(t)
	mail := "hanako@shopper.example"
	known, err := w.people.Create(t.Context(), w.shop, "", customer.Profile{Email: &mail})
	if err != nil {
		t.Fatal(err)
	}
	open := func(sub string, extra jwt.MapClaims) (int64, error) {
		c := w.claims()
		c["sub"] = sub
		for k, v := range extra {
			c[k] = v
		}
		p, err := w.verifier.Verify(context.WithoutCancel(t.Context()), sign(t, jwt.SigningMethodRS256, "k1", w.key, c))
		return p.ID, err
	}
	verified := jwt.MapClaims{"email": mail, "email_verified": true}
	if _, err := open("m-1", verified); reason(err) != oidc.CustomerUnknown {
		t.Errorf("REFUSE: %v", err)
	}
	w.save(func(d *oidc.Draft) { d.FirstSeen = oidc.Link })
	if _, err := open("m-1", jwt.MapClaims{"email": mail}); reason(err) != oidc.CustomerUnknown {
		t.Errorf("LINK with an address that is not verified: %v", err)
	}
	if id, err := open("m-1", verified); err != nil || id != known.ID {
		t.Errorf("LINK: %d, %v; want %d", id, err, known.ID)
	}
	if id, err := open("m-1", nil); err != nil || id != known.ID {
		t.Errorf("once linked, without a mail: %d, %v", id, err)
	}
	// The address came into other hands: the shop knows its owner by another id.
	if _, err := open("m-2", verified); reason(err) != oidc.CustomerUnknown {
		t.Errorf("LINK of a second member id to one person: %v, want CUSTOMER_UNKNOWN", err)
	}
	w.save(func(d *oidc.Draft) { d.FirstSeen, d.Enroll = oidc.Create, true })
	made, err := open("m-3", jwt.MapClaims{"family_name": "山田"})
	if err != nil || made == known.ID {
		t.Fatalf("CREATE: %d, %v", made, err)
	}
	row, err := w.people.Find(t.Context(), made)
	if err != nil || row.MemberSince == nil || row.FamilyName != "山田" {
		t.Errorf("made: %+v, %v", row, err)
	}
	var wait sync.WaitGroup
	ids := make([]int64, 8)
	for i := range ids {
		wait.Go(func() { ids[i], _ = open("m-4", jwt.MapClaims{"n": i}) })
	}
	wait.Wait()
	for _, id := range ids {
		if id == 0 || id != ids[0] {
			t.Fatalf("eight requests of one newcomer made %v", ids)
		}
	}
}

func TestWhatAProviderCanBe(t *testing.T) {
	w := newWorld(t)
	good := oidc.Draft{Name: "x", Issuer: "https://id.example.com", Audiences: []string{"a"}, Algorithms: []string{"RS256"}, ShopID: w.shop, MemberClaim: "sub", FirstSeen: oidc.Refuse}
	for name, c := range map[string]struct {
		change func(*oidc.Draft)
		want   string
	}{
		"plain http":        {func(d *oidc.Draft) { d.Issuer = "http://id.example.com" }, "BAD_URL"},
		"keys by file":      {func(d *oidc.Draft) { d.JWKSURL = "file:///etc/passwd" }, "BAD_URL"},
		"a shared secret":   {func(d *oidc.Draft) { d.Algorithms = []string{"HS256"} }, "ALGORITHM_UNKNOWN"},
		"no signature":      {func(d *oidc.Draft) { d.Algorithms = []string{"none"} }, "ALGORITHM_UNKNOWN"},
		"no audience":       {func(d *oidc.Draft) { d.Audiences = nil }, "REQUIRED"},
		"a skew of an hour": {func(d *oidc.Draft) { d.SkewSeconds = 3600 }, "OUT_OF_RANGE"},
		"one that is there": {func(d *oidc.Draft) { d.Issuer = w.provider.URL }, "ISSUER_TAKEN"},
		"no name":           {func(d *oidc.Draft) { d.Name = " " }, "REQUIRED"},
	} {
		d := good
		c.change(&d)
		if _, err := w.Save(t.Context(), 0, d); reason(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
