package access

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Wrong secrets within a throttleWindow. They are counted by network, and by
// client and network: who knows a client's name must not be able to lock it out
// from elsewhere. Secrets cannot be guessed; this keeps programs that run on with
// a revoked one, and those who try, away from the database.
const (
	clientFailures        = 20
	clientNetworkFailures = 200
)

// usedEvery is how exactly the last use of a secret is known.
const usedEvery = time.Minute

// ClientGrant is an access token for a partner client.
type ClientGrant struct {
	AccessToken string
	ExpiresAt   time.Time
	Scopes      ScopeSet
}

// GrantClient gives the program that knows a client's secret an access token of
// ClientTTL, with all scopes of the client or those asked for.
// Errors: fault.Unauthenticated CLIENT_INVALID, alike for a client that is
// unknown or disabled and for a wrong secret; fault.Invalid SCOPE_INVALID;
// fault.Throttled after too many wrong secrets, whatever the secret is then.
func (s *Service) GrantClient(ctx context.Context, clientID, secret, scope string) (*ClientGrant, error) {
	limits := s.clientLimits(ctx, clientID)
	if err := s.hold(ctx, limits); err != nil {
		return nil, err
	}
	client, known, err := s.knownBy(ctx, clientID, secret)
	if err != nil {
		return nil, err
	}
	if known == nil {
		if err := s.count(ctx, limits...); err != nil {
			return nil, err
		}
		return nil, fault.New(fault.Unauthenticated, "client id or secret is wrong").WithCode("CLIENT_INVALID")
	}
	scopes, err := narrowed(client, scope)
	if err != nil {
		return nil, err
	}
	if err := s.noteUse(ctx, known); err != nil {
		return nil, err
	}
	return s.signClient(client, scopes, ClientTTL)
}

func (s *Service) clientLimits(ctx context.Context, clientID string) []limit {
	network := CallerFrom(ctx).Network().String()
	return []limit{
		{s.keys.masked("client", clientID+"\x00"+network), clientFailures, throttleWindow},
		{s.keys.masked("client network", network), clientNetworkFailures, throttleWindow},
	}
}

// knownBy is the client and the secret by which it is known; no secret for
// whoever is not to be let in. That a client's name exists may show in the time
// this takes: it is no secret.
func (s *Service) knownBy(ctx context.Context, clientID, secret string) (*db.APIClient, *db.APIClientSecret, error) {
	client := new(db.APIClient)
	err := withSecrets(s.db.NewSelect().Model(client)).Where("client.client_id = ? AND client.disabled_at IS NULL", clientID).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, db.Fault(err)
	}
	return client, secretOf(client, secret), nil
}

// narrowed is what a token may do: what the client may, or the part of it that
// is asked for, separated by spaces (RFC 6749, section 3.3).
func narrowed(client *db.APIClient, asked string) (ScopeSet, error) {
	has := parseScopes(strings.Join(client.Scopes, " ")) & clientScopes
	if asked == "" {
		return has, nil
	}
	scopes, err := Scopes(asScopes(strings.Fields(asked))...)
	if err != nil || !has.HasAll(scopes) {
		return 0, fault.New(fault.Invalid, "the client may not do all of what is asked for").WithCode("SCOPE_INVALID").At("scope")
	}
	return scopes, nil
}

func (s *Service) noteUse(ctx context.Context, secret *db.APIClientSecret) error {
	now := s.clock.Now()
	if secret.LastUsedAt != nil && now.Sub(*secret.LastUsedAt) < usedEvery {
		return nil
	}
	_, err := s.db.NewUpdate().Model((*db.APIClientSecret)(nil)).Set("last_used_at = ?", now).Where("id = ?", secret.ID).Exec(ctx)
	return db.Fault(err)
}

func (s *Service) signClient(client *db.APIClient, scopes ScopeSet, ttl time.Duration) (*ClientGrant, error) {
	now := s.clock.Now()
	p := Principal{
		Kind: ActorClient, ID: client.ID, Scopes: scopes, ExpiresAt: now.Add(ttl),
		client: tokenClient{id: client.ID, version: client.TokenVersion},
	}
	token, err := s.keys.sign(p, now)
	return &ClientGrant{AccessToken: token, ExpiresAt: p.ExpiresAt, Scopes: scopes}, err
}

// ClientToken gives a member of staff a token of a client, to try out what the
// client may do; it ends after AccessTTL. Errors: fault.NotFound;
// fault.Precondition CLIENT_DISABLED.
func (s *Service) ClientToken(ctx context.Context, id int64) (grant *ClientGrant, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		client, err := lockClient(ctx, tx, id)
		if err != nil {
			return err
		}
		if client.DisabledAt != nil {
			return fault.New(fault.Precondition, "the client is disabled").WithCode("CLIENT_DISABLED")
		}
		scopes, err := narrowed(client, "")
		if err != nil {
			return err
		}
		if grant, err = s.signClient(client, scopes, AccessTTL); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "api_client.try", ObjectKind: kindClient, ObjectID: id})
	})
	return grant, db.Fault(err)
}
