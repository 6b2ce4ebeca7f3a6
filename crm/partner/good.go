package partner

import (
	"context"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/db"
)

// maxGoods bounds the products, or the levels of stock, of one call.
const maxGoods = 500

// Goods takes over products and stock that programs tell.
type Goods interface {
	Tell(ctx context.Context, tx db.Tx, shopID int64, goods []mall.Good) ([]product.Told, error)
	TellStock(ctx context.Context, tx db.Tx, levels []product.Level) ([]product.ToldLevel, error)
}

// UpsertProducts takes over what is told of products in one transaction, once
// per key. The shop is that of their stock, 0 for none.
// Errors: as of product.Tell and once.Do; fault.Invalid TOO_MANY, REQUIRED.
func (s *Service) UpsertProducts(ctx context.Context, key string, shopID int64, goods []mall.Good) ([]product.Told, error) {
	if err := someOf("products", len(goods)); err != nil {
		return nil, err
	}
	return once.Do(ctx, s.Once, once.Request{Action: "upsertProducts", Key: key, Body: struct {
		Shop  int64
		Goods []mall.Good
	}{shopID, goods}}, func(ctx context.Context, tx db.Tx) ([]product.Told, error) {
		return s.Goods.Tell(ctx, tx, shopID, goods)
	})
}

// UpdateStock takes over how much shops have in one transaction, once per key.
// Errors: as of product.TellStock and once.Do; fault.Invalid TOO_MANY, REQUIRED.
func (s *Service) UpdateStock(ctx context.Context, key string, levels []product.Level) ([]product.ToldLevel, error) {
	if err := someOf("levels", len(levels)); err != nil {
		return nil, err
	}
	return once.Do(ctx, s.Once, once.Request{Action: "updateStock", Key: key, Body: levels}, func(ctx context.Context, tx db.Tx) ([]product.ToldLevel, error) {
		return s.Goods.TellStock(ctx, tx, levels)
	})
}

// someOf says whether so many can be taken in one call.
func someOf(field string, n int) error {
	switch {
	case n == 0:
		return fault.New(fault.Invalid, "tell one at least").WithCode("REQUIRED").At(field)
	case n > maxGoods:
		return fault.New(fault.Invalid, "at most %d at once", maxGoods).WithCode("TOO_MANY").At(field).With("max", maxGoods)
	}
	return nil
}
