package loader

import (
	"context"
	"sync"

	"github.com/vikstrous/dataloadgen"

	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// Shop is a shop. Errors: fault.NotFound.
func (l *Loaders) Shop(ctx context.Context, id int64) (db.Shop, error) {
	return l.shops.load(ctx, id, l.sources.Shops, func(s db.Shop) int64 { return s.ID })
}

// Stats is a customer's rollup; empty for one without orders.
func (l *Loaders) Stats(ctx context.Context, customer int64) (db.CustomerStats, error) {
	return l.stats.load(ctx, customer, l.sources.Stats)
}

// MallStats are a customer's rollups per mall and currency.
func (l *Loaders) MallStats(ctx context.Context, customer int64) ([]db.CustomerMallStats, error) {
	return l.mallStats.load(ctx, customer, l.sources.MallStats)
}

// Identities are how a customer appears on each shop.
func (l *Loaders) Identities(ctx context.Context, customer int64) ([]db.Identity, error) {
	return l.identities.load(ctx, customer, l.sources.Identities)
}

// Consents are a customer's words that hold.
func (l *Loaders) Consents(ctx context.Context, customer int64) ([]db.Consent, error) {
	return l.consents.load(ctx, customer, l.sources.Consents)
}

// Order is one order; its zero value where there is none.
func (l *Loaders) Order(ctx context.Context, ref order.Ref) (db.Order, error) {
	return l.orders.load(ctx, ref, l.sources.Orders)
}

// Earned is what gave the points of a booking.
func (l *Loaders) Earned(ctx context.Context, of points.BookingRef) ([]points.NamedPart, error) {
	return l.earned.load(ctx, of, l.sources.Earned)
}

// PointLines are the lines of its order that a booking is about.
func (l *Loaders) PointLines(ctx context.Context, of points.BookingRef) ([]points.LineTold, error) {
	return l.pointLines.load(ctx, of, l.sources.PointLines)
}

// Lines are the lines of an order.
func (l *Loaders) Lines(ctx context.Context, of order.Ref) ([]db.OrderLine, error) {
	return l.lines.load(ctx, of, l.sources.Lines)
}

// PointParts is what a booking did to lots.
func (l *Loaders) PointParts(ctx context.Context, of ledger.Ref) ([]ledger.LotPart, error) {
	return l.pointParts.load(ctx, of, l.sources.PointParts)
}

// FamilyPointParts is PointParts of a booking of a customer or of one merged into them.
func (l *Loaders) FamilyPointParts(ctx context.Context, of ledger.Ref) ([]ledger.LotPart, error) {
	return l.familyParts.load(ctx, of, l.sources.FamilyPointParts)
}

// group is a loader of what belongs to an object; what has nothing gets the
// zero value.
type group[K comparable, V any] struct {
	once   sync.Once
	loader *dataloadgen.Loader[K, V]
}

func (g *group[K, V]) load(ctx context.Context, key K, fetch func(context.Context, []K) (map[K]V, error)) (V, error) {
	g.once.Do(func() { g.loader = dataloadgen.NewMappedLoader(fetch, dataloadgen.WithWait(wait)) })
	v, err := g.loader.Load(ctx, key)
	if err == dataloadgen.ErrNotFound { //nolint:errorlint // returned as it is
		return v, nil
	}
	return v, err
}
