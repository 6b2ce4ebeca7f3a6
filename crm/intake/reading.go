package intake

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/partition"
)

// reading turns the file of an import into its stage. It is deterministic: the
// same file gives the same stage and the same quarantine.
type reading struct {
	s        *Service
	importID int64
	dec      mall.Decoder
	half     *mall.Portion // of files that tell one half of their orders: what and of which format; nil otherwise
	records  *fileRecords
	lines    *tableWriter
	heads    *tableWriter
	refused  []db.QuarantinedRow
	run      *run
	counts   readCounts
	progress *progress
	splice   *splice // of an import that mends another; nil otherwise
	known    *knownNames
	values   valueColumns // of a file of customers
	until    time.Time    // no order is later
}

// clocksDiffer is how far the clock of a shop may be ahead: of a whole day where
// a file tells its times in another zone.
const clocksDiffer = 24 * time.Hour

// readCounts are the figures that reading alone tells, and the shape of the file.
type readCounts struct {
	rows, quarantined int64
	known             int64 // rows of a mending file that were mended before
	header            []string
	delimiter         string
}

// progress is how far reading has come; written by the reader, read by the heartbeat.
type progress struct{ bytes, rows atomic.Int64 }

// run is a sequence of lines with the same order number.
type run struct {
	no       string
	head     int64
	order    *mall.Order // nil until a line of the run could be read as an order
	keys     map[string]bool
	place    int64 // of the last line, counting refused ones
	lines    int64
	quantity int64
	amount   int64
	rounded  int64
	hash     hash.Hash
}

// quarantineBatch is how many refused rows are written at once.
const quarantineBatch = 500

// read fills the stage of an import anew from a file. splice, if not nil, puts
// mended rows in the place of those it was refused. On an error nothing of the
// stage is left visible.
func (s *Service) read(ctx context.Context, imp *db.Import, up *db.Upload, format mall.Format, sp *splice, p *progress) (readCounts, error) {
	records, err := s.openRecords(ctx, up)
	if err != nil {
		return readCounts{}, err
	}
	defer records.Close()
	dec, err := format.Bind(records.columns)
	if err != nil {
		return readCounts{}, err
	}
	r := &reading{
		half: halfOf(format, dec),
		s:    s, importID: imp.ID, dec: dec, records: records, progress: p, splice: sp,
		counts: readCounts{header: records.columns, delimiter: string(records.delim)},
		lines:  newTableWriter(ctx, s.db, linesTable(imp.ID), linesColumns),
		heads:  newTableWriter(ctx, s.db, headsTable(imp.ID), headsColumns),
		until:  imp.CreatedAt.Add(clocksDiffer),
	}
	err = r.all(ctx)
	if err := errors.Join(r.lines.close(err), r.heads.close(err)); err != nil {
		return readCounts{}, err
	}
	duplicates, err := s.finishStage(ctx, imp)
	r.counts.quarantined += duplicates
	if err == nil && duplicates > 0 && sp == nil {
		err = s.fillRaw(ctx, imp, up)
	}
	return r.counts, err
}

// clearStage removes what an earlier attempt left.
func (s *Service) clearStage(ctx context.Context, importID int64) error {
	if err := dropStage(ctx, s.db, importID); err != nil {
		return err
	}
	_, err := s.db.Pool.Exec(ctx, "DELETE FROM import_quarantine WHERE import_id = $1", importID)
	return db.Fault(err)
}

func (r *reading) all(ctx context.Context) error {
	for {
		rec, err := r.records.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if r.counts.rows++; r.counts.rows&0x3FF == 0 {
			r.progress.bytes.Store(r.records.read())
			r.progress.rows.Store(r.counts.rows)
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if r.splice != nil {
			if rec, err = r.splice.put(ctx, rec); err != nil {
				return err
			}
		}
		if err := r.row(ctx, rec); err != nil {
			return err
		}
	}
	r.progress.bytes.Store(r.records.read())
	if err := r.endRun(); err != nil {
		return err
	}
	return r.flushRefused(ctx)
}

// row stages one record or refuses it.
func (r *reading) row(ctx context.Context, rec record) error {
	if rec.code != "" {
		return r.refuse(ctx, rec, &mall.Problem{Code: rec.code, Detail: rec.detail})
	}
	no, err := r.dec.OrderNo(rec.fields)
	if err != nil {
		return r.refuseRead(ctx, rec, err, true)
	}
	if r.run == nil || r.run.no != no {
		if err := r.endRun(); err != nil {
			return err
		}
		r.run = &run{no: no, head: rec.line, hash: sha256.New()}
	}
	r.run.place++
	if r.run.order == nil {
		order, err := r.order(no, rec.fields)
		if err != nil {
			return r.refuseRead(ctx, rec, err, true)
		}
		r.run.order = &order
	}
	line, err := r.line(rec.fields)
	if err != nil {
		return r.refuseRead(ctx, rec, err, false)
	}
	if line.Key != "" {
		if r.run.keys[line.Key] {
			return r.refuse(ctx, rec, &mall.Problem{Code: duplicateLine, Detail: "the order has a line with this key already"})
		}
		if r.run.keys == nil {
			r.run.keys = map[string]bool{}
		}
		r.run.keys[line.Key] = true
	}
	return r.stageLine(rec.line, line)
}

// order reads what a record says of its order as a whole.
func (r *reading) order(no string, rec []string) (mall.Order, error) {
	order, err := r.dec.Order(no, rec)
	if err != nil {
		return order, err
	}
	if order.OrderedAt.After(r.until) {
		return order, &mall.Problem{Code: mall.InFuture, Detail: order.OrderedAt.Format(time.DateTime)}
	}
	if p := mall.BrokenMail(r.records.columns, rec, order.Buyer); p != nil {
		return order, p
	}
	return order, nil
}

// line reads the line of a record; of a file without lines each row is staged all
// the same: it is what was taken in.
func (r *reading) line(rec []string) (mall.Line, error) {
	if r.half != nil && !r.half.Share.Lines {
		return mall.Line{TaxRate: -1}, nil
	}
	return r.dec.Line(rec)
}

// refuseRead refuses a record that could not be read for a first problem, and
// tells what else is wrong with it: of its order, too, where it is the first of it.
func (r *reading) refuseRead(ctx context.Context, rec record, first error, ofOrder bool) error {
	return r.refuseFor(ctx, rec, first, func(rec []string) error {
		no, err := r.dec.OrderNo(rec)
		if err == nil && ofOrder {
			_, err = r.order(no, rec)
		}
		if err == nil {
			_, err = r.line(rec)
		}
		return err
	})
}

// refuseFor refuses a record for a first problem and all that reading it once
// more finds behind that.
func (r *reading) refuseFor(ctx context.Context, rec record, first error, again func(rec []string) error) error {
	p, ok := mall.AsProblem(first)
	if !ok {
		return first
	}
	return r.refuse(ctx, rec, mall.Faults(r.records.columns, rec.fields, p, again)...)
}

func (r *reading) stageLine(at int64, l mall.Line) error {
	run, w := r.run, r.lines
	run.lines++
	run.quantity += l.Quantity
	run.amount += l.Amount
	if l.Rounded {
		run.rounded++
	}
	w.int(at).int(run.head).int(run.place)
	if l.Key == "" {
		w.null()
	} else {
		w.text(l.Key)
	}
	from := len(w.row)
	w.text(l.SKU).text(l.Name).text(l.Option).int(l.UnitPrice).int(l.Quantity).int(l.Amount)
	if l.TaxRate < 0 {
		w.null()
	} else {
		w.int(int64(l.TaxRate))
	}
	if err := w.charges(l.Charges); err != nil {
		return err
	}
	// What is written to the stage is what is hashed: key or place, then the cells.
	run.hash.Write([]byte(l.Key))
	if l.Key == "" {
		run.hash.Write(strconv.AppendInt(nil, run.place, 10))
	}
	run.hash.Write([]byte{0})
	run.hash.Write(w.row[from:])
	return w.end()
}

// endRun stages the order of the run that ends here.
func (r *reading) endRun() error {
	run := r.run
	r.run = nil
	if run == nil || run.lines == 0 {
		return nil
	}
	var told any = run.order
	if r.half != nil {
		told = mall.Portion{Format: r.half.Format, Share: r.half.Share, Order: *run.order}
	}
	content, err := json.Marshal(told)
	if err != nil {
		return err
	}
	run.hash.Write(content)
	return r.heads.int(run.head).int(run.head).int(0).text(run.no).text(string(content)).time(run.order.OrderedAt).
		bool(r.half != nil).bool(run.keys != nil).int(run.place).int(run.lines).int(run.quantity).int(run.amount).int(run.rounded).bytes(run.hash.Sum(nil)).end()
}

// refuse puts a record into the quarantine, with all that is wrong with it.
func (r *reading) refuse(ctx context.Context, rec record, faults ...*mall.Problem) error {
	if r.splice != nil {
		return r.splice.refuse(ctx, rec, faults)
	}
	first := faults[0]
	r.counts.quarantined++
	r.refused = append(r.refused, db.QuarantinedRow{
		ImportID: r.importID, LineNo: rec.line, Code: first.Code, Field: first.Column,
		Detail: first.Detail, More: furtherFaults(faults), Raw: r.records.rawOf(rec),
	})
	if len(r.refused) < quarantineBatch {
		return nil
	}
	return r.flushRefused(ctx)
}

// furtherFaults are all faults but the first, as they are kept.
func furtherFaults(faults []*mall.Problem) []db.RowFault {
	further := make([]db.RowFault, 0, len(faults)-1)
	for _, p := range faults[1:] {
		further = append(further, db.RowFault{Code: p.Code, Field: p.Column, Detail: p.Detail})
	}
	return further
}

func (r *reading) flushRefused(ctx context.Context) error {
	rows := r.refused
	r.refused = nil
	_, err := r.s.db.Pool.CopyFrom(ctx, pgx.Identifier{"import_quarantine"}, []string{"import_id", "line_no", "code", "field", "detail", "more", "raw"},
		pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
			q := rows[i]
			return []any{q.ImportID, q.LineNo, q.Code, q.Field, q.Detail, q.More, q.Raw}, nil
		}))
	return db.Fault(err)
}

// finishStage joins orders that the file comes back to, refuses lines that it
// tells twice, and indexes the stage. It returns how many lines it refused.
func (s *Service) finishStage(ctx context.Context, imp *db.Import) (refused int64, err error) {
	heads, lines := headsTable(imp.ID), linesTable(imp.ID)
	err = pgx.BeginFunc(ctx, s.db.Pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "CREATE UNLOGGED TABLE "+customersTable(imp.ID)+" (customer_id bigint PRIMARY KEY, told boolean NOT NULL)"); err != nil {
			return err
		}
		if imp.MendsID != nil {
			if err := keepMended(ctx, tx, imp); err != nil {
				return err
			}
		}
		for _, sql := range []string{
			`UPDATE ` + heads + ` h SET canon = d.canon, base = d.base
			FROM (
				SELECT head, first_value(head) OVER w AS canon,
					sum(places) OVER (PARTITION BY order_no ORDER BY head ROWS UNBOUNDED PRECEDING) - places AS base
				FROM ` + heads + ` WHERE order_no IN (SELECT order_no FROM ` + heads + ` GROUP BY order_no HAVING count(*) > 1)
				WINDOW w AS (PARTITION BY order_no ORDER BY head)
			) d WHERE d.head = h.head AND d.canon <> h.head`,
			"CREATE INDEX ON " + lines + " (head)",
			"CREATE INDEX ON " + heads + " (canon, head)",
			"ANALYZE " + heads,
			"ANALYZE " + lines + " (head)",
		} {
			if _, err := tx.Exec(ctx, sql); err != nil {
				return err
			}
		}
		// What an earlier attempt applied is counted already.
		_, err := tx.Exec(ctx, `INSERT INTO `+customersTable(imp.ID)+`
			SELECT DISTINCT k.customer_id, true FROM `+heads+` h JOIN order_keys k ON k.shop_id = $1 AND k.order_no = h.order_no
			WHERE h.canon <= $2 ON CONFLICT (customer_id) DO UPDATE SET told = true`, imp.ShopID, imp.AppliedTo)
		if err != nil {
			return err
		}
		refused, err = refuseRepeated(ctx, tx, imp)
		return err
	})
	return refused, db.Fault(err)
}

// halfOf is what a file tells of its orders; nil: everything.
func halfOf(format mall.Format, dec mall.Decoder) *mall.Portion {
	half, ok := dec.(mall.Half)
	if !ok {
		return nil
	}
	return &mall.Portion{Format: format.Name(), Share: half.Share()}
}

// ensureMonths makes the months of the stage's orders in the stream of events;
// a file may not tell when its orders were made, but another has told it before.
func (s *Service) ensureMonths(ctx context.Context, imp *db.Import) error {
	var span struct{ from, to *time.Time }
	err := s.db.Pool.QueryRow(ctx, `SELECT min(at), max(at) FROM (
			SELECT ordered_at AS at FROM `+headsTable(imp.ID)+`
			UNION ALL SELECT p.ordered_at FROM order_parts p JOIN `+headsTable(imp.ID)+` h ON h.order_no = p.order_no WHERE p.shop_id = $1 AND h.half) t`,
		imp.ShopID).Scan(&span.from, &span.to)
	if err != nil || span.from == nil {
		return db.Fault(err)
	}
	return partition.Between(ctx, s.db, *span.from, *span.to)
}
