package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/time/rate"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// How keys are fetched. A key id that nobody knows has them fetched again at
// once, because providers rotate their keys, but no more often than unknownEvery.
const (
	refreshEvery = time.Hour
	unknownEvery = 30 * time.Second
	fetchTimeout = 5 * time.Second
	maxDocument  = 256 << 10 // bytes of discovery or of a key set
	retryEvery   = 10 * time.Second
)

// keySet are the keys of one provider at one version of it.
type keySet struct {
	version int
	verify  keyfunc.Keyfunc
	stop    context.CancelFunc
	failed  error // why there are none, until retry
	retry   time.Time
}

// newClient fetches over https only, or from this machine, and little at once.
func newClient(transport http.RoundTripper) *http.Client {
	if transport == nil {
		transport = http.DefaultTransport
	}
	return &http.Client{
		Transport: careful{transport}, Timeout: fetchTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// careful is a transport for addresses that staff typed.
type careful struct{ next http.RoundTripper }

func (c careful) RoundTrip(r *http.Request) (*http.Response, error) {
	if !fetchable(r.URL) {
		return nil, errors.New("oidc: keys are fetched over https")
	}
	resp, err := c.next.RoundTrip(r)
	if err == nil {
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(resp.Body, maxDocument), resp.Body}
	}
	return resp, err
}

// fetchable lets plain http through on this machine, for a provider under test.
func fetchable(u *url.URL) bool {
	host := net.ParseIP(u.Hostname())
	return u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && host != nil && host.IsLoopback())
}

// keysOf are the keys of a provider, fetched when first needed.
// Errors: fault.Unavailable KEYS_UNAVAILABLE.
func (s *Service) keysOf(ctx context.Context, row *db.TokenIssuer) (*keySet, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	set := s.keys[row.ID]
	now := s.clock.Now()
	if set != nil && set.version == row.Version && (set.failed == nil || now.Before(set.retry)) {
		return set, set.failed
	}
	if set != nil {
		set.stop()
	}
	life, stop := context.WithCancel(context.WithoutCancel(ctx)) // the keys outlive the request
	set = &keySet{version: row.Version, stop: stop}
	s.keys[row.ID] = set
	set.verify, set.failed = s.fetch(life, row)
	if set.failed != nil {
		stop()
		set.retry = now.Add(retryEvery)
		s.log.Warn("the keys of a token issuer cannot be fetched", "issuer", row.ID, "cause", set.failed)
		set.failed = fault.Wrap(fault.Unavailable, set.failed, "the keys of the token's issuer cannot be fetched").WithCode("KEYS_UNAVAILABLE")
	}
	return set, set.failed
}

func (s *Service) fetch(life context.Context, row *db.TokenIssuer) (keyfunc.Keyfunc, error) {
	address := row.JWKSURL
	if address == "" {
		var err error
		if address, err = s.discover(life, row.Issuer); err != nil {
			return nil, err
		}
	}
	strict := false
	verify, err := keyfunc.NewDefaultOverrideCtx(life, []string{address}, keyfunc.Override{
		Client: s.http, HTTPTimeout: fetchTimeout, NoErrorReturnFirstHTTPReq: &strict,
		RefreshInterval: refreshEvery, RefreshUnknownKID: rate.NewLimiter(rate.Every(unknownEvery), 1),
		RateLimitWaitMax: fetchTimeout, // for its turn and the fetching together
		RefreshErrorHandlerFunc: func(string) func(context.Context, error) {
			return func(_ context.Context, err error) {
				s.log.Warn("the keys of a token issuer cannot be refreshed", "issuer", row.ID, "cause", err)
			}
		},
	})
	return verify, err
}

// discover reads where the keys are (OpenID Connect Discovery 1.0, section 4).
func (s *Service) discover(ctx context.Context, issuer string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(issuer, "/")+"/.well-known/openid-configuration", http.NoBody)
	if err != nil {
		return "", err
	}
	resp, err := s.http.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	var found struct {
		Issuer  string `json:"issuer"`
		JWKSURI string `json:"jwks_uri"`
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("discovery answers %d", resp.StatusCode)
	}
	if err := json.NewDecoder(resp.Body).Decode(&found); err != nil {
		return "", fmt.Errorf("discovery: %w", err)
	}
	if found.Issuer != issuer {
		return "", errors.New("discovery speaks of another issuer")
	}
	return found.JWKSURI, nil
}

// Check fetches the keys of a provider anew and tells how many there are, for
// whoever sets it up. Errors: fault.NotFound; fault.Precondition KEYS_UNAVAILABLE.
func (s *Service) Check(ctx context.Context, id int64) (int, error) {
	row, err := s.Issuer(ctx, id)
	if err != nil {
		return 0, err
	}
	life, stop := context.WithCancel(ctx)
	defer stop()
	verify, err := s.fetch(life, row)
	var keys []jwkset.JWK
	if err == nil {
		keys, err = verify.Storage().KeyReadAll(ctx)
	}
	if err == nil && len(keys) == 0 {
		err = errors.New("there are none")
	}
	if err != nil {
		return 0, fault.Wrap(fault.Precondition, err, "the keys cannot be fetched").WithCode("KEYS_UNAVAILABLE")
	}
	return len(keys), nil
}

// unknownKey reports that a token names a key that its provider does not have.
func unknownKey(err error) bool {
	return errors.Is(err, jwkset.ErrKeyNotFound) || errors.Is(err, jwt.ErrTokenUnverifiable)
}
