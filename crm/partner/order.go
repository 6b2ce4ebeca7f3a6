package partner

import (
	"context"
	"errors"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/db"
)

// maxOrders bounds one call.
const maxOrders = 200

// tries is how often orders are taken in again because another transaction got
// in the way.
const tries = 20

// Orders takes in orders that programs tell.
type Orders interface {
	ReadyFor(ctx context.Context, orders []mall.Telling) error
	Tell(ctx context.Context, tx db.Tx, shopID int64, orders []mall.Telling) ([]intake.Told, error)
	ReturnLines(ctx context.Context, tx db.Tx, shopID int64, r intake.Return) (intake.Told, error)
	Join(ctx context.Context) error
}

// UpsertOrders takes in orders of a shop in one transaction, once per key.
// Errors: as of intake.Tell and once.Do; fault.Invalid TOO_MANY, REQUIRED.
func (s *Service) UpsertOrders(ctx context.Context, key string, shopID int64, orders []mall.Telling) ([]intake.Told, error) {
	switch {
	case len(orders) == 0:
		return nil, fault.New(fault.Invalid, "tell an order").WithCode("REQUIRED").At("orders")
	case len(orders) > maxOrders:
		return nil, fault.New(fault.Invalid, "at most %d orders", maxOrders).WithCode("TOO_MANY").At("orders").With("max", maxOrders)
	}
	return told(ctx, s, once.Request{Action: "upsertOrders", Key: key, Body: struct {
		Shop   int64
		Orders []mall.Telling
	}{shopID, orders}}, orders, func(ctx context.Context, tx db.Tx) ([]intake.Told, error) {
		return s.Orders.Tell(ctx, tx, shopID, orders)
	})
}

// ReturnLines takes goods of an order back, once per key.
// Errors: as of intake.ReturnLines and once.Do.
func (s *Service) ReturnLines(ctx context.Context, key string, shopID int64, r intake.Return) (intake.Told, error) {
	instant := []mall.Telling{{OrderedAt: &r.At}}
	if r.At.IsZero() {
		instant = nil
	}
	return told(ctx, s, once.Request{Action: "returnOrderLines", Key: key, Body: struct {
		Shop   int64
		Return intake.Return
	}{shopID, r}}, instant, func(ctx context.Context, tx db.Tx) (intake.Told, error) {
		return s.Orders.ReturnLines(ctx, tx, shopID, r)
	})
}

// told takes orders in, again where somebody else took in the same person or
// order meanwhile.
func told[T any](ctx context.Context, s *Service, r once.Request, orders []mall.Telling, act func(context.Context, db.Tx) (T, error)) (answer T, err error) {
	if err := s.Orders.ReadyFor(ctx, orders); err != nil {
		return answer, err
	}
	for range tries {
		if answer, err = once.Do(ctx, s.Once, r, act); !errors.Is(err, customer.ErrRace) {
			break
		}
	}
	if errors.Is(err, customer.ErrRace) {
		return answer, fault.Wrap(fault.Unavailable, err, "others keep changing the same customers")
	}
	if err != nil {
		return answer, err
	}
	return answer, s.Orders.Join(ctx)
}
