package product

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Stock is how much of a product a shop has, as its last file told.
type Stock struct {
	ShopID   int64
	Quantity int64
	ToldAt   time.Time
}

// StockOf lists what shops have of a product.
func (c *Costs) StockOf(ctx context.Context, sku string) ([]Stock, error) {
	rows, err := c.DB.Pool.Query(ctx, "SELECT shop_id, quantity, told_at FROM product_stock WHERE sku = $1 ORDER BY shop_id", sku)
	if err != nil {
		return nil, db.Fault(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Stock])
	return list, db.Fault(err)
}

// Take takes over what a file of products or of stock tells: names and
// categories, which then stand for the newest word about a product, costs, and
// how much the file's shop has. A row without a name says nothing new of a
// product that is known, and makes none. A product that a file tells twice keeps
// the last it said, but for two costs from one day.
func (c *Costs) Take(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row) (mall.Tally, error) {
	var t mall.Tally
	told := map[int]int{} // what a row did
	err := tx.Pgx(func(p pgx.Tx) error { return takeNames(ctx, p, from, rows, told, &t) })
	if err != nil {
		return t, db.Fault(err)
	}
	if err := c.takeCosts(ctx, tx, rows, told, &t); err != nil {
		return t, err
	}
	err = tx.Pgx(func(p pgx.Tx) error { return takeStock(ctx, p, from, rows, told, &t) })
	if err != nil {
		return t, db.Fault(err)
	}
	for i := range rows {
		switch {
		case t.Refused[i] != nil:
		case told[i] == added:
			t.Added++
		case told[i] == changed:
			t.Changed++
		default:
			t.Same++
		}
	}
	if t.Added+t.Changed == 0 {
		return t, nil
	}
	return t, access.Audit(ctx, tx, access.Entry{Action: "product.import", ObjectKind: "Import", ObjectID: from.ImportID, Detail: map[string]any{
		"added": t.Added, "changed": t.Changed,
	}})
}

// What a row of a file did.
const (
	added   = 1
	changed = 2
)

// takeNames keeps the products of rows with a name, and refuses rows of products
// that nobody has heard of.
func takeNames(ctx context.Context, tx pgx.Tx, from mall.Origin, rows []mall.Row, told map[int]int, t *mall.Tally) error {
	skus := make([]string, len(rows))
	var products []Product
	last := map[string]int{} // the row that names a product last
	for i, r := range rows {
		skus[i] = r.Good.SKU
		if r.Good.Name != "" {
			last[r.Good.SKU] = i
		}
	}
	known, err := bySKU(ctx, tx, skus)
	if err != nil {
		return err
	}
	for i, sku := range skus {
		was, there := known[sku]
		at, named := last[sku]
		good := rows[i].Good
		switch {
		case !named && !there:
			t.Refuse(i, &mall.Problem{Code: mall.UnknownProduct, Detail: "no order, visit or list has told of this product"})
			continue
		case at != i || !named:
			continue
		case !there:
			told[i] = added
		case was.Name != good.Name || good.Category != "" && was.Category != good.Category:
			told[i] = changed
		}
		products = append(products, Product{SKU: sku, Name: good.Name, Category: good.Category, SeenAt: from.At})
	}
	return Keep(ctx, tx, products)
}

// bySKU are those of the products with these codes that there are.
func bySKU(ctx context.Context, tx pgx.Tx, skus []string) (map[string]Product, error) {
	rows, err := tx.Query(ctx, "SELECT sku, name, category, seen_at FROM products WHERE sku = ANY ($1)", skus)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Product])
	found := make(map[string]Product, len(list))
	for _, p := range list {
		found[p.SKU] = p
	}
	return found, err
}

// takeCosts writes the costs that rows tell.
func (c *Costs) takeCosts(ctx context.Context, tx db.Tx, rows []mall.Row, told map[int]int, t *mall.Tally) error {
	var costs []Cost
	var at []int
	seen := map[string]bool{}
	for i, r := range rows {
		if r.Good.Cost == nil || t.Refused[i] != nil {
			continue
		}
		cost := Cost{SKU: r.Good.SKU, Currency: r.Good.Currency, From: r.Good.From, Amount: *r.Good.Cost}
		if cost.From.IsZero() {
			cost.From = Always
		}
		switch key := fmt.Sprint(cost.SKU, "\x00", cost.Currency, cost.From); {
		case cost.Amount > maxCost:
			t.Refuse(i, &mall.Problem{Code: mall.BadAmount, Detail: "beyond measure"})
		case seen[key]:
			t.Refuse(i, &mall.Problem{Code: mall.RepeatedKey, Detail: "the file has a cost of this product from this day before"})
		default:
			seen[key] = true
			costs, at = append(costs, cost), append(at, i)
		}
	}
	if len(costs) == 0 {
		return nil
	}
	wrote, err := c.write(ctx, tx, costs)
	for _, w := range wrote {
		told[at[w.row]] = cmp.Or(told[at[w.row]], changed)
	}
	return err
}

// takeStock writes how much the file's shop has, the last word of each product.
func takeStock(ctx context.Context, tx pgx.Tx, from mall.Origin, rows []mall.Row, told map[int]int, t *mall.Tally) error {
	last := map[string]int{}
	for i, r := range rows {
		if r.Good.Stock != nil && t.Refused[i] == nil {
			last[r.Good.SKU] = i
		}
	}
	var skus []string
	var numbers []int64
	for i, r := range rows {
		if at, ok := last[r.Good.SKU]; ok && at == i {
			skus, numbers = append(skus, r.Good.SKU), append(numbers, *r.Good.Stock)
		}
	}
	if len(skus) == 0 {
		return nil
	}
	written, err := tx.Query(ctx, `INSERT INTO product_stock AS s (sku, shop_id, quantity, told_at)
		SELECT n.sku, $3, n.quantity, $4 FROM unnest($1::text[], $2::bigint[]) AS n (sku, quantity) ORDER BY n.sku
		ON CONFLICT (sku, shop_id) DO UPDATE SET quantity = excluded.quantity, told_at = excluded.told_at WHERE s.quantity <> excluded.quantity
		RETURNING sku`, skus, numbers, from.ShopID, from.At)
	if err != nil {
		return err
	}
	var sku string
	_, err = pgx.ForEachRow(written, []any{&sku}, func() error {
		told[last[sku]] = cmp.Or(told[last[sku]], changed)
		return nil
	})
	return err
}
