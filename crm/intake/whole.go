package intake

import (
	"context"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// Whole is what a file has brought so far, together with those of its rows that
// were refused and came back mended. What mends brought that were undone, or are
// being undone, is not in it.
type Whole struct {
	ImportID                     int64
	Inserted, Updated, Unchanged int64 // rows
	WithoutCustomer              int64 // of them
	Orders, Cancellations        int64
	Customers, CustomersMade     int64
	Consents, Members, Actions   int64
	Mending                      *int64 // the import that is bringing mended rows at the moment
}

// Wholes are the figures of imports, in no order; of one that mends another they
// are its own.
func (s *Service) Wholes(ctx context.Context, ids []int64) ([]Whole, error) {
	var rows []Whole
	err := s.db.NewRaw(`SELECT i.id AS import_id, i.rows_inserted + m.inserted AS inserted, i.rows_updated + m.updated AS updated,
			i.rows_unchanged + i.rows_known + m.unchanged AS unchanged, i.rows_without_customer + m.without_customer AS without_customer,
			i.orders_count + m.orders AS orders, i.cancellations_count + m.cancellations AS cancellations,
			i.customers_count + m.customers AS customers, i.customers_made + m.customers_made AS customers_made,
			i.consents_count + m.consents AS consents, i.members_count + m.members AS members, i.actions_count + m.actions AS actions, m.mending
		FROM imports i CROSS JOIN LATERAL (
			SELECT coalesce(sum(rows_inserted), 0)::bigint AS inserted, coalesce(sum(rows_updated), 0)::bigint AS updated,
				coalesce(sum(rows_unchanged), 0)::bigint AS unchanged, coalesce(sum(rows_without_customer), 0)::bigint AS without_customer,
				coalesce(sum(orders_added), 0)::bigint AS orders, coalesce(sum(cancellations_added), 0)::bigint AS cancellations,
				coalesce(sum(customers_added), 0)::bigint AS customers, coalesce(sum(customers_made), 0)::bigint AS customers_made,
				coalesce(sum(consents_count), 0)::bigint AS consents, coalesce(sum(members_count), 0)::bigint AS members,
				coalesce(sum(actions_count), 0)::bigint AS actions, max(id) FILTER (WHERE status IN ('QUEUED', 'RUNNING')) AS mending
			FROM imports WHERE mends_id = i.id AND mode <> ?
		) m WHERE i.id = ANY (?::bigint[])`, undoing, pgdialect.Array(ids)).Scan(ctx, &rows)
	return rows, db.Fault(err)
}

// Mending reports whether refused rows of an import are being brought back.
func (s *Service) Mending(ctx context.Context, id int64) (bool, error) {
	var mending bool
	err := s.db.NewRaw("SELECT EXISTS (SELECT FROM imports WHERE mends_id = ? AND mode <> ? AND status IN ('QUEUED', 'RUNNING'))", id, undoing).Scan(ctx, &mending)
	return mending, db.Fault(err)
}
