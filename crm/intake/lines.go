package intake

import (
	"context"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// lineSource is a statement's FROM: the stage's lines of the orders that three
// arrays name: heads, and what to write of each. Lines that a program tells come
// along as one more argument.
func (b *batch) lineSource() string {
	lines := linesTable(b.imp.ID) + " l"
	if b.toldLines != "" {
		lines = "jsonb_to_recordset(?::jsonb) AS l (" + toldColumns + ")"
	}
	return `unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) AS m (head, customer_id, order_id, base)
		JOIN ` + lines + ` ON l.head = m.head`
}

func (b *batch) lineArgs(orders []*staged) []any {
	args := headArgs(orders, func(o *staged) []int64 { return o.heads })
	if b.toldLines != "" {
		args = append(args, b.toldLines)
	}
	return args
}

// rowArgs are lineArgs for the rows of the file, whatever lines their orders come to.
func rowArgs(orders []*staged) []any { return headArgs(orders, (*staged).rowHeads) }

func (o *staged) rowHeads() []int64 {
	if o.half != nil {
		return o.half.heads
	}
	return o.heads
}

func headArgs(orders []*staged, of func(*staged) []int64) []any {
	var heads, customers, ids, bases []int64
	for _, o := range orders {
		for i, h := range of(o) {
			base := int64(0)
			if i < len(o.bases) {
				base = o.bases[i]
			}
			heads, bases = append(heads, h), append(bases, base)
			customers, ids = append(customers, o.customerID), append(ids, o.orderID)
		}
	}
	return []any{pgdialect.Array(heads), pgdialect.Array(customers), pgdialect.Array(ids), pgdialect.Array(bases)}
}

const lineValues = `m.customer_id, m.order_id, coalesce(l.line_key, (m.base + l.place)::text),
	l.sku, l.name, l.option, l.unit_price, l.quantity, l.amount, l.tax_rate`

// insertLines copies the lines of new orders from the stage; they never leave Postgres.
func (b *batch) insertLines(ctx context.Context) error {
	if len(b.fresh) == 0 {
		return nil
	}
	_, err := b.tx.NewRaw(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, name, option, unit_price, quantity, amount, tax_rate)
		SELECT `+lineValues+` FROM `+b.lineSource(), b.lineArgs(b.fresh)...).Exec(ctx)
	for _, o := range b.fresh {
		b.figures.inserted += b.told(o)
	}
	return db.Fault(err)
}
