package pull

import (
	"context"
	"maps"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/db"
)

// Draft is what staff enters to connect a shop.
type Draft struct {
	ShopID  int64
	Service string
	// Values are the fields of the service by name. Of a connection there is,
	// secrets left out stay as they are.
	Values       map[string]string
	EveryMinutes int
	FirstFrom    time.Time // orders made before are not asked for
	// Code is what the service showed once the merchant had given leave, and
	// Redirect the address it was shown at; "": leave is among the values.
	Code, Redirect string
	// ExpiresAt is when what was entered ends, where staff knows and the service
	// does not tell; nil: not known.
	ExpiresAt *time.Time
}

// LeastEvery is the least that anybody may ask for, in minutes.
const LeastEvery = 5

const (
	maxEvery = 24 * 60
	maxValue = 8_000 // a key in PEM
)

// Connect makes the connection of a shop. The service is asked first: what it
// refuses for good is not kept.
// Errors: fault.NotFound (shop); fault.Invalid of the fields; fault.Conflict
// SHOP_CONNECTED; fault.Precondition WRONG_MALL, SHOP_ARCHIVED, or a source.Code
// that staff has to mend.
func (s *Service) Connect(ctx context.Context, d Draft) (*db.PullConnection, error) {
	row := &db.PullConnection{ShopID: d.ShopID, Service: d.Service, Status: active, CreatedAt: s.Clock.Now(), CreatedBy: access.From(ctx).StaffID()}
	if err := s.fill(ctx, row, &d); err != nil {
		return nil, err
	}
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			if db.Constraint(err) == "pull_connections_shop_key" {
				return fault.Wrap(fault.Conflict, err, "the shop is connected already").WithCode("SHOP_CONNECTED").At("shopId")
			}
			return db.Fault(err)
		}
		// The secrets are sealed for the row's own id.
		if err := s.sealRow(row, d.secrets()); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model(row).WherePK().Column("sealed").Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return s.changed(ctx, tx, row.ID, "connection.create", map[string]any{"service": d.Service})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Update changes what was entered, and asks the service with it first. The shop
// and the service of a connection stay.
// Errors: as Connect.
func (s *Service) Update(ctx context.Context, id int64, d Draft) (*db.PullConnection, error) {
	row, err := s.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	d.ShopID, d.Service = row.ShopID, row.Service
	kept, err := s.credentials(row)
	if err != nil {
		kept = source.Credentials{} // sealed under a secret that is gone: all has to be entered again
	}
	entered := d.Values
	if entered["refreshToken"] != "" { // new leave: when the old one would have ended says nothing of it
		delete(kept, "_expires")
	}
	d.Values = maps.Clone(map[string]string(kept))
	maps.Copy(d.Values, nonEmpty(entered))
	for name, value := range entered { // what is no secret can be emptied
		if f, ok := s.field(row.Service, name); ok && !f.Secret {
			d.Values[name] = value
		}
	}
	if err := s.fill(ctx, row, &d); err != nil {
		return nil, err
	}
	if err := s.sealRow(row, d.secrets()); err != nil {
		return nil, err
	}
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewUpdate().Model(row).WherePK().Column("settings", "sealed", "entered_at", "expires_at", "expires_known", "checked_at", "every_minutes",
			"first_from", "next_at", "failures", "trouble", "trouble_since").Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return s.changed(ctx, tx, id, "connection.update", nil)
	})
	if err != nil {
		return nil, err
	}
	return s.Find(ctx, id)
}

// fill checks a draft, asks the service, and writes what it says into row.
func (s *Service) fill(ctx context.Context, row *db.PullConnection, d *Draft) error {
	if err := s.redeem(ctx, d); err != nil {
		return err
	}
	svc, err := s.checkDraft(ctx, *d)
	if err != nil {
		return err
	}
	checked, trouble := s.ask(ctx, svc, d, 0)
	if trouble != nil && !trouble.Passing {
		return refused(trouble)
	}
	now := s.Clock.Now()
	row.Settings, row.EnteredAt, row.EveryMinutes, row.FirstFrom = d.settings(svc), now, d.EveryMinutes, d.FirstFrom
	row.NextAt, row.Failures, row.Trouble, row.TroubleSince = now, 0, nil, nil
	row.Sealed = []byte{}
	row.ExpiresAt, row.ExpiresKnown = d.ExpiresAt, false
	if !checked.ExpiresAt.IsZero() {
		row.ExpiresAt, row.ExpiresKnown = &checked.ExpiresAt, true
	}
	if trouble == nil {
		row.CheckedAt = &now
	}
	return nil
}

// redeem turns the code of a draft into values.
func (s *Service) redeem(ctx context.Context, d *Draft) error {
	if d.Code == "" {
		return nil
	}
	svc, err := s.service(d.Service)
	if err != nil {
		return err
	}
	src, err := svc.Open(nonEmpty(d.Values), s.tools(&db.PullConnection{ShopID: d.ShopID}))
	if err != nil {
		return refused(troubleOf(err))
	}
	redeemer, ok := src.(interface {
		Redeem(ctx context.Context, code, redirect string) (source.Credentials, error)
	})
	if !ok {
		return fault.New(fault.Invalid, "the service knows no codes").WithCode("UNKNOWN_VALUE").At("code")
	}
	handed, err := redeemer.Redeem(ctx, strings.TrimSpace(d.Code), d.Redirect)
	if err != nil {
		return refused(troubleOf(err))
	}
	values := maps.Clone(d.Values)
	if values == nil {
		values = map[string]string{}
	}
	maps.Copy(values, handed)
	d.Values = values
	return nil
}

// checkDraft holds a draft to what can be known without asking the service.
func (s *Service) checkDraft(ctx context.Context, d Draft) (source.Service, error) {
	svc, err := s.service(d.Service)
	if err != nil {
		return nil, err
	}
	shop := new(db.Shop)
	if err := s.DB.NewSelect().Model(shop).Where("id = ?", d.ShopID).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	switch {
	case shop.ArchivedAt != nil:
		return nil, fault.New(fault.Precondition, "the shop is archived").WithCode("SHOP_ARCHIVED").At("shopId")
	case !svc.Mall().Exports(mall.Mall(shop.Mall)):
		return nil, fault.New(fault.Precondition, "the service is of %s, the shop is on %s", svc.Mall(), shop.Mall).WithCode("WRONG_MALL").At("shopId")
	}
	for _, f := range svc.Fields() {
		value := strings.TrimSpace(d.Values[f.Name])
		switch {
		case value == "" && !f.Optional:
			return nil, fault.New(fault.Invalid, "%s is missing", f.Name).WithCode("REQUIRED").At("values." + f.Name)
		case len(value) > maxValue:
			return nil, fault.New(fault.Invalid, "%s is too long", f.Name).WithCode("TOO_LONG").At("values." + f.Name)
		case value != "" && f.Valid != nil && !f.Valid(value):
			return nil, fault.New(fault.Invalid, "%s cannot be right", f.Name).WithCode("BAD_VALUE").At("values." + f.Name)
		}
	}
	least := max(LeastEvery, int(svc.Habits().Least/time.Minute))
	if d.EveryMinutes < least || d.EveryMinutes > maxEvery {
		return nil, fault.New(fault.Invalid, "every %d to %d minutes", least, maxEvery).WithCode("OUT_OF_RANGE").At("everyMinutes").With("min", least).With("max", maxEvery)
	}
	if d.FirstFrom.After(s.Clock.Now()) {
		return nil, fault.New(fault.Invalid, "the day lies ahead").WithCode("AHEAD_OF_NOW").At("firstFrom")
	}
	return svc, nil
}

// refused is the fault of trouble that staff has to mend.
func refused(t *source.Trouble) error {
	return fault.Wrap(fault.Precondition, t, "the service refuses it: %s", t.Code).WithCode(string(t.Code)).At("values").With("detail", t.Detail)
}

func nonEmpty(values map[string]string) map[string]string {
	kept := map[string]string{}
	for name, value := range values {
		if value = strings.TrimSpace(value); value != "" {
			kept[name] = value
		}
	}
	return kept
}

func (s *Service) field(service, name string) (source.Field, bool) {
	svc, err := s.service(service)
	if err != nil {
		return source.Field{}, false
	}
	for _, f := range svc.Fields() {
		if f.Name == name {
			return f, true
		}
	}
	return source.Field{}, false
}

// settings are the values that are no secrets.
func (d Draft) settings(svc source.Service) map[string]string {
	open := map[string]string{}
	for _, f := range svc.Fields() {
		if value := strings.TrimSpace(d.Values[f.Name]); value != "" && !f.Secret {
			open[f.Name] = value
		}
	}
	return open
}

// secrets are all values: what a source is opened with.
func (d Draft) secrets() source.Credentials { return nonEmpty(d.Values) }

// changed writes the audit entry, and tells workers and watchers.
func (s *Service) changed(ctx context.Context, tx db.Tx, id int64, action string, detail map[string]any) error {
	if err := access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "MallConnection", ObjectID: id, Detail: detail}); err != nil {
		return err
	}
	if err := live.Notify(ctx, tx, live.Pulls, id); err != nil {
		return db.Fault(err)
	}
	return s.Queue.Enqueue(ctx, tx, Job{})
}
