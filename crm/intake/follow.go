package intake

import (
	"context"
	"slices"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// Ledger gives and takes back the points that hang on orders.
type Ledger interface {
	// SettleOrders books what these orders, as they stand now, earn or lose.
	// It may be called again for the same state and then books nothing.
	SettleOrders(ctx context.Context, tx db.Tx, orderIDs []int64) error
}

// Stages keeps customers on the stage their orders earn.
type Stages interface {
	Recompute(ctx context.Context, tx db.Tx, customerIDs []int64) error
}

// Conversions credits orders to the campaigns that brought them, and takes the
// credit back when an order is cancelled.
type Conversions interface {
	CreditOrders(ctx context.Context, tx db.Tx, orderIDs []int64) error
}

// People merges those whom an import has found to be one.
type People interface {
	Join(ctx context.Context) error
}

// follow does what hangs on orders: rollups, events, points, stages, conversions.
func (b *batch) follow(ctx context.Context) error {
	var customers, orders []int64
	for _, o := range slices.Concat(b.fresh, b.changed) {
		orders = append(orders, o.orderID)
		customers = append(customers, o.customerID)
		if o.before != nil && o.before.CustomerID != o.customerID {
			customers = append(customers, o.before.CustomerID)
		}
	}
	if len(orders) == 0 {
		return nil
	}
	slices.Sort(orders)
	slices.Sort(customers)
	customers = slices.Compact(customers)
	if err := order.Recompute(ctx, b.tx, customers); err != nil {
		return err
	}
	if err := event.Append(ctx, b.tx, b.events()...); err != nil {
		return err
	}
	return b.s.hooks.run(ctx, b.tx, orders, customers)
}

// join merges whom the committed batches have found to be one, so that nobody is
// two people once the import is done.
func (h Hooks) join(ctx context.Context) error {
	if h.People == nil {
		return nil
	}
	return h.People.Join(ctx)
}

// run calls the hooks in their order: a stage may decide what the next order
// earns, a conversion counts what stands.
func (h Hooks) run(ctx context.Context, tx db.Tx, orders, customers []int64) error {
	if h.Ledger != nil {
		if err := h.Ledger.SettleOrders(ctx, tx, orders); err != nil {
			return err
		}
	}
	if h.Stages != nil {
		if err := h.Stages.Recompute(ctx, tx, customers); err != nil {
			return err
		}
	}
	if h.Conversions != nil {
		return h.Conversions.CreditOrders(ctx, tx, orders)
	}
	return nil
}

// events tells what the batch's orders mean for their customers' timelines.
func (b *batch) events() []event.Event {
	var events []event.Event
	for _, o := range b.fresh {
		events = append(events, o.placedEvent(b))
		events = append(events, o.progressEvents(b, "")...)
	}
	for _, o := range b.changed {
		if o.before.CustomerID != o.customerID { // a stranger's order has found its customer
			events = append(events, o.placedEvent(b))
		}
		events = append(events, o.progressEvents(b, o.before.Status)...)
	}
	return events
}

var placedKinds = map[mall.OrderKind]string{mall.Sale: event.OrderPlaced, mall.Return: event.OrderReturned, mall.Adjustment: event.OrderAdjusted}

func (o *staged) placedEvent(b *batch) event.Event {
	e := o.event(b, placedKinds[o.order.Kind])
	e.OccurredAt = o.order.OrderedAt
	return e
}

// progressEvents are a shipment and a cancellation that the order had not when
// its state was before.
func (o *staged) progressEvents(b *batch, before string) []event.Event {
	var events []event.Event
	if at := o.order.ShippedAt; !at.IsZero() && (o.before == nil || o.before.ShippedAt == nil) {
		e := o.event(b, event.OrderShipped)
		e.OccurredAt = at
		events = append(events, e)
	}
	if o.order.Status == mall.Cancelled && before != string(mall.Cancelled) {
		e := o.event(b, event.OrderCancelled)
		e.OccurredAt = *o.cancelledAt(b.now)
		events = append(events, e)
	}
	return events
}

func (o *staged) event(b *batch, kind string) event.Event {
	amount := o.sums.amount
	if o.order.Goods != nil {
		amount = *o.order.Goods
	}
	return event.Event{
		CustomerID: o.customerID, Kind: kind, ShopID: b.shop.ID, RefID: o.orderID,
		Data: map[string]any{"orderNo": o.no, "goods": amount, "currency": o.order.Currency, "quantity": o.sums.quantity},
	}
}
