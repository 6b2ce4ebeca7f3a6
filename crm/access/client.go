package access

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// kindClient is the type of partner clients in the API, as the audit log names it.
const kindClient = "ApiClient"

// maxClients is how many clients there can be: their list is shown whole.
const maxClients = 200

// Allowances of a client. The least lets the dearest operation through.
var (
	DefaultAllowance = Allowance{Maximum: 20_000, Restore: 500}
	leastAllowance   = Allowance{Maximum: 5_000, Restore: 10}
	mostAllowance    = Allowance{Maximum: 1_000_000, Restore: 50_000}
)

// NewClient is a partner client to be set up.
type NewClient struct {
	Name   string  `field:"name" validate:"required,max=80"`
	Scopes []Scope // a subset of ClientScopes
	// Allowance is what it may spend; zero: DefaultAllowance.
	Allowance Allowance
}

// ClientChange is what to change of a client; nil fields stay.
type ClientChange struct {
	Name             *string
	Scopes           *[]Scope
	Maximum, Restore *int // of its allowance
	Disabled         *bool
}

// Clients lists the partner clients with their live secrets, the oldest first.
func (s *Service) Clients(ctx context.Context) ([]*db.APIClient, error) {
	var rows []*db.APIClient
	err := withSecrets(s.db.NewSelect().Model(&rows)).Order("client.id").Limit(maxClients).Scan(ctx)
	return rows, db.Fault(err)
}

// Client is one partner client with its live secrets. Errors: fault.NotFound.
func (s *Service) Client(ctx context.Context, id int64) (*db.APIClient, error) {
	row := new(db.APIClient)
	err := withSecrets(s.db.NewSelect().Model(row)).Where("client.id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}

// ClientsByIDs is the clients with the given ids, in no order.
func (s *Service) ClientsByIDs(ctx context.Context, ids []int64) ([]*db.APIClient, error) {
	var rows []*db.APIClient
	err := withSecrets(s.db.NewSelect().Model(&rows)).Where("client.id = ANY (?)", pgdialect.Array(ids)).Scan(ctx)
	return rows, db.Fault(err)
}

func withSecrets(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Relation("Secrets", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("secret.revoked_at IS NULL").Order("secret.id")
	})
}

// CreateClient sets a client up with its first secret.
// Errors: fault.Invalid by field, SCOPE_UNKNOWN at scopes; fault.Conflict
// NAME_TAKEN; fault.Precondition TOO_MANY.
func (s *Service) CreateClient(ctx context.Context, n NewClient) (*db.APIClient, *NewSecret, error) {
	if n.Allowance == (Allowance{}) {
		n.Allowance = DefaultAllowance
	}
	now := s.clock.Now()
	row := &db.APIClient{ClientID: "mc_" + strings.ToLower(rand.Text()[:20]), CreatedBy: From(ctx).StaffID(), CreatedAt: now, UpdatedAt: now}
	if err := fill(row, n); err != nil {
		return nil, nil, err
	}
	var secret *NewSecret
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := roomForClient(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return err
		}
		var err error
		if secret, err = s.addSecret(ctx, tx, row); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "api_client.create", ObjectKind: kindClient, ObjectID: row.ID, Detail: map[string]any{"scopes": row.Scopes}})
	})
	if err != nil {
		return nil, nil, nameTaken(err)
	}
	return row, secret, nil
}

func roomForClient(ctx context.Context, tx db.Tx) error {
	n, err := tx.NewSelect().Model((*db.APIClient)(nil)).Count(ctx)
	if err == nil && n >= maxClients {
		return fault.New(fault.Precondition, "there are %d clients already", n).WithCode("TOO_MANY").With("max", maxClients)
	}
	return err
}

// UpdateClient changes a client. Disabling ends its tokens and those it issued,
// everywhere within SessionCheckEvery; scopes taken away end as soon.
// Errors: fault.NotFound, and those of CreateClient.
func (s *Service) UpdateClient(ctx context.Context, id int64, c ClientChange) (*db.APIClient, error) {
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		row, err := lockClient(ctx, tx, id)
		if err != nil {
			return err
		}
		before := detailOf(row)
		if err := s.change(row, c); err != nil {
			return err
		}
		changed := Differences(before, detailOf(row))
		if len(changed) == 0 {
			return nil
		}
		row.UpdatedAt = s.clock.Now()
		if _, err := tx.NewUpdate().Model(row).Column("name", "scopes", "maximum_cost", "restore_rate", "disabled_at", "updated_at").WherePK().Exec(ctx); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "api_client.update", ObjectKind: kindClient, ObjectID: id, Detail: changed})
	})
	if err != nil {
		return nil, nameTaken(err)
	}
	return s.Client(ctx, id)
}

func lockClient(ctx context.Context, tx db.Tx, id int64) (*db.APIClient, error) {
	row := new(db.APIClient)
	return row, db.Fault(tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx))
}

func (s *Service) change(row *db.APIClient, c ClientChange) error {
	n := NewClient{Name: row.Name, Scopes: asScopes(row.Scopes), Allowance: Allowance{row.MaximumCost, row.RestoreRate}}
	if c.Name != nil {
		n.Name = *c.Name
	}
	if c.Scopes != nil {
		n.Scopes = *c.Scopes
	}
	if c.Maximum != nil {
		n.Allowance.Maximum = *c.Maximum
	}
	if c.Restore != nil {
		n.Allowance.Restore = *c.Restore
	}
	if c.Disabled != nil && *c.Disabled != (row.DisabledAt != nil) {
		row.DisabledAt = nil
		if now := s.clock.Now(); *c.Disabled {
			row.DisabledAt = &now
		}
	}
	return fill(row, n)
}

// fill puts what is asked for into the row, as far as it is in order.
func fill(row *db.APIClient, n NewClient) error {
	n.Name = strings.TrimSpace(n.Name)
	if err := check.Struct(n); err != nil {
		return err
	}
	row.Name, row.Scopes = n.Name, []string{}
	for _, scope := range n.Scopes {
		if !clientScopes.Has(scope) {
			return fault.New(fault.Invalid, "no client can be given this scope").WithCode("SCOPE_UNKNOWN").At("scopes")
		}
	}
	for _, scope := range ClientScopes { // in the order they are shown, each once
		if slices.Contains(n.Scopes, scope) {
			row.Scopes = append(row.Scopes, string(scope))
		}
	}
	row.MaximumCost, row.RestoreRate = n.Allowance.Maximum, n.Allowance.Restore
	if err := within("maximumCost", row.MaximumCost, leastAllowance.Maximum, mostAllowance.Maximum); err != nil {
		return err
	}
	return within("restoreRate", row.RestoreRate, leastAllowance.Restore, mostAllowance.Restore)
}

func within(field string, value, least, most int) error {
	if value < least || value > most {
		return fault.New(fault.Invalid, "this is between %d and %d", least, most).
			WithCode(check.OutOfRange).At(field).With("min", least).With("max", most)
	}
	return nil
}

// EndClientTokens ends the tokens that a client has and those it issued for
// customers, everywhere within SessionCheckEvery. Its secrets stay: revoke those
// that others know first. Errors: fault.NotFound.
func (s *Service) EndClientTokens(ctx context.Context, id int64) (*db.APIClient, error) {
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		row, err := lockClient(ctx, tx, id)
		if err != nil {
			return err
		}
		row.TokenVersion++
		if _, err := tx.NewUpdate().Model(row).Column("token_version").WherePK().Exec(ctx); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "api_client.end_tokens", ObjectKind: kindClient, ObjectID: id})
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return s.Client(ctx, id)
}

func detailOf(row *db.APIClient) map[string]any {
	return map[string]any{
		"name": row.Name, "scopes": strings.Join(row.Scopes, " "), "maximumCost": row.MaximumCost, "restoreRate": row.RestoreRate,
		"disabled": row.DisabledAt != nil,
	}
}

func asScopes(names []string) []Scope {
	scopes := make([]Scope, len(names))
	for i, name := range names {
		scopes[i] = Scope(name)
	}
	return scopes
}

func nameTaken(err error) error {
	if db.Constraint(err) == "api_clients_name_key" {
		return fault.Wrap(fault.Conflict, err, "another client has this name").WithCode("NAME_TAKEN").At("name")
	}
	return db.Fault(err)
}
