// Package loader collects the reads of one operation: resolvers ask for one
// object each, and one statement fetches all that were asked for at about the
// same time.
//
// It owns the loaders and their life: an operation has its own, and so has each
// event of a subscription, so that nothing read is ever shown to another caller
// or kept until it is stale. It promises that an object is read once per
// operation. The queries themselves are the domain's (ByIDs).
//
// To add a loader: a source in Sources, a batch in Loaders, a method.
package loader

import (
	"context"
	"sync"
	"time"

	"github.com/vikstrous/dataloadgen"

	"github.com/meguri-crm/meguri/crm/audit"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/crm/webhook"
	"github.com/meguri-crm/meguri/db"
)

// wait is how long a batch collects before it reads.
const wait = time.Millisecond

// Sources are the queries behind the loaders. Each returns the rows it finds,
// in any order.
type Sources struct {
	Staff   func(ctx context.Context, ids []int64) ([]*db.Staff, error)
	Clients func(ctx context.Context, ids []int64) ([]*db.APIClient, error)
	// WebhookLoads has one of every endpoint.
	WebhookLoads func(ctx context.Context, endpoints []int64) ([]*webhook.Load, error)
	// AuditedNames leaves out what has no name.
	AuditedNames func(ctx context.Context, refs []audit.Ref) (map[audit.Ref]string, error)

	// Balances has an account for every customer, Places and StageMembers leave
	// out who is no member and stages without any.
	Balances     func(ctx context.Context, customers []int64) ([]db.PointAccount, error)
	Places       func(ctx context.Context, customers []int64) ([]*stage.Place, error)
	StageMembers func(ctx context.Context, stages []int64) ([]stage.MemberCount, error)

	Shops func(ctx context.Context, ids []int64) ([]db.Shop, error)
	// ImportWholes has the figures of every import.
	ImportWholes func(ctx context.Context, imports []int64) ([]intake.Whole, error)
	// By customer; who has none is left out.
	Stats      func(ctx context.Context, customers []int64) (map[int64]db.CustomerStats, error)
	MallStats  func(ctx context.Context, customers []int64) (map[int64][]db.CustomerMallStats, error)
	Identities func(ctx context.Context, customers []int64) (map[int64][]db.Identity, error)
	Consents   func(ctx context.Context, customers []int64) (map[int64][]db.Consent, error)
	Lines      func(ctx context.Context, orders []order.Ref) (map[order.Ref][]db.OrderLine, error)
	Orders     func(ctx context.Context, orders []order.Ref) (map[order.Ref]db.Order, error)
	Earned     func(ctx context.Context, bookings []points.BookingRef) (map[points.BookingRef][]points.NamedPart, error)
	PointLines func(ctx context.Context, bookings []points.BookingRef) (map[points.BookingRef][]points.LineTold, error)
	// PointParts is what bookings did to lots; who did nothing to any is left out.
	PointParts func(ctx context.Context, bookings []ledger.Ref) (map[ledger.Ref][]ledger.LotPart, error)
	// FamilyPointParts is the same of bookings that may be of somebody merged into the customer.
	FamilyPointParts func(ctx context.Context, bookings []ledger.Ref) (map[ledger.Ref][]ledger.LotPart, error)
	// StockLevels are by SKU; a product of which nobody told is left out.
	StockLevels func(ctx context.Context, skus []string) (map[string][]product.Level, error)
	PeopleSources
	CampaignSources
}

// Loaders are the loaders of one operation. They are made when first used.
type Loaders struct {
	sources *Sources
	staff   batch[int64, *db.Staff]
	clients batch[int64, *db.APIClient]
	loads   batch[int64, *webhook.Load]
	audited group[audit.Ref, string]
	wholes  batch[int64, intake.Whole]

	balances     batch[int64, db.PointAccount]
	places       batch[int64, *stage.Place]
	stageMembers batch[int64, stage.MemberCount]

	shops       batch[int64, db.Shop]
	stats       group[int64, db.CustomerStats]
	mallStats   group[int64, []db.CustomerMallStats]
	identities  group[int64, []db.Identity]
	consents    group[int64, []db.Consent]
	lines       group[order.Ref, []db.OrderLine]
	orders      group[order.Ref, db.Order]
	earned      group[points.BookingRef, []points.NamedPart]
	pointLines  group[points.BookingRef, []points.LineTold]
	pointParts  group[ledger.Ref, []ledger.LotPart]
	familyParts group[ledger.Ref, []ledger.LotPart]
	stockLevels group[string, []product.Level]
	peopleBatches
	campaignBatches
}

type loadersKey struct{}

// Scope is the context of an operation, or of an event, with loaders of its own.
func (s *Sources) Scope(ctx context.Context) context.Context {
	return context.WithValue(ctx, loadersKey{}, &Loaders{sources: s})
}

// For is the loaders of the operation. It panics outside of one.
func For(ctx context.Context) *Loaders { return ctx.Value(loadersKey{}).(*Loaders) } //nolint:errcheck // the panic is the promise

// Staff is a member of staff. Errors: fault.NotFound.
func (l *Loaders) Staff(ctx context.Context, id int64) (*db.Staff, error) {
	return l.staff.load(ctx, id, l.sources.Staff, func(s *db.Staff) int64 { return s.ID })
}

// Client is a partner client. Errors: fault.NotFound.
func (l *Loaders) Client(ctx context.Context, id int64) (*db.APIClient, error) {
	return l.clients.load(ctx, id, l.sources.Clients, func(c *db.APIClient) int64 { return c.ID })
}

// WebhookLoad is how much an endpoint of webhooks has before it.
func (l *Loaders) WebhookLoad(ctx context.Context, endpoint int64) (*webhook.Load, error) {
	return l.loads.load(ctx, endpoint, l.sources.WebhookLoads, func(w *webhook.Load) int64 { return w.EndpointID })
}

// AuditedName is what an object that an audit entry is about is called now; "" when
// it has no name.
func (l *Loaders) AuditedName(ctx context.Context, ref audit.Ref) (string, error) {
	return l.audited.load(ctx, ref, l.sources.AuditedNames)
}

// ImportWhole is what a file brought with its mended rows. Errors: fault.NotFound.
func (l *Loaders) ImportWhole(ctx context.Context, id int64) (intake.Whole, error) {
	return l.wholes.load(ctx, id, l.sources.ImportWholes, func(w intake.Whole) int64 { return w.ImportID })
}

// Balance is the point account of a customer.
func (l *Loaders) Balance(ctx context.Context, customer int64) (db.PointAccount, error) {
	return l.balances.load(ctx, customer, l.sources.Balances, func(a db.PointAccount) int64 { return a.CustomerID })
}

// StockLevels is how much each shop has of a product.
func (l *Loaders) StockLevels(ctx context.Context, sku string) ([]product.Level, error) {
	return l.stockLevels.load(ctx, sku, l.sources.StockLevels)
}

// Place is where a customer stands on the ladder; nil for one who is no member.
func (l *Loaders) Place(ctx context.Context, customer int64) (*stage.Place, error) {
	p, err := l.places.load(ctx, customer, l.sources.Places, func(p *stage.Place) int64 { return p.CustomerID })
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return p, err
}

// StageMembers is the number of members on a stage.
func (l *Loaders) StageMembers(ctx context.Context, id int64) (int, error) {
	n, err := l.stageMembers.load(ctx, id, l.sources.StageMembers, func(c stage.MemberCount) int64 { return c.StageID })
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return n.Members, err
}

// batch is one loader, made when first used.
type batch[K comparable, V any] struct {
	once   sync.Once
	loader *dataloadgen.Loader[K, V]
}

func (b *batch[K, V]) load(ctx context.Context, key K, fetch func(context.Context, []K) ([]V, error), keyOf func(V) K) (V, error) {
	b.once.Do(func() {
		b.loader = dataloadgen.NewMappedLoader(func(ctx context.Context, keys []K) (map[K]V, error) {
			rows, err := fetch(ctx, keys)
			if err != nil {
				return nil, err
			}
			found := make(map[K]V, len(rows))
			for _, row := range rows {
				found[keyOf(row)] = row
			}
			return found, nil
		}, dataloadgen.WithWait(wait))
	})
	v, err := b.loader.Load(ctx, key)
	if err == dataloadgen.ErrNotFound { //nolint:errorlint // returned as it is
		return v, fault.New(fault.NotFound, "not found")
	}
	return v, err
}
