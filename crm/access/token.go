package access

import (
	"errors"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
)

// What stands in the tokens.
const (
	issuer           = "meguri"
	audienceStaff    = "staff"
	audienceCustomer = "customer"
)

// claims of an access token. sub is the typed id the API also uses, so that a
// merchant's backend can recognise its customer.
type claims struct {
	jwt.RegisteredClaims
	Scope   string `json:"scope"`
	Session string `json:"sid,omitempty"`
}

// sign makes the access token of p, good from now until p.ExpiresAt.
func (k *Keyring) sign(p Principal, now time.Time) (string, error) {
	c := claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer:    issuer,
			IssuedAt:  jwt.NewNumericDate(now),
			ExpiresAt: jwt.NewNumericDate(p.ExpiresAt),
		},
		Scope: p.Scopes.String(),
	}
	switch p.Kind {
	case ActorStaff:
		c.Subject, c.Audience = gid.Encode("Staff", p.ID), jwt.ClaimStrings{audienceStaff}
		c.Session = strconv.FormatInt(p.SessionID, 10)
	case ActorCustomer:
		c.Subject, c.Audience = gid.Encode("Customer", p.ID), jwt.ClaimStrings{audienceCustomer}
	default:
		return "", errors.New("access: only staff and customers carry tokens")
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, c)
	token.Header["kid"] = k.current.id
	return token.SignedString(k.current.secret)
}

// open checks the signature and the times of a token and reads its principal.
// Whether the session still stands is not asked here: see Verifier.
// Errors: fault.Unauthenticated with code TOKEN_EXPIRED or TOKEN_INVALID.
func (k *Keyring) open(token string, now time.Time) (Principal, error) {
	var c claims
	_, err := jwt.ParseWithClaims(token, &c, k.key,
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithIssuer(issuer),
		jwt.WithExpirationRequired(),
		jwt.WithTimeFunc(func() time.Time { return now }))
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return Principal{}, tokenExpired()
	case err != nil:
		return Principal{}, tokenInvalid(err)
	}
	p, err := c.principal()
	if err != nil {
		return Principal{}, tokenInvalid(err)
	}
	return p, nil
}

func (k *Keyring) key(t *jwt.Token) (any, error) {
	id, _ := t.Header["kid"].(string)
	key, ok := k.byID[id]
	if !ok {
		return nil, errors.New("unknown key")
	}
	return key.secret, nil
}

func (c *claims) principal() (p Principal, err error) {
	p = Principal{Scopes: parseScopes(c.Scope), ExpiresAt: c.ExpiresAt.Time}
	if len(c.Audience) != 1 {
		return Principal{}, errors.New("one audience is needed")
	}
	switch c.Audience[0] {
	case audienceStaff:
		p.Kind = ActorStaff
		if p.SessionID, err = strconv.ParseInt(c.Session, 10, 64); err != nil {
			return Principal{}, err
		}
		p.ID, err = gid.Decode("Staff", c.Subject)
	case audienceCustomer:
		p.Kind = ActorCustomer
		// Whatever the token says, a customer reaches himself and nobody else.
		p.Scopes &= scopeBits[ScopeMe]
		p.ID, err = gid.Decode("Customer", c.Subject)
	default:
		err = errors.New("unknown audience")
	}
	return p, err
}

func tokenExpired() error {
	return fault.New(fault.Unauthenticated, "the access token has expired").WithCode("TOKEN_EXPIRED")
}

func tokenInvalid(cause error) error {
	return fault.Wrap(fault.Unauthenticated, cause, "the access token is not valid").WithCode("TOKEN_INVALID")
}
