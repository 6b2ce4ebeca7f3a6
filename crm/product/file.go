package product

import (
	"cmp"
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/imprint"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Take takes over what a file of products or of stock tells: names and
// categories, which then stand for the newest word about a product, costs, and
// how much the file's shop has. A row without a name says nothing new of a
// product that is known, and makes none. A product that a file tells twice keeps
// the last it said, but for two costs from one day.
func (c *Costs) Take(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row) (mall.Tally, error) {
	told, t, err := c.take(ctx, tx, from, rows)
	if err != nil {
		return t, err
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

// take takes rows over and answers with what each did, by its place: those that
// are refused, and those of which all was known, did nothing. An origin without
// an import is a program.
func (c *Costs) take(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row) (told map[int]int, t mall.Tally, err error) {
	told = map[int]int{}
	for _, take := range []func(context.Context, db.Tx, mall.Origin, []mall.Row, map[int]int, *mall.Tally) error{takeNames, c.takeCosts, takeStock} {
		if err := take(ctx, tx, from, rows, told, &t); err != nil {
			return told, t, err
		}
	}
	return told, t, nil
}

// What a row of a file did.
const (
	added   = 1
	changed = 2
)

// takeNames keeps the products of rows with a name, and refuses rows of products
// that nobody has heard of.
func takeNames(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row, told map[int]int, t *mall.Tally) error {
	skus := make([]string, len(rows))
	var products []Product
	last := map[string]int{} // the row that names a product last
	for i, r := range rows {
		skus[i] = r.Good.SKU
		if r.Good.Name != "" {
			last[r.Good.SKU] = i
		}
	}
	var known map[string]Product
	err := tx.Pgx(func(p pgx.Tx) (err error) {
		known, err = bySKU(ctx, p, skus)
		return err
	})
	if err != nil {
		return db.Fault(err)
	}
	lines := map[string]int64{}
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
		lines[sku] = from.Lines[i]
		products = append(products, Product{SKU: sku, Name: good.Name, Category: good.Category, SeenAt: from.At})
	}
	return KeepFrom(ctx, tx, from.ImportID, lines, products)
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
func (c *Costs) takeCosts(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row, told map[int]int, t *mall.Tally) error {
	costs, at := costsOf(rows, t)
	if len(costs) == 0 {
		return nil
	}
	keys := make([]imprint.Row, len(costs))
	for i, cost := range costs {
		keys[i] = imprint.Row{Line: from.Lines[at[i]], Key: []any{cost.SKU, cost.Currency, cost.From.Format(time.DateOnly)}, Says: []any{cost.Amount}}
	}
	twice, err := costTable.Told(ctx, tx, from.Family, keys)
	if err != nil {
		return err
	}
	var once []imprint.Row
	var of []int // place of each among costs
	for i, key := range keys {
		if twice[i] {
			t.Refuse(at[i], costTwice())
			continue
		}
		once, of = append(once, key), append(of, i)
	}
	changes, err := costTable.Keep(ctx, tx, from.ImportID, once)
	if err != nil {
		return err
	}
	var news []Cost
	for _, ch := range changes {
		i := of[ch.At]
		news = append(news, costs[i])
		told[at[i]] = cmp.Or(told[at[i]], changed)
	}
	_, err = c.write(ctx, tx, importOf(from.ImportID), news)
	return err
}

// costsOf are the costs of rows that are good so far, and in which rows they stand.
func costsOf(rows []mall.Row, t *mall.Tally) (costs []Cost, at []int) {
	seen := map[Cost]bool{}
	for i, r := range rows {
		if r.Good.Cost == nil || t.Refused[i] != nil {
			continue
		}
		cost := Cost{SKU: r.Good.SKU, Currency: r.Good.Currency, From: r.Good.From, Amount: *r.Good.Cost}
		if cost.From.IsZero() {
			cost.From = Always
		}
		key := cost
		key.Amount = 0
		switch {
		case cost.Amount > maxCost:
			t.Refuse(i, &mall.Problem{Code: mall.BadAmount, Detail: "beyond measure"})
		case seen[key]:
			t.Refuse(i, costTwice())
		default:
			seen[key] = true
			costs, at = append(costs, cost), append(at, i)
		}
	}
	return costs, at
}

func costTwice() *mall.Problem {
	return &mall.Problem{Code: mall.RepeatedKey, Detail: "the file has a cost of this product from this day before"}
}

// takeStock writes how much the file's shop has, the last word of each product.
func takeStock(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row, told map[int]int, t *mall.Tally) error {
	last := map[string]int{}
	for i, r := range rows {
		if r.Good.Stock != nil && t.Refused[i] == nil {
			last[r.Good.SKU] = i
		}
	}
	var levels []Level
	var lines []int64
	var at []int
	for i, r := range rows {
		if l, ok := last[r.Good.SKU]; ok && l == i {
			levels = append(levels, Level{SKU: r.Good.SKU, ShopID: from.ShopID, Quantity: *r.Good.Stock, ToldAt: from.At})
			lines, at = append(lines, from.Lines[i]), append(at, i)
		}
	}
	changes, err := keepLevels(ctx, tx, from.ImportID, lines, levels)
	for _, ch := range changes {
		told[at[ch.At]] = cmp.Or(told[at[ch.At]], changed)
	}
	return err
}

// What files of products leave, in the order in which it is taken back.
var (
	stockTable = imprint.Table{
		Of: imprint.ProductStock, Name: "product_stock", Key: []string{"sku", "shop_id"},
		Columns: []string{"quantity", "told_at", "import_id"}, Says: []string{"quantity"},
	}
	costTable = imprint.Table{
		Of: imprint.ProductCost, Name: "product_costs", Key: []string{"sku", "currency", "valid_from"},
		Columns: []string{"cost", "updated_at", "updated_by", "import_id"}, Says: []string{"cost"},
	}
	// Names are the products themselves, which files of behaviour name, too.
	Names = imprint.Table{
		Of: imprint.Product, Name: "products", Key: []string{"sku"},
		Columns: []string{"name", "category", "search_text", "seen_at", "import_id"},
		Held: `EXISTS (SELECT FROM product_costs o WHERE o.sku = t.sku AND o.import_id IS DISTINCT FROM ?0)
			OR EXISTS (SELECT FROM product_stock o WHERE o.sku = t.sku AND o.import_id IS DISTINCT FROM ?0)`,
	}
)

// Marks is what files of products leave.
func (*Costs) Marks() []imprint.Mark { return []imprint.Mark{stockTable, costTable, Names} }
