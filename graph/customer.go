package graph

import (
	"context"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

// withStats is a customer with its rollup.
func (r *Resolver) withStats(ctx context.Context, row *db.Customer, err error) (*model.Customer, error) {
	if err != nil || row == nil {
		return nil, err
	}
	stats, err := loader.For(ctx).Stats(ctx, row.ID)
	return model.NewCustomer(row, stats), err
}

// changed is the customer a mutation changed, or what was wrong with it.
func (r *Resolver) changed(ctx context.Context, row *db.Customer, err error) (*model.Customer, []*model.UserError, error) {
	wrong, err := userErrors(err)
	if err != nil || len(wrong) > 0 {
		return nil, wrong, err
	}
	c, err := r.withStats(ctx, row, nil)
	return c, wrong, err
}

func (r *Resolver) recordConsent(ctx context.Context, in model.RecordConsentInput) (*db.Consent, *db.Customer, error) {
	customerID, err := gid.Decode("Customer", in.CustomerID)
	if err != nil {
		return nil, nil, err
	}
	shopID, err := gid.Decode("Shop", in.OriginShopID)
	if err != nil {
		return nil, nil, err
	}
	return r.Customers.Record(ctx, customer.Word{
		CustomerID: customerID, Channel: string(in.Channel), State: string(in.State),
		OriginShopID: shopID, OccurredAt: deref(in.OccurredAt), Method: string(in.Method), Wording: in.Wording,
	})
}

func (r *Resolver) customerPage(ctx context.Context, f customer.Filter, by customer.Sort, descending bool, first int, after, before *string) (*model.CustomerConnection, error) {
	p, err := newPageAround[customer.Cursor]("customers:"+string(by)+":"+directionOf(descending), first, after, before)
	if err != nil {
		return nil, err
	}
	rows, err := r.Customers.List(ctx, f, by, descending != p.Back, p.After, p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(l customer.Listed) customer.Cursor { return l.CursorOf(by) })
	return model.NewCustomerConnection(rows, cursors, info, f), nil
}

// moment is a place in a list that is ordered by time.
type moment struct {
	At time.Time `json:"t"`
	ID int64     `json:"i"`
}

func (r *Resolver) ordersOf(ctx context.Context, customerID int64, first int, after *string) (*model.OrderConnection, error) {
	p, err := newPage[moment]("orders:orderedAt:DESC", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Orders.List(ctx, customerID, (*order.Cursor)(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(o db.Order) moment { return moment{o.OrderedAt, o.ID} })
	return model.NewOrderConnection(rows, cursors, info), nil
}

func (r *Resolver) timelineOf(ctx context.Context, customerID int64, first int, after *string, kinds []model.TimelineKind) (*model.TimelineConnection, error) {
	p, err := newPage[moment]("timeline:occurredAt:DESC", first, after)
	if err != nil {
		return nil, err
	}
	groups := make([]string, len(kinds))
	for i, k := range kinds {
		groups[i] = strings.ToLower(string(k))
	}
	rows, err := r.Events.Timeline(ctx, customerID, groups, (*event.Cursor)(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(e db.Event) moment { return moment{e.OccurredAt, e.ID} })
	return model.NewTimelineConnection(rows, cursors, info), nil
}
