// Package shop owns the merchant's storefronts, one per mall and account.
//
// It promises that a shop's code, mall and currency never change once it
// exists, because orders and consents of it are judged by them. What a mall is
// belongs to crm/mall.
package shop

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Service keeps shops.
type Service struct {
	db    *db.DB
	clock clock.Clock
	kept  *kept.Shelf
}

// New is the service.
func New(d *db.DB, c clock.Clock) *Service { return &Service{db: d, clock: c} }

// WithKept keeps what is counted of everybody.
func (s *Service) WithKept(shelf *kept.Shelf) { s.kept = shelf }

// Draft is a shop to create.
type Draft struct {
	Code     string // a–z, 0–9, - and _, at most 64
	Name     string `field:"name" validate:"required,max=120"`
	Mall     mall.Mall
	Currency string `field:"currency" validate:"iso4217"`
	URL      string `field:"url" validate:"omitempty,http_url"` // of the storefront
	// MoreURLs are further addresses of the shop's own site: links there are
	// links to the merchant.
	MoreURLs []string `field:"moreUrls" validate:"max=20,dive,http_url,max=500"`
}

var codePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

func (d Draft) check() error {
	if !codePattern.MatchString(d.Code) {
		return fault.New(fault.Invalid, "a shop's code has a–z, 0–9, - and _, at most 64 of them").WithCode("BAD_SHOP_CODE").At("code")
	}
	if _, ok := mall.Parse(string(d.Mall)); !ok {
		return fault.New(fault.Invalid, "there is no mall %q", d.Mall).WithCode("UNKNOWN_MALL").At("mall")
	}
	return check.Struct(d)
}

// Create makes a shop. Errors: fault.Invalid; fault.Conflict SHOPS_CODE_KEY.
func (s *Service) Create(ctx context.Context, d Draft) (*db.Shop, error) {
	d.Name, d.URL, d.MoreURLs = strings.TrimSpace(d.Name), address(d.URL), addresses(d.MoreURLs)
	if err := d.check(); err != nil {
		return nil, err
	}
	row := &db.Shop{Code: d.Code, Name: d.Name, Mall: string(d.Mall), Currency: d.Currency, URL: d.URL, MoreURLs: d.MoreURLs, CreatedAt: s.clock.Now()}
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			if db.Constraint(err) == "shops_code_key" {
				return fault.Wrap(fault.Conflict, err, "there is a shop with this code already").WithCode("SHOPS_CODE_KEY").At("code")
			}
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "shop.create", ObjectKind: "Shop", ObjectID: row.ID})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Change is what may be changed of a shop; nil leaves it.
type Change struct {
	Name     *string
	URL      *string
	MoreURLs *[]string // replaces all
	Archived *bool
}

// Update changes a shop. Errors: fault.NotFound, fault.Invalid.
func (s *Service) Update(ctx context.Context, id int64, c Change) (*db.Shop, error) {
	row := new(db.Shop)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		before := auditedShop(row)
		if err := s.apply(row, c); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model(row).WherePK().Column("name", "url", "more_urls", "archived_at").Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "shop.update", ObjectKind: "Shop", ObjectID: id, Detail: access.Differences(before, auditedShop(row))})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

func (s *Service) apply(row *db.Shop, c Change) error {
	if c.Name != nil {
		row.Name = strings.TrimSpace(*c.Name)
	}
	if c.URL != nil {
		row.URL = address(*c.URL)
	}
	if c.MoreURLs != nil {
		row.MoreURLs = addresses(*c.MoreURLs)
	}
	if err := check.Struct(Draft{Name: row.Name, Currency: row.Currency, URL: row.URL, MoreURLs: row.MoreURLs}); err != nil {
		return err
	}
	if c.Archived != nil && *c.Archived != (row.ArchivedAt != nil) {
		row.ArchivedAt = nil
		if now := s.clock.Now(); *c.Archived {
			row.ArchivedAt = &now
		}
	}
	return nil
}

// List is the shops by code.
func (s *Service) List(ctx context.Context, archived bool) ([]db.Shop, error) {
	var rows []db.Shop
	q := s.db.NewSelect().Model(&rows).OrderExpr("code")
	if !archived {
		q.Where("archived_at IS NULL")
	}
	return rows, db.Fault(q.Scan(ctx))
}

// ByIDs is shops by id, for loaders; what is not there is left out.
func (s *Service) ByIDs(ctx context.Context, ids []int64) ([]db.Shop, error) {
	var rows []db.Shop
	if len(ids) == 0 {
		return rows, nil
	}
	err := s.db.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx)
	return rows, db.Fault(err)
}

// FindByCode is the shop with a code. Errors: fault.NotFound.
func (s *Service) FindByCode(ctx context.Context, code string) (*db.Shop, error) {
	row := new(db.Shop)
	err := s.db.NewSelect().Model(row).Where("code = ?", code).Scan(ctx)
	return row, db.Fault(err)
}

func auditedShop(s *db.Shop) map[string]any {
	return map[string]any{"name": s.Name, "url": s.URL, "moreUrls": slices.Clone(s.MoreURLs), "archived": s.ArchivedAt != nil}
}

// address is a web address as people type it: without a scheme it is https.
func address(typed string) string {
	typed = strings.TrimSpace(typed)
	if typed == "" || strings.Contains(typed, "://") {
		return typed
	}
	return "https://" + typed
}

func addresses(typed []string) []string {
	list := make([]string, len(typed))
	for i, one := range typed {
		list[i] = address(one)
	}
	return list
}
