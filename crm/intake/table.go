package intake

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Files of products, behaviour and costs need no stage: their rows are taken
// over as they are read, a batch in a transaction with its figures. An import
// that was killed reads its file again and goes on behind the last row applied.
// They are neither undone nor mended: the next file of the same rows sets right
// what this one said.

// Taker takes over rows of a kind of its own.
type Taker interface {
	// Take takes rows over in tx and says what became of them.
	Take(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row) (mall.Tally, error)
}

// rowsPerBatch bounds one transaction of such a file.
const rowsPerBatch = 1_000

// isTable says that rows of a kind are taken over as they are read.
func isTable(kind string) bool { return kind != ordersKind && kind != customersKind }

// table is the work on such a file.
type table struct {
	*worker
	taker   Taker
	dec     mall.TableDecoder
	records *fileRecords

	rows    int64 // of the file, so far
	last    int64 // line of the last of them
	batch   []mall.Row
	lines   []int64
	raws    []string
	refused []db.QuarantinedRow
}

// takeTable takes such a file in.
func (w *worker) takeTable(ctx context.Context) error {
	taker, ok := w.s.hooks.Tables[w.imp.Kind]
	format, known := mall.TableFormatByName(w.imp.Format)
	if !ok || !known {
		return fault.New(fault.Invalid, "there is no format %s", w.imp.Format).WithCode("UNKNOWN_FORMAT")
	}
	up := new(db.Upload)
	if err := w.s.db.NewSelect().Model(up).Where("id = ?", w.imp.UploadID).Scan(ctx); err != nil {
		return db.Fault(err)
	}
	records, err := w.s.openRecords(ctx, up)
	if err != nil {
		return err
	}
	defer records.Close()
	t := &table{worker: w, taker: taker, records: records}
	if t.dec, err = format.BindTable(records.columns); err != nil {
		return err
	}
	if err := w.update(ctx, w.s.db, "header = ?, delimiter = ?", pgdialect.Array(records.columns), string(records.delim)); err != nil {
		return err
	}
	if err := t.all(ctx); err != nil {
		return err
	}
	if err := w.update(ctx, w.s.db, "lines_total = ?, bytes_read = bytes_total", t.rows); err != nil {
		return err
	}
	return w.finish(ctx)
}

func (t *table) all(ctx context.Context) error {
	for {
		rec, err := t.records.next()
		if errors.Is(err, io.EOF) {
			return t.commitBatch(ctx)
		}
		if err != nil {
			return err
		}
		t.rows++
		t.progress.bytes.Store(t.records.read())
		t.progress.rows.Store(t.rows)
		if rec.line <= t.imp.AppliedTo {
			continue
		}
		if err := t.row(rec); err != nil {
			return err
		}
		if len(t.batch)+len(t.refused) < rowsPerBatch {
			continue
		}
		if err := t.commitBatch(ctx); err != nil {
			return err
		}
		if t.imp.StopRequested { // seen with the batch, sooner than by the next beat
			return lease.ErrStopped
		}
	}
}

// row reads one record or refuses it.
func (t *table) row(rec record) error {
	t.last = rec.line
	problem := &mall.Problem{Code: rec.code, Detail: rec.detail}
	if rec.code == "" {
		row, err := t.dec.Row(rec.fields)
		if err == nil {
			t.batch, t.lines, t.raws = append(t.batch, row), append(t.lines, rec.line), append(t.raws, t.records.rawOf(rec))
			return nil
		}
		var ok bool
		if problem, ok = mall.AsProblem(err); !ok {
			return err
		}
	}
	t.refuse(rec.line, problem, t.records.rawOf(rec))
	return nil
}

func (t *table) refuse(line int64, p *mall.Problem, raw string) {
	t.refused = append(t.refused, db.QuarantinedRow{ImportID: t.imp.ID, LineNo: line, Code: p.Code, Field: p.Column, Detail: p.Detail, Raw: raw})
}

// commitBatch takes over what was read since the last one, with its figures.
func (t *table) commitBatch(ctx context.Context) error {
	if len(t.batch)+len(t.refused) == 0 {
		return nil
	}
	before, held := *t.imp, len(t.refused)
	err := db.RunInTx(ctx, t.s.db, func(ctx context.Context, tx db.Tx) error {
		from := mall.Origin{ImportID: t.imp.ID, ShopID: t.imp.ShopID, Lines: t.lines, At: t.s.clock.Now().Truncate(time.Microsecond)}
		tally := mall.Tally{}
		if len(t.batch) > 0 {
			var err error
			if tally, err = t.taker.Take(ctx, tx, from, t.batch); err != nil {
				return err
			}
		}
		for i, p := range tally.Refused {
			t.refuse(t.lines[i], p, t.raws[i])
		}
		if err := writeRefused(ctx, tx, t.refused); err != nil {
			return err
		}
		return t.update(ctx, tx, `applied_to = ?, bytes_read = ?, rows_inserted = rows_inserted + ?, rows_updated = rows_updated + ?,
			rows_unchanged = rows_unchanged + ?, rows_quarantined = rows_quarantined + ?, rows_per_second = ?`,
			t.last, t.records.read(), tally.Added, tally.Changed, tally.Same, len(t.refused),
			float64(len(t.batch))/max(time.Since(t.since).Seconds(), 0.001))
	})
	if err != nil {
		*t.imp, t.refused = before, t.refused[:held]
		return err
	}
	t.batch, t.lines, t.raws, t.refused = nil, nil, nil, nil
	return nil
}

func writeRefused(ctx context.Context, tx db.Tx, rows []db.QuarantinedRow) error {
	return tx.Pgx(func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"import_quarantine"}, []string{"import_id", "line_no", "code", "field", "detail", "raw"},
			pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
				q := rows[i]
				return []any{q.ImportID, q.LineNo, q.Code, q.Field, q.Detail, q.Raw}, nil
			}))
		return err
	})
}
