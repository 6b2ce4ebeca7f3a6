package webhook

import (
	"context"
	"net/url"
	"slices"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// kindEndpoint is the type of endpoints in the API, as the audit log names it.
const kindEndpoint = "WebhookEndpoint"

// maxEndpoints is how many there can be: their list is shown whole.
const maxEndpoints = 50

// Draft is what staff enters of an endpoint.
type Draft struct {
	Name  string `field:"name" validate:"required,max=80"`
	URL   string `field:"url" validate:"required,max=2000"`
	Kinds []Kind
}

// Endpoints lists the endpoints, the oldest first.
func (s *Service) Endpoints(ctx context.Context) ([]*db.WebhookEndpoint, error) {
	var rows []*db.WebhookEndpoint
	err := s.DB.NewSelect().Model(&rows).Order("id").Limit(maxEndpoints).Scan(ctx)
	return rows, db.Fault(err)
}

// Find is one endpoint. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.WebhookEndpoint, error) {
	row := new(db.WebhookEndpoint)
	err := s.DB.NewSelect().Model(row).Where("id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}

// Create sets an endpoint up; what happens from now on is told there. secret is
// what it checks signatures with.
// Errors: fault.Invalid by field, BAD_URL, KIND_UNKNOWN; fault.Conflict
// NAME_TAKEN; fault.Precondition TOO_MANY.
func (s *Service) Create(ctx context.Context, d Draft) (row *db.WebhookEndpoint, secret string, err error) {
	if err := s.check(d); err != nil {
		return nil, "", err
	}
	now := s.Clock.Now()
	row = &db.WebhookEndpoint{Name: d.Name, URL: d.URL, Kinds: names(d.Kinds), Sealed: []byte{}, NextAt: now, CreatedAt: now, CreatedBy: access.From(ctx).StaffID()}
	secret = newSecret()
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := room(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(row).Returning("*").Exec(ctx); err != nil {
			return err
		}
		// The secret is sealed for the row's own id.
		if err := s.seal(row, secrets{Current: secret}); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model(row).WherePK().Column("sealed").Exec(ctx); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: "webhook.create", ObjectKind: kindEndpoint, ObjectID: row.ID, Detail: map[string]any{"kinds": row.Kinds}})
	})
	if err != nil {
		return nil, "", nameTaken(err)
	}
	return row, secret, nil
}

func room(ctx context.Context, tx db.Tx) error {
	n, err := tx.NewSelect().Model((*db.WebhookEndpoint)(nil)).Count(ctx)
	if err == nil && n >= maxEndpoints {
		return fault.New(fault.Precondition, "there are %d endpoints already", n).WithCode("TOO_MANY").With("max", maxEndpoints)
	}
	return err
}

// Update changes an endpoint; what waits for it goes to the new address.
// Errors: as Create; fault.NotFound.
func (s *Service) Update(ctx context.Context, id int64, d Draft) (*db.WebhookEndpoint, error) {
	if err := s.check(d); err != nil {
		return nil, err
	}
	return s.change(ctx, id, "webhook.update", func(row *db.WebhookEndpoint) (map[string]any, error) {
		before := map[string]any{"name": row.Name, "url": row.URL, "kinds": row.Kinds}
		moved := row.URL != d.URL
		row.Name, row.URL, row.Kinds = d.Name, d.URL, names(d.Kinds)
		if moved {
			row.Failures, row.FailingSince, row.NextAt = 0, nil, s.Clock.Now()
		}
		return access.Differences(before, map[string]any{"name": row.Name, "url": row.URL, "kinds": row.Kinds}), nil
	})
}

// Stop ends deliveries; what happens while an endpoint is stopped is not told
// to it later. Errors: fault.NotFound.
func (s *Service) Stop(ctx context.Context, id int64) (*db.WebhookEndpoint, error) {
	return s.change(ctx, id, "webhook.stop", func(row *db.WebhookEndpoint) (map[string]any, error) {
		if row.Status == Stopped {
			return nil, errNothing
		}
		why := ByStaff
		row.Status, row.StoppedWhy = Stopped, &why
		return nil, nil
	})
}

// Resume begins again, with what waited when it was stopped. Errors: fault.NotFound.
func (s *Service) Resume(ctx context.Context, id int64) (*db.WebhookEndpoint, error) {
	return s.change(ctx, id, "webhook.resume", func(row *db.WebhookEndpoint) (map[string]any, error) {
		if row.Status == Active {
			return nil, errNothing
		}
		row.Status, row.StoppedWhy, row.Failures, row.FailingSince, row.NextAt = Active, nil, 0, nil, s.Clock.Now()
		return nil, nil
	})
}

// Rotate gives an endpoint a new secret; for 24 hours the one before signs, too.
// Errors: fault.NotFound.
func (s *Service) Rotate(ctx context.Context, id int64) (row *db.WebhookEndpoint, secret string, err error) {
	secret = newSecret()
	row, err = s.change(ctx, id, "webhook.rotate", func(row *db.WebhookEndpoint) (map[string]any, error) {
		next := secrets{Current: secret}
		if old, err := s.open(row); err == nil {
			next.Before, next.EndsAt = old.Current, s.Clock.Now().Add(oldSecretFor)
		}
		return nil, s.seal(row, next)
	})
	if err != nil {
		return nil, "", err
	}
	return row, secret, nil
}

// Delete removes an endpoint with its deliveries and their log. Errors: fault.NotFound.
func (s *Service) Delete(ctx context.Context, id int64) error {
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model(row).WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "webhook.delete", ObjectKind: kindEndpoint, ObjectID: id, Detail: map[string]any{"name": row.Name}})
	})
}

// errNothing says that a change changes nothing.
var errNothing = fault.New(fault.Precondition, "it is so already")

// change writes what apply makes of a row, with its audit entry.
func (s *Service) change(ctx context.Context, id int64, action string, apply func(*db.WebhookEndpoint) (map[string]any, error)) (*db.WebhookEndpoint, error) {
	var row *db.WebhookEndpoint
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) (err error) {
		if row, err = lock(ctx, tx, id); err != nil {
			return err
		}
		detail, err := apply(row)
		if err == errNothing { //nolint:errorlint // it comes from apply itself
			return nil
		}
		if err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model(row).WherePK().Column("name", "url", "kinds", "sealed", "status", "stopped_why", "failures", "failing_since", "next_at").Exec(ctx)
		if err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: kindEndpoint, ObjectID: id, Detail: detail})
	})
	if err != nil {
		return nil, nameTaken(err)
	}
	return row, nil
}

func lock(ctx context.Context, tx db.Tx, id int64) (*db.WebhookEndpoint, error) {
	row := new(db.WebhookEndpoint)
	return row, db.Fault(tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx))
}

func nameTaken(err error) error {
	if db.Constraint(err) == "webhook_endpoints_name_key" {
		return fault.Wrap(fault.Conflict, err, "another endpoint has this name").WithCode("NAME_TAKEN").At("name")
	}
	return db.Fault(err)
}

func (s *Service) check(d Draft) error {
	if err := check.Struct(d); err != nil {
		return err
	}
	if len(d.Kinds) == 0 {
		return fault.New(fault.Invalid, "say what it should hear of").WithCode(check.Required).At("kinds")
	}
	for _, k := range d.Kinds {
		if !slices.Contains(Kinds, k) {
			return fault.New(fault.Invalid, "there are no events %s", k).WithCode("KIND_UNKNOWN").At("kinds")
		}
	}
	return s.checkURL(d.URL)
}

// checkURL refuses what cannot be an address of a partner. What its name stands
// for is looked at again whenever it is dialled.
func (s *Service) checkURL(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || u.Scheme != "https" && (u.Scheme != "http" || !s.Internal):
		return fault.New(fault.Invalid, "this is not an address that begins with https://").WithCode(check.BadURL).At("url")
	case s.guard.refuses(u.Hostname()):
		return fault.New(fault.Invalid, "this is an address of the own network; MEGURI_WEBHOOKS_INTERNAL=on allows it").WithCode("INTERNAL_ADDRESS").At("url")
	}
	return nil
}

func names(kinds []Kind) []string {
	list := make([]string, 0, len(kinds))
	for _, k := range Kinds { // in their order, each once
		if slices.Contains(kinds, k) {
			list = append(list, string(k))
		}
	}
	return list
}

// Load is how much an endpoint has before it.
type Load struct {
	EndpointID    int64
	Waiting, Dead int64
}

// Loads counts what waits for endpoints and what lies dead, up to maxLoad each.
func (s *Service) Loads(ctx context.Context, ids []int64) ([]*Load, error) {
	var rows []*Load
	err := s.DB.NewRaw(`SELECT e AS endpoint_id,
			(SELECT count(*) FROM (SELECT FROM webhook_deliveries WHERE endpoint_id = e AND status = 'WAITING' LIMIT ?1) w) AS waiting,
			(SELECT count(*) FROM (SELECT FROM webhook_deliveries WHERE endpoint_id = e AND status = 'DEAD' LIMIT ?1) d) AS dead
		FROM unnest(?0::bigint[]) e`, pgdialect.Array(ids), MaxLoad).Scan(ctx, &rows)
	return rows, db.Fault(err)
}

// MaxLoad is where counting ends.
const MaxLoad = 10_000
