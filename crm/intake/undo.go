package intake

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
)

// Undo begins to take back what an import brought: orders it made vanish,
// orders it changed are again as they were before, and what hangs on them
// follows: points, stages, conversions, rollups, and customers that only the
// import knew. So do products, costs, behaviours and suppressions of other files.
// What something later changed stays. It is work like the
// import itself: it can be stopped and resumed, survives its worker, and never
// does anything twice. An import that is undone can be imported again.
// Errors: fault.NotFound; fault.Precondition IMPORT_UNDONE, IMPORT_RUNNING,
// IMPORT_MENDING while its refused rows are being mended, UNDO_EXPIRED.
func (s *Service) Undo(ctx context.Context, id int64) (*db.Import, error) {
	return s.transition(ctx, id, "import.undo", func(imp *db.Import, tx bun.IDB) (bool, error) {
		if err := s.undoable(ctx, tx, imp); err != nil {
			return false, err
		}
		left, err := s.totalLeft(ctx, tx, imp)
		if err != nil {
			return false, err
		}
		_, err = tx.NewRaw(`UPDATE imports SET mode = ?0, status = 'QUEUED', phase = 'APPLYING', undo_begun_at = ?1, finished_at = NULL,
				stop_requested = false, lease_owner = NULL, lease_until = NULL, error_code = NULL, error_detail = NULL,
				undo_total = ?3 + (SELECT count(*) FROM import_orders WHERE import_id = ?2) + (SELECT count(*) FROM import_customers WHERE import_id = ?2)
			WHERE id = ?2`, undoing, s.clock.Now(), id, left).Exec(ctx)
		return true, db.Fault(err)
	})
}

// undoable says whether an import can be undone now.
func (s *Service) undoable(ctx context.Context, idb bun.IDB, imp *db.Import) error {
	refuse := func(code, message string) error {
		return fault.New(fault.Precondition, "%s", message).WithCode(code).At("id")
	}
	var mending bool
	err := idb.NewRaw("SELECT EXISTS (SELECT FROM imports WHERE mends_id = ? AND status IN ('QUEUED', 'RUNNING'))", imp.ID).Scan(ctx, &mending)
	switch {
	case err != nil:
		return db.Fault(err)
	case imp.Mode == undoing:
		return refuse("IMPORT_UNDONE", "the import is undone, or about to be")
	case !ended(imp):
		return refuse("IMPORT_RUNNING", "stop the import first")
	case mending:
		return refuse("IMPORT_MENDING", "refused rows of the import are being mended")
	case s.clock.Now().After(UndoableUntil(imp)):
		return refuse("UNDO_EXPIRED", "what the import changed is no longer kept")
	}
	return nil
}

// Undoable is until when an import can be undone; nil when it cannot.
func Undoable(imp *db.Import) *time.Time {
	if imp.Mode == undoing || !ended(imp) {
		return nil
	}
	until := UndoableUntil(imp)
	return &until
}

// UndoableUntil is when what an import changed is no longer kept.
func UndoableUntil(imp *db.Import) time.Time { return imp.CreatedAt.Add(keepImagesFor) }

// ordersPerUndo bounds one transaction of an undoing.
const ordersPerUndo = 500

// undo takes back batch after batch until nothing is left.
func (w *worker) undo(ctx context.Context) error {
	if err := w.s.db.NewSelect().Model(&w.shop).Where("id = ?", w.imp.ShopID).Scan(ctx); err != nil {
		return db.Fault(err)
	}
	for _, next := range []func(context.Context) (bool, error){w.undoOrders, w.undoWaiting, w.undoCustomers, w.undoMarks, w.reopenRows} {
		for more := true; more; {
			var err error
			if more, err = next(ctx); err != nil {
				return err
			}
			if more && w.imp.StopRequested {
				return lease.ErrStopped
			}
		}
	}
	return w.finish(ctx)
}

// undoOrders takes back the next orders; more is false when there were none.
func (w *worker) undoOrders(ctx context.Context) (more bool, err error) {
	before := *w.imp
	err = db.RunInTx(ctx, w.s.db, func(ctx context.Context, tx db.Tx) error {
		u := &undoBatch{s: w.s, imp: w.imp, tx: tx, now: w.s.clock.Now()}
		if err := u.run(ctx); err != nil {
			return db.Fault(err)
		}
		if more = len(u.all) > 0; !more {
			return nil
		}
		err := w.update(ctx, tx, `undo_removed = undo_removed + ?, undo_restored = undo_restored + ?, undo_kept = undo_kept + ?,
			undo_customers = undo_customers + ?`, len(u.removed), len(u.restored), u.kept(), len(u.gone))
		if err != nil {
			return err
		}
		return db.Fault(live.Notify(ctx, tx, live.Import, w.imp.ID))
	})
	if err != nil {
		*w.imp = before
	}
	return more, err
}

// undoCustomers takes back the next customers that a file of customers made.
func (w *worker) undoCustomers(ctx context.Context) (more bool, err error) {
	before := *w.imp
	err = db.RunInTx(ctx, w.s.db, func(ctx context.Context, tx db.Tx) error {
		if err := customer.Together(ctx, tx); err != nil {
			return err
		}
		var made []int64
		err := tx.NewRaw("SELECT customer_id FROM import_customers WHERE import_id = ? ORDER BY customer_id LIMIT ?", w.imp.ID, ordersPerUndo).Scan(ctx, &made)
		if err != nil || len(made) == 0 {
			return db.Fault(err)
		}
		more = true
		if err := customer.TakeBackConsents(ctx, tx, w.imp.ID, made, w.s.clock.Now()); err != nil {
			return err
		}
		if err := property.TakeBack(ctx, tx, w.imp.ID, made, w.s.clock.Now()); err != nil {
			return err
		}
		if err := w.undoMembers(ctx, tx, made); err != nil {
			return err
		}
		if p := w.s.hooks.Points; p != nil {
			if err := p.UndoAwards(ctx, tx, w.imp.ID, made); err != nil {
				return err
			}
		}
		_, err = tx.NewRaw("DELETE FROM import_customers WHERE import_id = ? AND customer_id = ANY (?::bigint[])", w.imp.ID, pgdialect.Array(made)).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		gone, err := customer.Vanish(ctx, tx, w.imp.ID, made)
		if err != nil {
			return err
		}
		err = w.update(ctx, tx, "undo_kept = undo_kept + ?, undo_customers = undo_customers + ?", len(made)-len(gone), len(gone))
		if err != nil {
			return err
		}
		return db.Fault(live.Notify(ctx, tx, live.Import, w.imp.ID))
	})
	if err != nil {
		*w.imp = before
	}
	return more, err
}

// reopenRows puts the rows that a file mended back into the quarantine they came
// from; those of orders went with their orders. There is never more of it.
func (w *worker) reopenRows(ctx context.Context) (more bool, err error) {
	if w.imp.MendsID == nil || w.imp.Kind == ordersKind {
		return false, nil
	}
	return false, db.RunInTx(ctx, w.s.db, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewRaw("UPDATE import_quarantine SET patch = NULL, patched_by = NULL, mended_at = NULL WHERE import_id = ? AND patched_by = ?",
			*w.imp.MendsID, w.imp.ID).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return w.s.countMended(ctx, tx, *w.imp.MendsID)
	})
}

// undoBatch is the work of one transaction of an undoing.
type undoBatch struct {
	s   *Service
	imp *db.Import
	tx  db.Tx
	now time.Time

	all       []int64 // orders that the import made or changed
	removed   []int64 // of them, those it made
	restored  []int64 // and those it changed; in both nothing came after it
	customers []int64 // whose orders these are, or were
	gone      []int64 // customers of whom nothing is left
}

func (u *undoBatch) kept() int { return len(u.all) - len(u.removed) - len(u.restored) }

func (u *undoBatch) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{
		u.together, u.load, u.restore, u.cancel, u.settle, u.untell, u.remove, u.follow, u.reopen,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// together keeps everybody who he is: see customer.Together.
func (u *undoBatch) together(ctx context.Context) error {
	if err := customer.Together(ctx, u.tx); err != nil {
		return err
	}
	return lockParts(ctx, u.tx, u.imp.ShopID)
}

// load takes the next orders off the import's list and locks their keys, as
// imports do before they change an order.
func (u *undoBatch) load(ctx context.Context) error {
	err := u.tx.NewRaw("SELECT order_id FROM import_orders WHERE import_id = ? ORDER BY order_id LIMIT ?", u.imp.ID, ordersPerUndo).Scan(ctx, &u.all)
	if err != nil || len(u.all) == 0 {
		return db.Fault(err)
	}
	_, err = u.tx.NewRaw(`SELECT 1 FROM order_keys k JOIN orders o ON o.shop_id = k.shop_id AND o.order_no = k.order_no
		WHERE o.id = ANY (?::bigint[]) ORDER BY k.order_no FOR UPDATE OF k`, pgdialect.Array(u.all)).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	var rows []struct {
		ID, CustomerID int64
		Made           bool
	}
	err = u.tx.NewRaw(`SELECT o.id, o.customer_id, i.before IS NULL AS made FROM import_orders i JOIN orders o ON o.id = i.order_id
		WHERE i.import_id = ?0 AND i.order_id = ANY (?1::bigint[]) AND o.import_id = ?0 ORDER BY o.id`, u.imp.ID, pgdialect.Array(u.all)).Scan(ctx, &rows)
	for _, r := range rows {
		u.customers = append(u.customers, r.CustomerID)
		if r.Made {
			u.removed = append(u.removed, r.ID)
		} else {
			u.restored = append(u.restored, r.ID)
		}
	}
	return db.Fault(err)
}

// restore puts changed orders back as they stood, with their lines. One that
// the import had given to its buyer goes back to where it was.
func (u *undoBatch) restore(ctx context.Context) error {
	if len(u.restored) == 0 {
		return nil
	}
	var back []int64
	err := u.tx.NewRaw(`SELECT DISTINCT (i.before->'order'->>'customer_id')::bigint FROM import_orders i JOIN orders o ON o.id = i.order_id
		JOIN customers c ON c.id = (i.before->'order'->>'customer_id')::bigint AND c.anonymous
		WHERE i.import_id = ? AND i.order_id = ANY (?::bigint[])`, u.imp.ID, pgdialect.Array(u.restored)).Scan(ctx, &back)
	if err != nil {
		return db.Fault(err)
	}
	u.customers = append(u.customers, back...)
	for _, sql := range restoreSteps {
		if _, err := u.tx.NewRaw(sql, u.imp.ID, pgdialect.Array(u.restored), u.now, pgdialect.Array(u.customers)).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

// restoreSteps bring orders (?1) back as import ?0 found them. Whose they are
// does not go back, because customers may have been merged since, but for
// orders that were a stranger's.
var restoreSteps = []string{
	`DELETE FROM order_lines l USING orders o WHERE o.id = ANY (?1::bigint[]) AND l.customer_id = o.customer_id AND l.order_id = o.id`,
	`UPDATE order_keys k SET customer_id = c.id FROM import_orders i, orders o, customers c
		WHERE i.import_id = ?0 AND i.order_id = ANY (?1::bigint[]) AND o.id = i.order_id AND k.shop_id = o.shop_id AND k.order_no = o.order_no
		AND c.id = (i.before->'order'->>'customer_id')::bigint AND c.anonymous`,
	`UPDATE orders o SET customer_id = k.customer_id, kind = r.kind, status = r.status, ordered_at = r.ordered_at, shipped_at = r.shipped_at,
			cancelled_at = r.cancelled_at, currency = r.currency, goods_amount = r.goods_amount, shipping_amount = r.shipping_amount,
			fee_amount = r.fee_amount, tax_amount = r.tax_amount, tax_breakdown = r.tax_breakdown, shop_coupon = r.shop_coupon,
			mall_coupon = r.mall_coupon, points_used = r.points_used, total_amount = r.total_amount, net_sales = r.net_sales,
			quantity = r.quantity, coupon_codes = r.coupon_codes, gift = r.gift, content_hash = r.content_hash, known_by = r.known_by,
			import_id = r.import_id, updated_at = ?2
		FROM import_orders i CROSS JOIN LATERAL jsonb_populate_record(NULL::orders, i.before->'order') r, order_keys k
		WHERE i.import_id = ?0 AND i.order_id = ANY (?1::bigint[]) AND o.id = i.order_id AND k.shop_id = o.shop_id AND k.order_no = o.order_no`,
	`INSERT INTO order_lines (customer_id, order_id, line_key, sku, name, option, unit_price, quantity, amount, tax_rate)
		SELECT o.customer_id, o.id, r.line_key, r.sku, r.name, r.option, r.unit_price, r.quantity, r.amount, r.tax_rate
		FROM import_orders i JOIN orders o ON o.id = i.order_id CROSS JOIN LATERAL jsonb_populate_recordset(NULL::order_lines, i.before->'lines') r
		WHERE i.import_id = ?0 AND i.order_id = ANY (?1::bigint[])`,
	// What happened to the order since it was placed is told anew by whichever file tells it again.
	`DELETE FROM events e USING orders o WHERE o.id = ANY (?1::bigint[]) AND e.ref_id = o.id AND e.customer_id = ANY (?3::bigint[])
		AND (e.customer_id <> o.customer_id AND e.kind LIKE 'order.%' OR e.kind = 'order.cancelled' AND o.cancelled_at IS NULL OR e.kind = 'order.shipped' AND o.shipped_at IS NULL)`,
}

// cancel makes orders that are about to vanish worth nothing, so that what
// hangs on them is given back by the rules for cancelled orders.
func (u *undoBatch) cancel(ctx context.Context) error {
	if len(u.removed) == 0 {
		return nil
	}
	_, err := u.tx.NewRaw(`UPDATE orders SET status = 'CANCELLED', cancelled_at = coalesce(cancelled_at, ?), net_sales = 0 WHERE id = ANY (?::bigint[])`,
		u.now, pgdialect.Array(u.removed)).Exec(ctx)
	return db.Fault(err)
}

// settle lets the ledger and the campaigns follow.
func (u *undoBatch) settle(ctx context.Context) error {
	orders := append(append([]int64{}, u.removed...), u.restored...)
	if len(orders) == 0 {
		return nil
	}
	if l := u.s.hooks.Ledger; l != nil {
		if err := l.SettleOrders(ctx, u.tx, orders); err != nil {
			return err
		}
	}
	if c := u.s.hooks.Conversions; c != nil {
		return c.CreditOrders(ctx, u.tx, orders)
	}
	return nil
}

// remove takes orders out that the import had made, and what tells of them.
func (u *undoBatch) remove(ctx context.Context) error {
	if len(u.removed) == 0 {
		return nil
	}
	for _, sql := range []string{
		`DELETE FROM events e USING orders o WHERE o.id = ANY (?::bigint[]) AND e.customer_id = o.customer_id AND e.ref_id = o.id AND e.kind LIKE 'order.%'`,
		`DELETE FROM order_lines l USING orders o WHERE o.id = ANY (?::bigint[]) AND l.customer_id = o.customer_id AND l.order_id = o.id`,
		`DELETE FROM import_notices WHERE order_id = ANY (?::bigint[])`,
		`DELETE FROM import_orders WHERE order_id = ANY (?::bigint[])`, // of imports that told the other half
		`DELETE FROM order_keys k USING orders o WHERE o.id = ANY (?::bigint[]) AND k.shop_id = o.shop_id AND k.order_no = o.order_no`,
		`DELETE FROM orders WHERE id = ANY (?::bigint[])`,
	} {
		if _, err := u.tx.NewRaw(sql, pgdialect.Array(u.removed)).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

// follow brings rollups and stages up to date, and lets customers go of whom
// nothing is left.
func (u *undoBatch) follow(ctx context.Context) error {
	if len(u.customers) == 0 {
		return nil
	}
	if err := order.Rehomed(ctx, u.tx, u.customers); err != nil {
		return err
	}
	if s := u.s.hooks.Stages; s != nil {
		if err := s.Recompute(ctx, u.tx, u.customers); err != nil {
			return err
		}
	}
	var err error
	u.gone, err = customer.Vanish(ctx, u.tx, u.imp.ID, u.customers)
	return err
}

// reopen puts mended rows back into the quarantine they came from, with their
// orders, and takes the batch off the list.
func (u *undoBatch) reopen(ctx context.Context) error {
	if len(u.all) == 0 {
		return nil
	}
	if u.imp.MendsID != nil {
		_, err := u.tx.NewRaw(`UPDATE import_quarantine SET patch = NULL, patched_by = NULL, mended_at = NULL, order_id = NULL
			WHERE import_id = ? AND patched_by = ? AND (order_id = ANY (?::bigint[]) OR order_id = ANY (?::bigint[]))`,
			*u.imp.MendsID, u.imp.ID, pgdialect.Array(u.removed), pgdialect.Array(u.restored)).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if err := u.s.countMended(ctx, u.tx, *u.imp.MendsID); err != nil {
			return err
		}
	}
	_, err := u.tx.NewRaw("DELETE FROM import_orders WHERE import_id = ? AND order_id = ANY (?::bigint[])", u.imp.ID, pgdialect.Array(u.all)).Exec(ctx)
	return db.Fault(err)
}
