package customer

import (
	"context"

	"github.com/uptrace/bun"
)

// Belongings are the tables whose rows a merge moves.
func Belongings() (tables []string) {
	for _, b := range belongings {
		tables = append(tables, b.table)
	}
	return tables
}

// Vanishing are the tables that a customer of whom nothing is known vanishes from.
var Vanishing = vanishing

// PlanOf is how Postgres runs the statement for the keys of a page, as JSON with
// the rows it really read.
func PlanOf(ctx context.Context, s *Service, f Filter, by Sort, descending bool, after *Cursor, limit int) (plan []byte, err error) {
	err = s.read(ctx, f, func(ctx context.Context, idb bun.IDB, n narrowing) error {
		q, err := pageOf(ctx, idb, f, n)
		if err != nil {
			return err
		}
		page := ordered(q, by, descending, after).ColumnExpr("s.customer_id").Limit(int64(limit))
		return idb.NewRaw("EXPLAIN (ANALYZE, FORMAT JSON) ?", page).Scan(ctx, &plan)
	})
	return plan, err
}
