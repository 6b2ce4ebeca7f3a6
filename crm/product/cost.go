package product

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Cost is what one piece of a product costs the merchant, from a day on until
// the next cost of the product in that currency.
type Cost struct {
	SKU      string
	Currency string
	From     time.Time // a day; Always: from the beginning
	Amount   int64     // minor unit
}

// Always is the day of a cost that holds for all orders there ever were.
var Always = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)

// maxCost bounds a cost, so that sums of it stay sums.
const maxCost = 1_000_000_000_000

// Costs keeps what products cost. A cost may be corrected, which changes profit
// of past orders too; the audit log keeps what it was.
type Costs struct {
	DB    *db.DB
	Clock clock.Clock
	Zone  *time.Location // of the merchant
	Base  string         // the currency of costs that are typed in
}

// Good is a product with what is known of its price and cost today.
type Good struct {
	Product
	Price         *int64 // of one piece in a late order, minor unit of the base currency; nil: none seen
	Cost          *int64 // base currency; nil: not known
	From          *time.Time
	Costs         int    // versions, past and to come
	OtherCurrency bool   // there are costs in other currencies, too
	Stock         *int64 // of all shops, as they were told last; nil: nobody told
}

// GoodFilter narrows the list; the zero value takes all.
type GoodFilter struct {
	Search  string   // all words in code or name
	Unknown bool     // only without a cost today
	SKUs    []string // only these, at most MaxSKUs; nil: all
}

// goodsSQL lists goods after a code. The price is that of the newest among some
// late lines: to look at all lines of a product that sells well would take long.
const goodsSQL = `
SELECT p.sku, p.name, p.category, p.seen_at, late.unit_price, now_cost.cost, now_cost.valid_from,
       (SELECT count(*) FROM product_costs k WHERE k.sku = p.sku AND k.currency = $1)::int,
       EXISTS (SELECT FROM product_costs k WHERE k.sku = p.sku AND k.currency <> $1),
       (SELECT sum(s.quantity) FROM product_stock s WHERE s.sku = p.sku)::bigint
FROM products p
LEFT JOIN LATERAL (
    SELECT k.cost, k.valid_from FROM product_costs k WHERE k.sku = p.sku AND k.currency = $1 AND k.valid_from <= $2
    ORDER BY k.valid_from DESC LIMIT 1) now_cost ON true
LEFT JOIN LATERAL (
    SELECT lately.unit_price FROM (
        SELECT l.unit_price, l.customer_id, l.order_id FROM order_lines l WHERE l.sku = p.sku ORDER BY l.customer_id DESC LIMIT 50) lately
    JOIN orders o ON o.customer_id = lately.customer_id AND o.id = lately.order_id AND o.currency = $1 AND o.kind = 'SALE'
    ORDER BY o.ordered_at DESC LIMIT 1) late ON true
WHERE p.sku > $3 AND ($4::text[] IS NULL OR p.search_text LIKE ALL ($4)) AND (NOT $5 OR now_cost.cost IS NULL) AND ($7::text[] IS NULL OR p.sku = ANY ($7))
ORDER BY p.sku LIMIT $6`

// Goods lists products by code, at most limit of those after the code after.
// Errors: fault.Invalid for more than MaxSKUs.
func (c *Costs) Goods(ctx context.Context, f GoodFilter, after string, limit int) ([]Good, error) {
	if err := atMost(f.SKUs); err != nil {
		return nil, err
	}
	rows, err := c.DB.Pool.Query(ctx, goodsSQL, c.Base, c.today(), after, patterns(f.Search), f.Unknown, limit, f.SKUs)
	if err != nil {
		return nil, db.Fault(err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g Good, err error) {
		err = row.Scan(&g.SKU, &g.Name, &g.Category, &g.SeenAt, &g.Price, &g.Cost, &g.From, &g.Costs, &g.OtherCurrency, &g.Stock)
		return g, err
	})
	return list, db.Fault(err)
}

// Coverage is how many products there are, and how many have a cost today.
func (c *Costs) Coverage(ctx context.Context) (products, costed int64, err error) {
	err = c.DB.NewRaw(`SELECT (SELECT count(*) FROM products),
		(SELECT count(*) FROM products p WHERE EXISTS (SELECT FROM product_costs k WHERE k.sku = p.sku AND k.currency = ? AND k.valid_from <= ?))`,
		c.Base, c.today()).Scan(ctx, &products, &costed)
	return products, costed, db.Fault(err)
}

// Of lists the costs of a product, the newest first; at most 200.
func (c *Costs) Of(ctx context.Context, sku string) ([]Cost, error) {
	rows, err := c.DB.Pool.Query(ctx, `SELECT sku, currency, valid_from, cost FROM product_costs WHERE sku = $1 ORDER BY valid_from DESC, currency LIMIT 200`, sku)
	if err != nil {
		return nil, db.Fault(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Cost])
	return list, db.Fault(err)
}

func (c *Costs) today() time.Time {
	y, m, d := c.Clock.Now().In(c.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Set writes one cost, in place of the one from the same day. Errors:
// fault.Invalid (RANGE at cost, BAD_CURRENCY at currency, NOT_FOUND at sku).
func (c *Costs) Set(ctx context.Context, cost Cost) error {
	if cost.Currency == "" {
		cost.Currency = c.Base
	}
	if cost.From.IsZero() {
		cost.From = Always
	}
	if _, ok := mall.MinorDigits(cost.Currency); !ok {
		return fault.New(fault.Invalid, "this is no ISO 4217 currency").WithCode("BAD_CURRENCY").At("currency")
	}
	if cost.Amount < 0 || cost.Amount > maxCost {
		return fault.New(fault.Invalid, "from 0 to %d", int64(maxCost)).WithCode("RANGE").At("cost").With("min", 0).With("max", int64(maxCost))
	}
	return db.RunInTx(ctx, c.DB, func(ctx context.Context, tx db.Tx) error {
		known, err := tx.NewSelect().Table("products").Where("sku = ?", cost.SKU).Exists(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if !known {
			return fault.New(fault.Invalid, "there is no such product").WithCode("NOT_FOUND").At("sku")
		}
		changed, err := c.write(ctx, tx, nil, []Cost{cost})
		if err != nil || len(changed) == 0 {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: "product.set_cost", ObjectKind: "Product", Detail: map[string]any{
			"sku": cost.SKU, "currency": cost.Currency, "from": cost.From.Format(time.DateOnly), "cost": cost.Amount, "was": changed[0].was,
		}})
	})
}

// Remove takes one cost back. One that is not there is none the less gone.
func (c *Costs) Remove(ctx context.Context, cost Cost) error {
	return db.RunInTx(ctx, c.DB, func(ctx context.Context, tx db.Tx) error {
		var was []int64
		err := tx.NewRaw(`DELETE FROM product_costs WHERE sku = ? AND currency = ? AND valid_from = ? RETURNING cost`,
			cost.SKU, cost.Currency, cost.From).Scan(ctx, &was)
		if err != nil || len(was) == 0 {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "product.remove_cost", ObjectKind: "Product", Detail: map[string]any{
			"sku": cost.SKU, "currency": cost.Currency, "from": cost.From.Format(time.DateOnly), "was": was[0],
		}})
	})
}

// changedCost is a cost that a write changed, and what it was.
type changedCost struct {
	row int    // of the costs written
	was *int64 // nil: there was none
}

// write puts costs in their places and answers with those it changed. importID
// is the import that tells them, nil for staff.
func (c *Costs) write(ctx context.Context, tx db.Tx, importID *int64, costs []Cost) (changed []changedCost, err error) {
	n := len(costs)
	skus, currencies, days, amounts := make([]string, n), make([]string, n), make([]time.Time, n), make([]int64, n)
	for i, cost := range costs {
		skus[i], currencies[i], days[i], amounts[i] = cost.SKU, cost.Currency, cost.From, cost.Amount
	}
	err = tx.Pgx(func(p pgx.Tx) error {
		rows, err := p.Query(ctx, `
			WITH given AS (
			    SELECT g.*, k.cost AS was FROM unnest($1::text[], $2::text[], $3::date[], $4::bigint[]) WITH ORDINALITY AS g (sku, currency, valid_from, cost, row)
			    LEFT JOIN product_costs k USING (sku, currency, valid_from)
			    WHERE k.cost IS DISTINCT FROM g.cost
			), written AS (
			    INSERT INTO product_costs (sku, currency, valid_from, cost, updated_at, updated_by, import_id)
			    SELECT sku, currency, valid_from, cost, $5, $6, $7 FROM given
			    ON CONFLICT (sku, currency, valid_from) DO UPDATE SET cost = excluded.cost, updated_at = excluded.updated_at,
			        updated_by = excluded.updated_by, import_id = excluded.import_id
			)
			SELECT row - 1, was FROM given ORDER BY row`, skus, currencies, days, amounts, c.Clock.Now(), access.CallerFrom(ctx).Principal.StaffID(), importID)
		if err != nil {
			return err
		}
		changed, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (cc changedCost, err error) {
			err = row.Scan(&cc.row, &cc.was)
			return cc, err
		})
		return err
	})
	return changed, db.Fault(err)
}
