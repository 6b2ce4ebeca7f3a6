package product

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/imprint"
	"github.com/meguri-crm/meguri/db"
)

// Level is how much of a product a shop has, as it was told at an instant.
type Level struct {
	SKU      string
	ShopID   int64
	Quantity int64
	ToldAt   time.Time // of what a program tells zero: now
}

// Levels are how much shops have of products, by code; in the order of shops.
func (c *Costs) Levels(ctx context.Context, skus []string) (map[string][]Level, error) {
	rows, err := c.DB.Pool.Query(ctx, "SELECT sku, shop_id, quantity, told_at FROM product_stock WHERE sku = ANY ($1) ORDER BY sku, shop_id", skus)
	if err != nil {
		return nil, db.Fault(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Level])
	bySKU := map[string][]Level{}
	for _, l := range list {
		bySKU[l.SKU] = append(bySKU[l.SKU], l)
	}
	return bySKU, db.Fault(err)
}

// keepLevels writes levels, each of another product or shop, and answers with
// those that are new or say another number. What a file only confirms stays that
// of who told it. An importID of 0 is of a program; lines are those of the file.
func keepLevels(ctx context.Context, tx db.Tx, importID int64, lines []int64, levels []Level) ([]imprint.Change, error) {
	n := len(levels)
	if n == 0 {
		return nil, nil
	}
	rows := make([]imprint.Row, n)
	skus, shops, numbers, instants := make([]string, n), make([]int64, n), make([]int64, n), make([]time.Time, n)
	for i, l := range levels {
		rows[i] = imprint.Row{Line: lines[i], Key: []any{l.SKU, l.ShopID}, Says: []any{l.Quantity}}
		skus[i], shops[i], numbers[i], instants[i] = l.SKU, l.ShopID, l.Quantity, l.ToldAt
	}
	changes, err := stockTable.Keep(ctx, tx, importID, rows)
	if err != nil {
		return nil, err
	}
	_, err = tx.NewRaw(`INSERT INTO product_stock AS s (sku, shop_id, quantity, told_at, import_id)
		SELECT n.sku, n.shop_id, n.quantity, n.told_at, ?4
		FROM unnest(?0::text[], ?1::bigint[], ?2::bigint[], ?3::timestamptz[]) AS n (sku, shop_id, quantity, told_at) ORDER BY n.sku, n.shop_id
		ON CONFLICT (sku, shop_id) DO UPDATE SET quantity = excluded.quantity, told_at = excluded.told_at,
			import_id = CASE WHEN s.quantity = excluded.quantity THEN s.import_id ELSE excluded.import_id END`,
		pgdialect.Array(skus), pgdialect.Array(shops), pgdialect.Array(numbers), pgdialect.Array(instants), importOf(importID)).Exec(ctx)
	return changes, db.Fault(err)
}

// ToldLevel is a level after a program has told it.
type ToldLevel struct {
	Outcome  Outcome
	Quantity *int64         // that holds now; nil: nothing is known
	ToldAt   *time.Time     // since when it is known
	Faults   []*fault.Error // of a refused one: all that is wrong, at fields of the Level
}

// TellStock takes over how much shops have, as a program tells it, in one
// transaction: tx. Levels that are in order are taken whatever is wrong with
// others. What is known to be newer stays; a product that nobody knows has no
// stock, as in files, so that a typing error makes none.
func (c *Costs) TellStock(ctx context.Context, tx db.Tx, levels []Level) ([]ToldLevel, error) {
	for _, table := range []imprint.Table{Names, stockTable} { // nor does an undo take a product away meanwhile
		if err := table.InTurn(ctx, tx); err != nil {
			return nil, err
		}
	}
	levels = slices.Clone(levels)
	for i := range levels {
		levels[i].SKU = strings.TrimSpace(levels[i].SKU)
	}
	now := c.Clock.Now().Truncate(time.Microsecond)
	known, err := knownAbout(ctx, tx, levels)
	if err != nil {
		return nil, err
	}
	told := make([]ToldLevel, len(levels))
	seen := map[Level]bool{}
	var good []Level
	var at []int
	for i, l := range levels {
		told[i] = ToldLevel{Outcome: Refused, Quantity: known[i].Quantity, ToldAt: known[i].ToldAt, Faults: known[i].faults(l, now)}
		key := Level{SKU: l.SKU, ShopID: l.ShopID}
		if seen[key] {
			told[i].Faults = append(told[i].Faults, fault.New(fault.Invalid, "the level is told twice").WithCode("REPEATED").At("sku"))
		}
		seen[key] = true
		if len(told[i].Faults) > 0 {
			continue
		}
		if l.ToldAt = l.ToldAt.Truncate(time.Microsecond); l.ToldAt.IsZero() || l.ToldAt.After(now) { // by the clock of the program
			l.ToldAt = now
		}
		told[i] = ToldLevel{Outcome: Unchanged, Quantity: &l.Quantity, ToldAt: &l.ToldAt}
		good, at = append(good, l), append(at, i)
	}
	changes, err := keepLevels(ctx, tx, 0, make([]int64, len(good)), good)
	if err != nil || len(changes) == 0 {
		return told, err
	}
	for _, ch := range changes {
		told[at[ch.At]].Outcome = Updated
	}
	return told, access.Audit(ctx, tx, access.Entry{Action: "product.tell_stock", ObjectKind: "Product", Detail: map[string]any{"changed": len(changes)}})
}

// about is what is known about a level before it is told.
type about struct {
	Product  bool // there is such a product
	Shop     bool // and such a shop
	Archived bool
	Quantity *int64
	ToldAt   *time.Time
}

// knownAbout is what is known about levels, by their places.
func knownAbout(ctx context.Context, tx db.Tx, levels []Level) (known []about, err error) {
	skus, shops := make([]string, len(levels)), make([]int64, len(levels))
	for i, l := range levels {
		if shops[i] = l.ShopID; fault.WrongText("sku", l.SKU, true, maxText) == nil {
			skus[i] = l.SKU
		}
	}
	err = tx.Pgx(func(p pgx.Tx) error {
		rows, err := p.Query(ctx, `SELECT p.sku IS NOT NULL, h.id IS NOT NULL, h.archived_at IS NOT NULL, s.quantity, s.told_at
			FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS n (sku, shop_id, at)
			LEFT JOIN products p ON p.sku = n.sku LEFT JOIN shops h ON h.id = n.shop_id
			LEFT JOIN product_stock s ON s.sku = n.sku AND s.shop_id = n.shop_id ORDER BY n.at`, skus, shops)
		if err != nil {
			return err
		}
		known, err = pgx.CollectRows(rows, pgx.RowToStructByPos[about])
		return err
	})
	return known, db.Fault(err)
}

// wrongShop is why there can be no stock in the shop; nil: there can.
func (k about) wrongShop() *fault.Error {
	switch {
	case !k.Shop:
		return fault.New(fault.NotFound, "there is no such shop").WithCode("SHOP_UNKNOWN").At("shopId")
	case k.Archived:
		return fault.New(fault.Precondition, "the shop is archived").WithCode("SHOP_ARCHIVED").At("shopId")
	}
	return nil
}

// faults are all that is wrong with a level.
func (k about) faults(l Level, now time.Time) (all []*fault.Error) {
	if f := k.wrongShop(); f != nil {
		all = append(all, f)
	}
	if f := fault.WrongText("sku", l.SKU, true, maxText); f != nil {
		all = append(all, f)
	} else if !k.Product {
		all = append(all, fault.New(fault.NotFound, "no order, visit, list or program has told of this product").WithCode("PRODUCT_UNKNOWN").At("sku"))
	}
	if l.Quantity < 0 || l.Quantity > maxStock {
		all = append(all, fault.Outside("quantity", 0, maxStock))
	}
	switch {
	case l.ToldAt.After(now.Add(clocksDiffer)):
		all = append(all, fault.New(fault.Invalid, "this is in the future").WithCode("OUT_OF_RANGE").At("toldAt"))
	case k.ToldAt != nil && !l.ToldAt.IsZero() && l.ToldAt.Truncate(time.Microsecond).Before(*k.ToldAt):
		all = append(all, fault.New(fault.Conflict, "something newer is known").WithCode("OUTDATED").At("toldAt").With("toldAt", *k.ToldAt))
	}
	return all
}
