package access

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Federation knows tokens of customers that others made: the merchant's own
// OpenID provider.
type Federation interface {
	// Open checks a token in every respect and says whose it is.
	// Errors: fault.Unauthenticated, fault.Unavailable.
	Open(ctx context.Context, token string) (Foreign, error)
	// Stands reports whether what an issuer was at version still holds.
	Stands(ctx context.Context, issuer int64, version int) (bool, error)
}

// Foreign is what a token of another issuer says.
type Foreign struct {
	CustomerID int64
	IssuerID   int64
	Version    int // of what is known of the issuer
	IssuedAt   time.Time
	ExpiresAt  time.Time
}

// WithFederation has tokens of other issuers accepted for customers.
func (v *Verifier) WithFederation(f Federation) { v.federation = f }

// IssuerOf is who a token says made it, which nothing proves. Errors: it is no token.
func IssuerOf(token string) (string, error) {
	var c jwt.RegisteredClaims
	_, _, err := jwt.NewParser().ParseUnverified(token, &c)
	return c.Issuer, err
}

// open is the principal of a token that was not seen before.
func (v *Verifier) open(ctx context.Context, token string, now time.Time) (Principal, error) {
	if v.federation == nil {
		return v.keys.open(token, now)
	}
	if made, err := IssuerOf(token); err != nil || made == issuer || made == "" {
		return v.keys.open(token, now)
	}
	f, err := v.federation.Open(ctx, token)
	if err != nil {
		return Principal{}, err
	}
	return Principal{
		Kind: ActorCustomer, ID: f.CustomerID, Scopes: scopeBits[ScopeMe], ExpiresAt: f.ExpiresAt,
		issuedAt: f.IssuedAt, foreign: foreignIssuer{f.IssuerID, f.Version},
	}, nil
}

// foreignIssuer is on what a token of another issuer hangs; zero for our own.
type foreignIssuer struct {
	id      int64
	version int
}

// known is the principal of a token from the cache, unless what made it hold has
// changed since: then it is opened anew.
func (v *Verifier) known(ctx context.Context, sum [sha256.Size]byte) (Principal, bool, error) {
	p, known := v.tokens.get(sum)
	if !known || p.foreign.id == 0 {
		return p, known, nil
	}
	stands, err := v.federation.Stands(ctx, p.foreign.id, p.foreign.version)
	return p, stands, err
}

// underFederation ends a stream whose issuer is not what it was.
func (v *Verifier) underFederation(ctx context.Context, p Principal) error {
	stands, err := v.federation.Stands(ctx, p.foreign.id, p.foreign.version)
	if err == nil && !stands {
		err = fault.New(fault.Unauthenticated, "the issuer of this token is no longer accepted as it was").WithCode("ISSUER_CHANGED")
	}
	return err
}
