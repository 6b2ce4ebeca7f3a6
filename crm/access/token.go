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
	audienceClient   = "client"
)

// claims of an access token. sub is the typed id the API also uses, so that a
// merchant's backend can recognise its customer.
type claims struct {
	jwt.RegisteredClaims
	Scope   string `json:"scope"`
	Session string `json:"sid,omitempty"`
	// Client is the partner client whose token it is, or who issued it, and
	// Version that of its tokens at the time.
	Client  string `json:"client_id,omitempty"`
	Version int    `json:"ver,omitempty"`
	// Revision counts how often the tokens of the customer had been taken back.
	Revision int `json:"rev,omitempty"`
	// Actor is the member of staff who works in the stead of a customer (RFC 8693).
	Actor *actor `json:"act,omitempty"`
}

type actor struct {
	Subject string `json:"sub"`
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
		c.Revision = p.version
		if p.ByStaff != 0 {
			c.Actor = &actor{gid.Encode("Staff", p.ByStaff)}
		}
	case ActorClient:
		c.Subject, c.Audience = gid.Encode(kindClient, p.ID), jwt.ClaimStrings{audienceClient}
	default:
		return "", errors.New("access: only staff, customers and clients carry tokens")
	}
	if p.client.id != 0 {
		c.Client, c.Version = gid.Encode(kindClient, p.client.id), p.client.version
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
		p.version = c.Revision
		if c.Actor != nil {
			if p.ByStaff, err = gid.Decode("Staff", c.Actor.Subject); err != nil {
				return Principal{}, err
			}
		}
		p.ID, err = gid.Decode("Customer", c.Subject)
	case audienceClient:
		p.Kind = ActorClient
		p.Scopes &= clientScopes
		p.ID, err = gid.Decode(kindClient, c.Subject)
	default:
		err = errors.New("unknown audience")
	}
	if err != nil {
		return Principal{}, err
	}
	p.client, err = c.client(p)
	return p, err
}

// client is the client that the token hangs on. A client's own token names it.
func (c *claims) client(p Principal) (tokenClient, error) {
	if c.Client == "" {
		if p.Kind == ActorClient {
			return tokenClient{}, errors.New("a client's token names its client")
		}
		return tokenClient{}, nil
	}
	id, err := gid.Decode(kindClient, c.Client)
	if err == nil && (p.Kind == ActorStaff || p.Kind == ActorClient && p.ID != id) {
		err = errors.New("the token is of another client")
	}
	return tokenClient{id: id, version: c.Version}, err
}

func tokenExpired() error {
	return fault.New(fault.Unauthenticated, "the access token has expired").WithCode("TOKEN_EXPIRED")
}

func tokenInvalid(cause error) error {
	return fault.Wrap(fault.Unauthenticated, cause, "the access token is not valid").WithCode("TOKEN_INVALID")
}
