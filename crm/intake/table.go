package intake

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/imprint"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Files of products, behaviour, costs and suppressed people need no stage, nor do
// those of orders of which each is a line: their rows are taken over as they are
// read, a batch in a transaction with its figures. An import that was killed reads
// its file again and goes on behind the last row applied. One that mends another
// reads the file that its rows were refused in, with them in their places, and
// takes over no others.

// Taker takes over rows of a kind of its own.
type Taker interface {
	// Take takes rows over in tx and says what became of them.
	Take(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row) (mall.Tally, error)
	// Marks is what an import of such rows leaves, in the order in which it is
	// taken back.
	Marks() []imprint.Mark
}

// rowsPerBatch and bytesPerBatch bound one transaction of such a file.
const (
	rowsPerBatch  = 1_000
	bytesPerBatch = 8 << 20
)

// isTable says that rows of a kind are neither of orders nor of people.
func isTable(kind string) bool { return kind != ordersKind && kind != customersKind }

// takenAsRead says that the rows of an import are taken over as they are read.
func takenAsRead(imp *db.Import) bool {
	_, ok := mall.TableFormatByName(imp.Format)
	return ok
}

// table is the work on such a file.
type table struct {
	*worker
	taker   Taker
	dec     mall.TableDecoder
	records *fileRecords
	splice  *splice // of an import that mends another; nil otherwise
	family  []int64

	batches int
	rows    int64 // of the file, so far
	last    int64 // line of the last of them
	batch   []mall.Row
	bytes   int // of the rows of the batch
	lines   []int64
	raws    []string
	refused []patched
}

// takeTable takes such a file in.
func (w *worker) takeTable(ctx context.Context) error {
	if err := w.turn.await(ctx); err != nil {
		return err
	}
	taker, ok := w.taker()
	format, known := mall.TableFormatByName(w.imp.Format)
	if !ok || !known {
		return fault.New(fault.Invalid, "there is no format %s", w.imp.Format).WithCode("UNKNOWN_FORMAT")
	}
	up := new(db.Upload)
	if err := w.s.db.NewSelect().Model(up).Where("id = ?", w.imp.UploadID).Scan(ctx); err != nil {
		return db.Fault(err)
	}
	t := &table{worker: w, taker: taker}
	var err error
	if t.family, err = familyOf(ctx, w.s.db, w.imp); err != nil {
		return err
	}
	if w.imp.MendsID != nil {
		if up, err = t.openMend(ctx, up); err != nil {
			return err
		}
	}
	if w.imp.Kind == ordersKind {
		if err := (tellings{w}).open(ctx); err != nil {
			return err
		}
	}
	if t.records, err = w.s.openRecords(ctx, up); err != nil {
		return err
	}
	defer t.records.Close()
	if t.dec, err = format.BindTable(t.records.columns); err != nil {
		return err
	}
	if t.splice == nil {
		if err := w.update(ctx, w.s.db, "header = ?, delimiter = ?", pgdialect.Array(t.records.columns), string(t.records.delim)); err != nil {
			return err
		}
	}
	if err := t.all(ctx); err != nil {
		return err
	}
	return t.ended(ctx)
}

// taker takes over the rows of such a file.
func (w *worker) taker() (Taker, bool) {
	if w.imp.Kind == ordersKind {
		return tellings{w}, true
	}
	t, ok := w.s.hooks.Tables[w.imp.Kind]
	return t, ok
}

// openMend settles the rows of a mending file, behind what it has mended so far,
// and answers with the file that they were refused in.
func (t *table) openMend(ctx context.Context, up *db.Upload) (original *db.Upload, err error) {
	if err := t.s.clearStage(ctx, t.imp.ID); err != nil {
		return nil, err
	}
	var counts readCounts
	if t.splice, original, err = t.s.openMend(ctx, t.imp, up, t.imp.AppliedTo, &counts, t.progress); err != nil || t.imp.Phase == "APPLYING" {
		return original, err
	}
	return original, t.update(ctx, t.s.db, "phase = 'APPLYING', bytes_read = bytes_total, lines_total = ?, rows_quarantined = ?, header = ?, delimiter = ?",
		counts.rows, counts.quarantined, pgdialect.Array(counts.header), counts.delimiter)
}

// ended writes the figures that are known once the file is read to its end, and
// ends the import. Rows of a mending file of which nothing became were mended by
// another file before.
func (t *table) ended(ctx context.Context) error {
	set, args := "lines_total = ?, bytes_read = bytes_total", []any{t.rows}
	if t.splice != nil {
		set, args = "rows_known = greatest(lines_total - rows_inserted - rows_updated - rows_unchanged - rows_quarantined, 0)", nil
	}
	if err := t.update(ctx, t.s.db, set, args...); err != nil {
		return err
	}
	return t.finish(ctx)
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
		t.progress.bytes.Store(t.read())
		t.progress.rows.Store(t.rows)
		if rec.line <= t.imp.AppliedTo {
			continue
		}
		if t.splice != nil {
			if rec, err = t.splice.put(ctx, rec); err != nil {
				return err
			}
			if !t.splice.at.mine {
				continue // what this file does not mend is in already, or stays refused
			}
		}
		if err := t.row(rec); err != nil {
			return err
		}
		if len(t.batch)+len(t.refused) < rowsPerBatch && t.bytes < bytesPerBatch {
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
	for _, f := range rec.fields {
		t.bytes += len(f)
	}
	if rec.code != "" {
		t.refuse(rec.line, t.records.rawOf(rec), &mall.Problem{Code: rec.code, Detail: rec.detail})
		return nil
	}
	row, err := t.dec.Row(rec.fields)
	if err == nil {
		t.batch, t.lines, t.raws = append(t.batch, row), append(t.lines, rec.line), append(t.raws, t.records.rawOf(rec))
		return nil
	}
	var all mall.RecordErrors
	if errors.As(err, &all) {
		t.refuse(rec.line, t.records.rawOf(rec), all...)
		return nil
	}
	first, ok := mall.AsProblem(err)
	if !ok {
		return err
	}
	t.refuse(rec.line, t.records.rawOf(rec), mall.Faults(t.records.columns, rec.fields, first, func(rec []string) error {
		_, err := t.dec.Row(rec)
		return err
	})...)
	return nil
}

func (t *table) refuse(line int64, raw string, faults ...*mall.Problem) {
	t.refused = append(t.refused, patched{line, raw, faults})
}

// read is how many bytes of the import's own file are read.
func (t *table) read() int64 {
	if t.splice != nil {
		return t.imp.BytesTotal
	}
	return t.records.read()
}

// commitBatch takes over what was read since the last one, with its figures.
func (t *table) commitBatch(ctx context.Context) error {
	if len(t.batch)+len(t.refused) == 0 {
		return nil
	}
	before, held := *t.imp, len(t.refused)
	err := customer.ErrRace
	for n := 0; n < retries && errors.Is(err, customer.ErrRace); n++ {
		if err = db.RunInTx(ctx, t.s.db, t.apply); err != nil {
			*t.imp, t.refused = before, t.refused[:held]
		}
	}
	if errors.Is(err, customer.ErrRace) {
		return otherImports(err)
	}
	if err != nil {
		return err
	}
	t.batch, t.bytes, t.lines, t.raws, t.refused = nil, 0, nil, nil, nil
	if t.imp.Kind != ordersKind {
		return nil
	}
	t.batches++
	t.refreshStatistics(ctx, t.batches)
	return t.s.hooks.join(ctx)
}

func (t *table) apply(ctx context.Context, tx db.Tx) error {
	from := mall.Origin{ImportID: t.imp.ID, ShopID: t.imp.ShopID, Family: t.family, Lines: t.lines, At: t.s.clock.Now().Truncate(time.Microsecond)}
	tally := mall.Tally{}
	if len(t.batch) > 0 {
		var err error
		if tally, err = t.taker.Take(ctx, tx, from, t.batch); err != nil {
			return err
		}
	}
	var taken []int64
	for i, line := range t.lines {
		if faults := tally.Refused[i]; faults != nil {
			t.refuse(line, t.raws[i], faults...)
			continue
		}
		taken = append(taken, line)
	}
	if err := t.s.markRowsMended(ctx, tx, t.imp, taken, from.At); err != nil {
		return err
	}
	if err := t.writeRefused(ctx, tx); err != nil {
		return err
	}
	return t.update(ctx, tx, `applied_to = ?, bytes_read = ?, rows_inserted = rows_inserted + ?, rows_updated = rows_updated + ?,
		rows_unchanged = rows_unchanged + ?, rows_quarantined = rows_quarantined + ?, rows_per_second = ?`,
		t.last, t.read(), tally.Added, tally.Changed, tally.Same, len(t.refused),
		float64(len(t.batch))/max(time.Since(t.since).Seconds(), 0.001))
}

// writeRefused puts refused rows into the quarantine, or leaves mended ones in
// that which they came from.
func (t *table) writeRefused(ctx context.Context, tx db.Tx) error {
	if t.splice != nil {
		return t.splice.refuseAgain(ctx, tx, t.refused)
	}
	return tx.Pgx(func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"import_quarantine"}, []string{"import_id", "line_no", "code", "field", "detail", "more", "raw"},
			pgx.CopyFromSlice(len(t.refused), func(i int) ([]any, error) {
				q := t.refused[i]
				first := q.faults[0]
				return []any{t.imp.ID, q.line, first.Code, first.Column, first.Detail, furtherFaults(q.faults), q.raw}, nil
			}))
		return err
	})
}
