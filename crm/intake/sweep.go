package intake

import (
	"context"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// How long what only an import's work needs is kept after it.
const (
	keepUnstartedFor  = 24 * time.Hour      // uploads of which no import began
	keepStageFor      = 24 * time.Hour      // the stage of an import that was stopped or failed; it can be read again
	keepContentFor    = 30 * 24 * time.Hour // the file, so that an import can go on, and its refused rows come back mended
	keepImagesFor     = 30 * 24 * time.Hour // what an import changed, so that it can be undone; buyers beside orders that have found theirs
	keepQuarantineFor = 90 * 24 * time.Hour // refused rows: they are personal data
)

// SweepJob removes what is no longer needed; its handler calls Service.Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "intake.sweep" }

// sweepBatch bounds one statement of the sweeping.
const sweepBatch = 10_000

// Sweep removes what is no longer needed, in small transactions. It may run in
// several processes at once, and again at any time.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.clock.Now()
	const idle = `i.status IN ('DONE', 'STOPPED', 'FAILED')`
	for _, sweep := range []struct {
		sql    string
		before time.Time
	}{
		{`DELETE FROM uploads WHERE id IN (SELECT u.id FROM uploads u WHERE u.created_at < ?
			AND NOT EXISTS (SELECT FROM imports i WHERE i.upload_id = u.id) LIMIT ?)`, now.Add(-keepUnstartedFor)},
		{`DELETE FROM upload_chunks WHERE (upload_id, seq) IN (SELECT c.upload_id, c.seq FROM upload_chunks c
			JOIN imports i ON i.upload_id = c.upload_id WHERE i.created_at < ? AND ` + idle + ` LIMIT ?)`, now.Add(-keepContentFor)},
		{`DELETE FROM import_orders WHERE (import_id, order_id) IN (SELECT o.import_id, o.order_id FROM import_orders o
			JOIN imports i ON i.id = o.import_id WHERE i.created_at < ? AND ` + idle + ` LIMIT ?)`, now.Add(-keepImagesFor)},
		{`DELETE FROM import_notices WHERE (import_id, order_id) IN (SELECT n.import_id, n.order_id FROM import_notices n
			JOIN imports i ON i.id = n.import_id WHERE i.created_at < ? AND ` + idle + ` LIMIT ?)`, now.Add(-keepImagesFor)},
		{`DELETE FROM order_parts WHERE (shop_id, order_no, format, id) IN (SELECT p.shop_id, p.order_no, p.format, p.id FROM order_parts p
			WHERE p.told_at < ? AND EXISTS (SELECT FROM order_parts n
				WHERE n.shop_id = p.shop_id AND n.order_no = p.order_no AND n.format = p.format AND n.id > p.id) LIMIT ?)`, now.Add(-keepImagesFor)},
		{`UPDATE order_parts SET buyer = NULL WHERE (shop_id, order_no, format, id) IN (SELECT shop_id, order_no, format, id FROM order_parts
			WHERE told_at < ? AND buyer IS NOT NULL AND NOT waiting LIMIT ?)`, now.Add(-keepImagesFor)},
		{`DELETE FROM import_customers WHERE (import_id, customer_id) IN (SELECT c.import_id, c.customer_id FROM import_customers c
			JOIN imports i ON i.id = c.import_id WHERE i.created_at < ? AND ` + idle + ` LIMIT ?)`, now.Add(-keepImagesFor)},
		{`DELETE FROM import_rows WHERE (import_id, told, row_key) IN (SELECT r.import_id, r.told, r.row_key FROM import_rows r
			JOIN imports i ON i.id = r.import_id WHERE i.created_at < ? AND ` + idle + ` LIMIT ?)`, now.Add(-keepImagesFor)},
		{`DELETE FROM import_quarantine WHERE (import_id, line_no) IN (SELECT q.import_id, q.line_no FROM import_quarantine q
			JOIN imports i ON i.id = q.import_id WHERE i.created_at < ? AND ` + idle + ` LIMIT ?)`, now.Add(-keepQuarantineFor)},
	} {
		if err := s.sweepAll(ctx, sweep.sql, sweep.before); err != nil {
			return err
		}
	}
	return s.sweepStages(ctx, now)
}

// sweepAll sweeps batch after batch.
func (s *Service) sweepAll(ctx context.Context, sql string, before time.Time) error {
	for {
		res, err := s.db.NewRaw(sql, before, sweepBatch).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if n, err := res.RowsAffected(); err != nil || n < sweepBatch {
			return db.Fault(err)
		}
	}
}

// sweepStages drops the stages of imports that nobody has worked on for a while;
// which orders a file has told cannot be read again, and is kept as long as it.
func (s *Service) sweepStages(ctx context.Context, now time.Time) error {
	var idle []int64
	err := s.db.NewRaw(`SELECT i.id FROM imports i WHERE i.status IN ('DONE', 'STOPPED', 'FAILED')
		AND coalesce(i.started_at, i.created_at) < CASE WHEN i.format = ? AND i.status <> 'DONE' THEN ?::timestamptz ELSE ? END
		AND EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname ~ ('^import_' || i.id || '_(heads|lines|customers|patches|people|told)$'))`, mall.OrderLines{}.Name(), now.Add(-keepContentFor), now.Add(-keepStageFor)).
		Scan(ctx, &idle)
	if err != nil {
		return db.Fault(err)
	}
	for _, id := range idle {
		err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
			var still []int64 // whoever resumes it meanwhile waits for this lock, and reads the file again
			err := tx.NewRaw("SELECT id FROM imports WHERE id = ? AND status IN ('DONE', 'STOPPED', 'FAILED') FOR UPDATE", id).Scan(ctx, &still)
			if err != nil || len(still) == 0 {
				return db.Fault(err)
			}
			_, err = tx.ExecContext(ctx, "DROP TABLE IF EXISTS "+strings.Join(stageTables(id), ", "))
			return db.Fault(err)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
