package oidc

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// kindIssuer is the type of providers in the API, as the audit log names it.
const kindIssuer = "TokenIssuer"

// maxIssuers is how many providers there can be: their list is shown whole.
const maxIssuers = 20

// Algorithms are those that a provider can be said to use. All are of key pairs:
// a shared secret, or none, proves nothing here.
var Algorithms = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// Draft is what staff says of a provider.
type Draft struct {
	Name        string   `field:"name" validate:"required,max=80"`
	Issuer      string   `field:"issuer" validate:"required,max=500"`
	JWKSURL     string   `field:"jwksUrl" validate:"max=500"`
	Audiences   []string `field:"audiences" validate:"required,min=1,max=10,dive,required,max=200"`
	Algorithms  []string `field:"algorithms" validate:"required,min=1"`
	SkewSeconds int      `field:"skewSeconds" validate:"min=0,max=300"`
	ShopID      int64    // whose member id the claim tells
	MemberClaim string   `field:"memberClaim" validate:"required,max=100"`
	FirstSeen   string   // Refuse, Link or Create
	Enroll      bool
	Disabled    bool
}

// Issuers lists the providers, the oldest first.
func (s *Service) Issuers(ctx context.Context) ([]*db.TokenIssuer, error) {
	var rows []*db.TokenIssuer
	err := s.db.NewSelect().Model(&rows).Order("id").Limit(maxIssuers).Scan(ctx)
	return rows, db.Fault(err)
}

// Issuer is one provider. Errors: fault.NotFound.
func (s *Service) Issuer(ctx context.Context, id int64) (*db.TokenIssuer, error) {
	row := new(db.TokenIssuer)
	return row, db.Fault(s.db.NewSelect().Model(row).Where("id = ?", id).Scan(ctx))
}

// Save enters a provider (id 0) or changes one. What changes counts everywhere
// within RecheckEvery, for tokens that were accepted before, too.
// Errors: fault.Invalid by field, BAD_URL, ALGORITHM_UNKNOWN; fault.NotFound for
// it and for the shop; fault.Conflict ISSUER_TAKEN; fault.Precondition TOO_MANY.
func (s *Service) Save(ctx context.Context, id int64, d Draft) (*db.TokenIssuer, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	row := new(db.TokenIssuer)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if id != 0 {
			if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
				return err
			}
		} else if n, err := tx.NewSelect().Model(row).Count(ctx); err != nil || n >= maxIssuers {
			return fault.Wrap(fault.Precondition, err, "there are %d issuers already", n).WithCode("TOO_MANY").With("max", maxIssuers)
		}
		before := detailOf(row)
		s.fill(ctx, row, d)
		if id == 0 {
			if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
				return err
			}
			return access.Audit(ctx, tx, access.Entry{Action: "token_issuer.create", ObjectKind: kindIssuer, ObjectID: row.ID})
		}
		if _, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: "token_issuer.update", ObjectKind: kindIssuer, ObjectID: row.ID, Detail: access.Differences(before, detailOf(row))})
	})
	if db.Constraint(err) == "token_issuers_issuer_key" {
		return nil, fault.Wrap(fault.Conflict, err, "this issuer is entered already").WithCode("ISSUER_TAKEN").At("issuer")
	}
	if err != nil {
		return nil, db.Fault(err)
	}
	return row, nil
}

func (d *Draft) check() error {
	d.Name, d.Issuer, d.JWKSURL, d.MemberClaim = strings.TrimSpace(d.Name), strings.TrimSpace(d.Issuer), strings.TrimSpace(d.JWKSURL), strings.TrimSpace(d.MemberClaim)
	if err := check.Struct(d); err != nil {
		return err
	}
	for field, text := range map[string]string{"issuer": d.Issuer, "jwksUrl": d.JWKSURL} {
		if u, err := url.Parse(text); text != "" && (err != nil || !fetchable(u)) {
			return fault.New(fault.Invalid, "this is an address that begins with https://").WithCode(check.BadURL).At(field)
		}
	}
	for _, name := range d.Algorithms {
		if !slices.Contains(Algorithms, name) {
			return fault.New(fault.Invalid, "no such algorithm of key pairs").WithCode("ALGORITHM_UNKNOWN").At("algorithms")
		}
	}
	return nil
}

func (s *Service) fill(ctx context.Context, row *db.TokenIssuer, d Draft) {
	now := s.clock.Now()
	if row.ID == 0 {
		row.CreatedBy, row.CreatedAt = access.From(ctx).StaffID(), now
	}
	row.Version++
	row.Name, row.Issuer, row.JWKSURL, row.Audiences, row.Algorithms = d.Name, d.Issuer, d.JWKSURL, d.Audiences, d.Algorithms
	row.SkewSeconds, row.ShopID, row.MemberClaim, row.FirstSeen, row.Enroll = d.SkewSeconds, d.ShopID, d.MemberClaim, d.FirstSeen, d.Enroll
	row.UpdatedAt = now
	switch {
	case !d.Disabled:
		row.DisabledAt = nil
	case row.DisabledAt == nil:
		row.DisabledAt = &now
	}
}

func detailOf(row *db.TokenIssuer) map[string]any {
	return map[string]any{
		"name": row.Name, "issuer": row.Issuer, "jwksUrl": row.JWKSURL, "audiences": strings.Join(row.Audiences, " "),
		"algorithms": strings.Join(row.Algorithms, " "), "skewSeconds": row.SkewSeconds, "shop": row.ShopID, "memberClaim": row.MemberClaim,
		"firstSeen": row.FirstSeen, "enroll": row.Enroll, "disabled": row.DisabledAt != nil,
	}
}
