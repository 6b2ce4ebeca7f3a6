package intake

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
)

// Work takes in every import that waits or whose worker has died, one after
// the other, until none is left. Several workers may call it at once.
func (s *Service) Work(ctx context.Context) error {
	for {
		imp, err := s.claim(ctx, 0)
		if err != nil || imp == nil {
			return err
		}
		if err := s.take(ctx, imp, nil); err != nil {
			return err
		}
	}
}

// claim takes the lease of an import (0: of the one that waits longest). It is
// nil when there is none to take.
func (s *Service) claim(ctx context.Context, id int64) (*db.Import, error) {
	var rows []db.Import
	err := s.db.NewRaw(`UPDATE imports SET status = 'RUNNING', lease_owner = ?0, lease_until = now() + ?1 * interval '1 second',
			started_at = coalesce(started_at, ?2)
		WHERE id = (SELECT id FROM imports
			WHERE status IN ('QUEUED', 'RUNNING') AND (lease_until IS NULL OR lease_until < now()) AND (?3 = 0 OR id = ?3)
			ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING *`, s.owner+"/"+rand.Text()[:8], leaseFor.Seconds(), s.clock.Now(), id).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err)
	}
	return &rows[0], nil
}

// take works on a claimed import until it ends or the lease is lost. A fault of
// the file ends it as FAILED and is no error here.
func (s *Service) take(ctx context.Context, imp *db.Import, t *turn) error {
	w := &worker{s: s, id: imp.ID, imp: imp, owner: *imp.LeaseOwner, turn: t, progress: new(progress), since: time.Now()}
	err := lease.Hold(ctx, heartbeat, w.renew, w.run)
	return w.end(ctx, err)
}

// worker is one process's work on one import.
type worker struct {
	s        *Service
	id       int64      // of the import; read by the heartbeat, too
	imp      *db.Import // as of the last commit of this worker
	owner    string     // of this claim's lease: two loops of one process are two workers
	shop     db.Shop
	turn     *turn
	progress *progress
	known    *knownNames
	orders   readAhead[[]*staged]
	people   readAhead[*peopleLot] // in a file of customers
	since    time.Time             // until when busy_ms is counted
	notified time.Time
}

// renew renews the lease and shows how far reading has come.
func (w *worker) renew(ctx context.Context) error {
	var rows []struct{ StopRequested bool }
	err := w.s.db.NewRaw(`UPDATE imports SET lease_until = now() + ? * interval '1 second',
			bytes_read = greatest(bytes_read, ?),
			rows_per_second = CASE WHEN phase = 'READING' THEN ? / greatest(extract(epoch FROM now() - started_at), 0.1) ELSE rows_per_second END
		WHERE id = ? AND lease_owner = ? AND status = 'RUNNING' RETURNING stop_requested`,
		leaseFor.Seconds(), w.progress.bytes.Load(), w.progress.rows.Load(), w.id, w.owner).Scan(ctx, &rows)
	switch {
	case err != nil:
		return db.Fault(err)
	case len(rows) == 0:
		return lease.ErrLost
	case rows[0].StopRequested:
		return lease.ErrStopped
	}
	return db.Fault(live.Notify(ctx, w.s.db, live.Import, w.id)) // the next beat tells it again
}

func (w *worker) run(ctx context.Context) error {
	if w.imp.Mode == undoing {
		return w.undo(ctx)
	}
	if err := w.s.db.NewSelect().Model(&w.shop).Where("id = ?", w.imp.ShopID).Scan(ctx); err != nil {
		return db.Fault(err)
	}
	if takenAsRead(w.imp) {
		return w.takeTable(ctx)
	}
	if err := w.stage(ctx); err != nil {
		return err
	}
	if err := w.turn.await(ctx); err != nil {
		return err
	}
	w.since = time.Now()
	if err := w.prepare(ctx); err != nil {
		return err
	}
	return w.apply(ctx)
}

// prepare makes ready what batches are applied with, until ctx ends.
func (w *worker) prepare(ctx context.Context) (err error) {
	w.orders = readAhead[[]*staged]{ctx: ctx, read: w.readOrders}
	w.people = readAhead[*peopleLot]{ctx: ctx, read: w.readPeople}
	w.known, err = w.s.knownNames(ctx, w.imp, &w.shop)
	return err
}

// apply applies what is staged, batch after batch.
func (w *worker) apply(ctx context.Context) error {
	for batches := 1; ; batches++ {
		more, err := w.applyNext(ctx)
		if err != nil {
			return err
		}
		if err := w.s.hooks.join(ctx); err != nil {
			return err
		}
		if !more {
			return w.finish(ctx)
		}
		w.refreshStatistics(ctx, batches)
		if w.imp.StopRequested { // seen with the batch, sooner than by the next beat
			return lease.ErrStopped
		}
	}
}

// stage reads the file unless the stage still holds what an earlier worker read.
// A file that mends another is read anew: meanwhile others may have mended, too.
func (w *worker) stage(ctx context.Context) error {
	if w.imp.Phase == "APPLYING" && w.imp.MendsID == nil {
		holds, err := stageHolds(ctx, w.s.db, w.imp)
		if err != nil || holds || w.imp.LinesTotal != nil && *w.imp.LinesTotal == w.imp.Rows() {
			return err
		}
	}
	counts, err := w.read(ctx)
	if err != nil {
		return err
	}
	return w.update(ctx, w.s.db, `phase = 'APPLYING', bytes_read = bytes_total, lines_total = ?, rows_quarantined = ?, rows_known = ?,
		header = ?, delimiter = ?, rows_per_second = NULL`,
		counts.rows, counts.quarantined, counts.known, pgdialect.Array(counts.header), counts.delimiter)
}

// read fills the stage from the file as its import asks.
func (w *worker) read(ctx context.Context) (readCounts, error) {
	up := new(db.Upload)
	if err := w.s.db.NewSelect().Model(up).Where("id = ?", w.imp.UploadID).Scan(ctx); err != nil {
		return readCounts{}, db.Fault(err)
	}
	read, err := w.reader()
	if err != nil {
		return readCounts{}, err
	}
	if err := w.s.clearStage(ctx, w.imp.ID); err != nil {
		return readCounts{}, err
	}
	if w.imp.MendsID != nil {
		return w.s.readMend(ctx, w.imp, up, read, w.progress)
	}
	return read(ctx, up, nil, w.progress)
}

// reader fills the stage from a file; with a splice, from that of the import it mends.
type reader func(context.Context, *db.Upload, *splice, *progress) (readCounts, error)

func (w *worker) reader() (reader, error) {
	if w.imp.Kind == customersKind {
		f, err := personFormat(w.imp)
		return func(ctx context.Context, up *db.Upload, sp *splice, p *progress) (readCounts, error) {
			return w.s.readPeople(ctx, w.imp, &w.shop, up, f, sp, p)
		}, err
	}
	f, err := format(w.imp)
	return func(ctx context.Context, up *db.Upload, sp *splice, p *progress) (readCounts, error) {
		counts, err := w.s.read(ctx, w.imp, up, f, sp, p)
		if err != nil {
			return counts, err
		}
		return counts, w.s.ensureMonths(ctx, w.imp)
	}, err
}

// retries is how often a batch starts again because another import got in its way.
const retries = 20

// applyNext applies one batch; more is false when nothing was left.
func (w *worker) applyNext(ctx context.Context) (more bool, err error) {
	for range retries {
		more, err = w.applyOnce(ctx)
		if !errors.Is(err, customer.ErrRace) {
			return more, err
		}
	}
	return false, otherImports(err)
}

func otherImports(err error) error {
	return fault.Wrap(fault.Unavailable, err, "other imports keep changing the same customers")
}

func (w *worker) applyOnce(ctx context.Context) (more bool, err error) {
	before := *w.imp
	err = db.RunInTx(ctx, w.s.db, func(ctx context.Context, tx db.Tx) error {
		b := &batch{s: w.s, imp: w.imp, shop: &w.shop, now: w.s.clock.Now().Truncate(time.Microsecond), tx: tx, ahead: &w.orders}
		run := b.run
		if w.imp.Kind == customersKind {
			run = (&peopleBatch{batch: b, people: &w.people, known: w.known}).run
		}
		if err := run(ctx); err != nil {
			return db.Fault(err)
		}
		if more = b.figures.upTo > w.imp.AppliedTo; !more {
			return nil
		}
		return w.commit(ctx, tx, b.figures)
	})
	if err != nil {
		*w.imp = before
	}
	return more, err
}

// commit adds a batch's figures in the batch's own transaction.
func (w *worker) commit(ctx context.Context, tx db.Tx, f figures) error {
	rows := f.inserted + f.updated + f.unchanged
	err := w.update(ctx, tx, `applied_to = ?, rows_inserted = rows_inserted + ?, rows_updated = rows_updated + ?,
		rows_unchanged = rows_unchanged + ?, rows_without_customer = rows_without_customer + ?, rows_rounded = rows_rounded + ?,
		quantity_sum = quantity_sum + ?, orders_count = orders_count + ?, cancellations_count = cancellations_count + ?,
		customers_count = customers_count + ?, customers_made = customers_made + ?, consents_count = consents_count + ?,
		members_count = members_count + ?, actions_count = actions_count + ?, orders_added = orders_added + ?,
		cancellations_added = cancellations_added + ?, customers_added = customers_added + ?, rows_per_second = ?`,
		f.upTo, f.inserted, f.updated, f.unchanged, f.withoutCustomer, f.rounded, f.quantity, f.orders, f.cancellations, f.customers, f.made, f.consents, f.members, f.actions,
		f.ordersAdded, f.cancellationsAdded, f.customersAdded,
		float64(rows)/max(time.Since(w.since).Seconds(), 0.001))
	if err != nil {
		return err
	}
	if time.Since(w.notified) < notifyEvery {
		return nil
	}
	w.notified = time.Now()
	return tell(ctx, tx, w.imp)
}

// notifyEvery bounds wake-ups to four a second.
const notifyEvery = 250 * time.Millisecond

// update changes the import's row while the lease is held, renews the lease,
// adds the time worked since the last update, and reads the row back.
func (w *worker) update(ctx context.Context, idb bun.IDB, set string, args ...any) error {
	now := time.Now()
	args = append(args, now.Sub(w.since).Milliseconds(), leaseFor.Seconds(), w.imp.ID, w.owner)
	var rows []db.Import
	err := idb.NewRaw(`UPDATE imports SET `+set+`, busy_ms = busy_ms + ?, lease_until = now() + ? * interval '1 second'
		WHERE id = ? AND lease_owner = ? AND status = 'RUNNING' RETURNING *`, args...).Scan(ctx, &rows)
	if err != nil {
		return db.Fault(err)
	}
	if len(rows) == 0 {
		return lease.ErrLost
	}
	*w.imp, w.since = rows[0], now
	return nil
}

// dropContent frees the file of an import that is done, unless refused rows of
// it may come back mended.
func dropContent(ctx context.Context, tx db.Tx, imp *db.Import) error {
	if imp.MendsID == nil && imp.Mode != undoing && imp.RowsQuarantined > imp.RowsMended {
		return nil
	}
	_, err := tx.NewRaw("DELETE FROM upload_chunks WHERE upload_id = ?", imp.UploadID).Exec(ctx)
	return db.Fault(err)
}

// finish ends the import and frees what only its work needed: the stage and the file.
func (w *worker) finish(ctx context.Context) error {
	return db.RunInTx(ctx, w.s.db, func(ctx context.Context, tx db.Tx) error {
		err := w.update(ctx, tx, "status = 'DONE', finished_at = ?, rows_per_second = NULL", w.s.clock.Now())
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DROP TABLE IF EXISTS "+strings.Join(stageTables(w.imp.ID), ", ")); err != nil {
			return db.Fault(err)
		}
		if err := dropContent(ctx, tx, w.imp); err != nil {
			return err
		}
		if sold := w.s.hooks.Sold; sold != nil && w.imp.Kind == ordersKind {
			if err := w.s.queue.Enqueue(ctx, tx, sold); err != nil {
				return err
			}
		}
		return tell(ctx, tx, w.imp)
	})
}

// end records why the work ended without being finished. Only what another try
// may mend is returned: the database away, the process stopping.
func (w *worker) end(ctx context.Context, err error) error {
	ctx = context.WithoutCancel(ctx)
	log := w.s.log.With("import", w.imp.ID)
	switch {
	case err == nil, errors.Is(err, lease.ErrLost):
		return nil
	case errors.Is(err, lease.ErrStopped):
		// Resumed meanwhile, it waits for its turn again.
		return w.leave(ctx, "status = CASE WHEN stop_requested THEN 'STOPPED' ELSE 'QUEUED' END")
	case errors.Is(err, context.Canceled), fault.Is(err, fault.Unavailable):
		log.WarnContext(ctx, "import interrupted; another attempt will go on", "error", err)
		return errors.Join(err, w.leave(ctx, "status = 'RUNNING'"))
	}
	var known *fault.Error
	code, detail := "INTERNAL", ""
	if errors.As(err, &known) && known.Kind != fault.Internal {
		code, detail = known.CodeOrKind(), known.Message
		if columns, ok := known.Params["columns"].([]string); ok {
			detail = strings.Join(columns, ", ") // the page says the rest by the code
		}
	}
	log.ErrorContext(ctx, "import failed", "code", code, "error", err)
	return errors.Join(
		w.leave(ctx, "status = 'FAILED', error_code = ?, error_detail = ?, finished_at = ?", code, detail, w.s.clock.Now()),
		db.RunInTx(ctx, w.s.db, func(ctx context.Context, tx db.Tx) error {
			return w.s.queue.Enqueue(ctx, tx, alert.CheckJob{Of: alert.ImportFailed})
		}))
}

// leave gives the lease back.
func (w *worker) leave(ctx context.Context, set string, args ...any) error {
	args = append(args, w.imp.ID, w.owner)
	_, err := w.s.db.NewRaw(`UPDATE imports SET `+set+`, lease_owner = NULL, lease_until = NULL, rows_per_second = NULL
		WHERE id = ? AND lease_owner = ?`, args...).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	return tell(ctx, w.s.db, w.imp)
}

// tell wakes who watches an import, or the one it mends.
func tell(ctx context.Context, idb bun.IDB, imp *db.Import) error {
	if imp.MendsID != nil {
		if err := live.Notify(ctx, idb, live.Import, *imp.MendsID); err != nil {
			return db.Fault(err)
		}
	}
	return db.Fault(live.Notify(ctx, idb, live.Import, imp.ID))
}

// Poke makes Run look at once; the handler of Job calls it.
func (s *Service) Poke() { s.workers.Poke() }

// Run takes imports in, up to workers at a time, until ctx ends; what is under
// way then is given back and goes on elsewhere or later.
func (s *Service) Run(ctx context.Context, workers int) { s.workers.Run(ctx, workers) }
