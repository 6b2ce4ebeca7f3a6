package intake

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
)

// UndoPreview is what the undoing of an import would change, as things stand.
type UndoPreview struct {
	Removed     int64     // orders that would vanish
	Sales       int64     // their net sales in the base currency, minor unit
	Restored    int64     // orders that would be again as they were before
	Kept        int64     // orders that stay, because of the imports in Later
	Customers   int64     // that would vanish
	KeptMade    int64     // customers of a file of customers, made or with words of consent, who would stay
	Consents    int64     // words of consent that would be taken back
	Members     int64     // whose membership would be taken back
	Values      int64     // of custom properties that would be as they were before
	Points      int64     // earned on orders that would vanish, or granted by the file, and clawed back
	PointsBack  int64     // spent on them, or taken by the file, and given back
	Stages      int64     // members whose spend would no longer reach their stage
	Conversions int64     // orders credited to campaigns
	Things      []Thing   // of files that are neither of orders nor of customers; none of which there is nothing
	Later       []Blocker // newest first, at most maxBlockers
	Until       time.Time // when the import can no longer be undone
}

// Blocker is a later import that changed what an earlier one told.
type Blocker struct {
	ImportID int64
	FileName string
	Orders   int64
	Rows     int64 // of Things
}

// maxBlockers is how many later imports a preview names.
const maxBlockers = 20

// PreviewUndo says what the undoing of an import would change. It only reads.
// Points and stages of orders that would go back to what they were before are
// computed anew when that happens, and are not in the figures.
// Errors: as Undo.
func (s *Service) PreviewUndo(ctx context.Context, id int64) (*UndoPreview, error) {
	imp, err := s.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := s.undoable(ctx, s.db, imp); err != nil {
		return nil, err
	}
	p := &UndoPreview{Until: UndoableUntil(imp)}
	if isTable(imp.Kind) {
		return p, s.previewMarks(ctx, p, imp)
	}
	going := s.db.NewRaw(`SELECT o.id FROM import_orders i JOIN orders o ON o.id = i.order_id
		WHERE i.import_id = ? AND i.before IS NULL AND o.import_id = i.import_id`, id)
	for _, part := range []func() error{
		func() error { return s.previewOrders(ctx, p, id) },
		func() error { return s.previewFollowers(ctx, p, going) },
		func() error { return s.previewStages(ctx, p, going) },
		func() error { return s.previewCustomers(ctx, p, imp, going) },
	} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (s *Service) previewOrders(ctx context.Context, p *UndoPreview, id int64) error {
	err := s.db.NewRaw(`SELECT count(*) FILTER (WHERE i.before IS NULL AND o.import_id = ?0) AS removed,
			coalesce(sum(net_sales(o, d)) FILTER (WHERE i.before IS NULL AND o.import_id = ?0 AND o.currency = ?1), 0)::bigint AS sales,
			count(*) FILTER (WHERE i.before IS NOT NULL AND o.import_id = ?0) AS restored,
			count(*) FILTER (WHERE o.import_id IS DISTINCT FROM ?0) AS kept
		FROM import_orders i JOIN orders o ON o.id = i.order_id JOIN net_sales_definitions d ON d.state = 'IN_FORCE' WHERE i.import_id = ?0`, id, order.BaseCurrency).
		Scan(ctx, &p.Removed, &p.Sales, &p.Restored, &p.Kept)
	if err != nil || p.Kept == 0 {
		return db.Fault(err)
	}
	err = s.db.NewRaw(`SELECT m.id AS import_id, m.file_name, count(*) AS orders
		FROM import_orders i JOIN orders o ON o.id = i.order_id JOIN imports m ON m.id = o.import_id
		WHERE i.import_id = ?0 AND o.import_id <> ?0 GROUP BY m.id ORDER BY m.id DESC LIMIT ?1`, id, maxBlockers).Scan(ctx, &p.Later)
	return db.Fault(err)
}

// previewFollowers counts what hangs on orders that would vanish.
func (s *Service) previewFollowers(ctx context.Context, p *UndoPreview, going *bun.RawQuery) error {
	err := s.db.NewRaw(`WITH going AS (?) SELECT
			coalesce((SELECT sum(l.amount - l.clawed_back) FROM point_lots l JOIN going ON going.id = l.order_id), 0)::bigint,
			coalesce((SELECT sum(e.amount) FROM going JOIN orders o USING (id)
				JOIN point_bookings b ON b.customer_id = o.customer_id AND b.shop_id = o.shop_id AND b.order_no = o.order_no
				JOIN point_entries e ON e.customer_id = b.customer_id AND e.booking_id = b.id AND e.account = 'REDEEMED'), 0)::bigint,
			(SELECT count(*) FROM conversions v JOIN going ON going.id = v.order_id)`, going).
		Scan(ctx, &p.Points, &p.PointsBack, &p.Conversions)
	return db.Fault(err)
}

// previewStages counts members whose spend within the months of their stage
// would no longer reach it.
func (s *Service) previewStages(ctx context.Context, p *UndoPreview, going *bun.RawQuery) error {
	err := s.db.NewRaw(`WITH going AS (?0), lost AS (SELECT DISTINCT o.customer_id FROM orders o JOIN going USING (id))
		SELECT count(*) FROM lost JOIN member_stages m USING (customer_id) JOIN stages t ON t.id = m.stage_id
		WHERE t.spend_threshold > 0 AND t.spend_threshold > coalesce((
			SELECT sum(net_sales(o, d)) FROM orders o JOIN net_sales_definitions d ON d.state = 'IN_FORCE' WHERE o.customer_id = m.customer_id AND o.currency = ?1
			AND o.ordered_at >= ?2::timestamptz - t.window_months * interval '1 month' AND o.id NOT IN (SELECT id FROM going)), 0)`,
		going, order.BaseCurrency, s.clock.Now()).Scan(ctx, &p.Stages)
	return db.Fault(err)
}

// previewCustomers counts those of whom nothing would be left: their orders
// vanish, or go back to being a stranger's.
func (s *Service) previewCustomers(ctx context.Context, p *UndoPreview, imp *db.Import, going *bun.RawQuery) error {
	var err error
	if imp.Kind == ordersKind {
		leaving := s.db.NewRaw(`? UNION ALL SELECT o.id FROM import_orders i JOIN orders o ON o.id = i.order_id AND o.import_id = i.import_id
			JOIN customers c ON c.id = (i.before->'order'->>'customer_id')::bigint AND c.anonymous WHERE i.import_id = ?`, going, imp.ID)
		p.Customers, err = customer.WouldVanish(ctx, s.db, imp.ID, leaving)
		return err
	}
	made := s.db.NewRaw("SELECT customer_id FROM import_customers WHERE import_id = ?", imp.ID)
	if p.Customers, p.Consents, err = customer.WouldTakeBack(ctx, s.db, imp.ID, made); err != nil {
		return err
	}
	err = s.db.NewRaw("SELECT count(*) FROM (?) made", made).Scan(ctx, &p.KeptMade)
	p.KeptMade -= p.Customers
	if err == nil {
		p.Values, err = property.WouldTakeBack(ctx, s.db, imp.ID)
	}
	if err != nil || imp.MembersCount+imp.ActionsCount == 0 {
		return db.Fault(err)
	}
	err = s.db.NewRaw(`SELECT (SELECT count(*) FROM import_customers WHERE import_id = ?0 AND since_told IS NOT NULL),
			coalesce(sum(amount) FILTER (WHERE kind = 'GRANT'), 0)::bigint, coalesce(sum(amount) FILTER (WHERE kind <> 'GRANT'), 0)::bigint
		FROM point_bookings b JOIN import_customers i ON i.customer_id = b.customer_id AND i.import_id = ?0
		WHERE b.idempotency_key LIKE 'told:%' AND b.detail->>'import' = (?0)::text`, imp.ID).Scan(ctx, &p.Members, &p.Points, &p.PointsBack)
	return db.Fault(err)
}
