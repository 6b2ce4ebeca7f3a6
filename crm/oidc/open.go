package oidc

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Why a token is refused: the parameter reason of TOKEN_INVALID. It tells the
// merchant's developers what to mend and an attacker nothing that the token
// itself does not say.
const (
	IssuerUnknown    = "ISSUER_UNKNOWN"    // nobody entered this issuer
	AlgorithmRefused = "ALGORITHM_REFUSED" // not one of those that the provider is said to use
	KeyUnknown       = "KEY_UNKNOWN"       // the issuer has no such key, or had none 30 seconds ago
	SignatureWrong   = "SIGNATURE_WRONG"
	AudienceWrong    = "AUDIENCE_WRONG" // it was made for somebody else
	NotYetValid      = "NOT_YET_VALID"  // nbf or iat lies in the future, by more than the skew
	ClaimMissing     = "CLAIM_MISSING"  // exp, iat or the claim of the member id
	CustomerUnknown  = "CUSTOMER_UNKNOWN"
	Malformed        = "MALFORMED"
)

// Open is the customer behind a token of a provider, who is made or linked where
// the provider's setting says so.
// Errors: fault.Unauthenticated TOKEN_EXPIRED, TOKEN_INVALID with the parameter
// reason; fault.Unavailable KEYS_UNAVAILABLE.
func (s *Service) Open(ctx context.Context, token string) (access.Foreign, error) {
	row, err := s.issuerOf(ctx, token)
	if err != nil {
		return access.Foreign{}, err
	}
	set, err := s.keysOf(ctx, row)
	if err != nil {
		return access.Foreign{}, err
	}
	claims := jwt.MapClaims{}
	_, err = jwt.NewParser(
		jwt.WithValidMethods(row.Algorithms), jwt.WithIssuer(row.Issuer), jwt.WithAudience(row.Audiences...),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(time.Duration(row.SkewSeconds)*time.Second),
		jwt.WithTimeFunc(s.clock.Now),
	).ParseWithClaims(token, claims, set.verify.KeyfuncCtx(ctx))
	if err != nil {
		return access.Foreign{}, s.refusal(row, token, err)
	}
	return s.foreign(ctx, row, claims)
}

// issuerOf reads who the token says made it. That is not proved yet: it only
// chooses the keys that the token is held against.
func (s *Service) issuerOf(ctx context.Context, token string) (*db.TokenIssuer, error) {
	name, err := access.IssuerOf(token)
	if err != nil {
		return nil, refused(Malformed, err)
	}
	all, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	row, known := all.byName[name]
	if !known {
		return nil, refused(IssuerUnknown, nil)
	}
	return row, nil
}

// foreign is what a token that holds says.
func (s *Service) foreign(ctx context.Context, row *db.TokenIssuer, claims jwt.MapClaims) (access.Foreign, error) {
	issued, err := claims.GetIssuedAt()
	if err != nil || issued == nil {
		return access.Foreign{}, refused(ClaimMissing, err)
	}
	expires, err := claims.GetExpirationTime()
	if err != nil || expires == nil {
		return access.Foreign{}, refused(ClaimMissing, err)
	}
	customer, err := s.person(ctx, row, claims)
	if err != nil {
		return access.Foreign{}, err
	}
	// No token lives longer than those of our own: what was taken back is only
	// remembered for so long.
	until := issued.Add(access.MaxTokenTTL)
	if expires.Before(until) {
		until = expires.Time
	}
	return access.Foreign{CustomerID: customer, IssuerID: row.ID, Version: row.Version, IssuedAt: issued.Time, ExpiresAt: until}, nil
}

// refusal names what is wrong with a token.
func (s *Service) refusal(row *db.TokenIssuer, token string, err error) error {
	switch {
	case errors.Is(err, jwt.ErrTokenMalformed):
		return refused(Malformed, err)
	case !slices.Contains(row.Algorithms, algorithmOf(token)):
		return refused(AlgorithmRefused, err)
	case unknownKey(err):
		return refused(KeyUnknown, err)
	case errors.Is(err, jwt.ErrTokenSignatureInvalid):
		return refused(SignatureWrong, err)
	case errors.Is(err, jwt.ErrTokenExpired):
		return fault.New(fault.Unauthenticated, "the access token has expired").WithCode("TOKEN_EXPIRED")
	case errors.Is(err, jwt.ErrTokenNotValidYet), errors.Is(err, jwt.ErrTokenUsedBeforeIssued):
		return refused(NotYetValid, err)
	case errors.Is(err, jwt.ErrTokenInvalidAudience):
		return refused(AudienceWrong, err)
	case errors.Is(err, jwt.ErrTokenRequiredClaimMissing):
		return refused(ClaimMissing, err)
	}
	return refused(Malformed, err)
}

func algorithmOf(token string) string {
	parsed, _, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{})
	if parsed == nil || err != nil {
		return ""
	}
	name, _ := parsed.Header["alg"].(string)
	return name
}

func refused(reason string, cause error) error {
	return fault.Wrap(fault.Unauthenticated, cause, "the access token is not valid: %s", reason).WithCode("TOKEN_INVALID").With("reason", reason)
}
