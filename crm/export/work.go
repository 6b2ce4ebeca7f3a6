package export

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"hash/crc32"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/klauspost/compress/flate"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
)

const (
	// pageObjects is how many objects a part has at most.
	pageObjects = 5_000
	// partSize is how many bytes of lines end a part, whatever it has.
	partSize = 16 << 20

	leaseFor  = 10 * time.Second
	heartbeat = 2 * time.Second
)

// Work makes every export that waits or whose worker has died, until none is left.
func (s *Service) Work(ctx context.Context) error {
	for {
		w, err := s.claim(ctx)
		if err != nil || w == nil {
			return err
		}
		if err := w.end(ctx, lease.Hold(ctx, heartbeat, w.renew, w.run)); err != nil {
			return err
		}
	}
}

// worker is one process's work on one export.
type worker struct {
	*Service
	row     *db.Export // as of the last part
	id      int64
	owner   string  // of this claim: two loops of one process are two workers
	members []int64 // of its segment, in order
	buf     bytes.Buffer
	pack    *flate.Writer
}

// claim takes the lease of the export that waits longest; nil: none waits.
func (s *Service) claim(ctx context.Context) (*worker, error) {
	var rows []*db.Export
	owner := s.Owner + "/" + rand.Text()[:8]
	err := s.DB.NewRaw(`UPDATE exports SET status = 'RUNNING', lease_owner = ?, lease_until = now() + ? * interval '1 second', started_at = coalesce(started_at, ?)
		WHERE id = (SELECT id FROM exports WHERE status IN ('QUEUED', 'RUNNING') AND (lease_until IS NULL OR lease_until < now())
			ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING *`, owner, leaseFor.Seconds(), s.Clock.Now()).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err)
	}
	w := &worker{Service: s, row: rows[0], id: rows[0].ID, owner: owner}
	w.pack, err = flate.NewWriter(&w.buf, flate.BestSpeed)
	return w, err
}

func (w *worker) renew(ctx context.Context) error { return w.update(ctx, w.DB, "parts = parts") }

// update changes the row while the lease is held, renews the lease, and reads
// the row back. Errors: lease.ErrLost.
func (w *worker) update(ctx context.Context, idb bun.IDB, set string, args ...any) error {
	_, err := w.updated(ctx, idb, set, args...)
	return err
}

func (w *worker) updated(ctx context.Context, idb bun.IDB, set string, args ...any) (*db.Export, error) {
	var rows []*db.Export
	err := idb.NewRaw("UPDATE exports SET "+set+`, lease_until = now() + ? * interval '1 second'
		WHERE id = ? AND lease_owner = ? AND status = 'RUNNING' RETURNING *`, append(args, leaseFor.Seconds(), w.id, w.owner)...).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	if len(rows) == 0 { // cancelled, or another's
		return nil, lease.ErrLost
	}
	return rows[0], nil
}

// run makes what is left of the export.
func (w *worker) run(ctx context.Context) (err error) {
	if w.row.SegmentID != nil {
		if err := w.readMembers(ctx); err != nil {
			return err
		}
	}
	if w.row.Estimated == nil {
		if err := w.estimate(ctx); err != nil {
			return err
		}
	}
	for more := true; more; {
		if more, err = w.next(ctx); err != nil {
			return err
		}
	}
	now := w.Clock.Now()
	return w.update(ctx, w.DB, "status = 'DONE', finished_at = ?, expires_at = ?", now, now.Add(Kept))
}

// readMembers reads whom the segment means now: who is in a file that another
// process began is told by two readings.
func (w *worker) readMembers(ctx context.Context) error {
	sql, args, err := w.Segments.Members(ctx, *w.row.SegmentID)
	if err != nil {
		return err
	}
	err = db.RunInTx(ctx, w.DB, func(ctx context.Context, tx db.Tx) error {
		return tx.Pgx(func(p pgx.Tx) error {
			if _, err := p.Exec(ctx, segment.RuleSettings, pgx.QueryExecModeSimpleProtocol); err != nil {
				return err
			}
			rows, err := p.Query(ctx, sql, args...)
			if err == nil {
				w.members, err = pgx.CollectRows(rows, pgx.RowTo[int64])
			}
			return err
		})
	})
	slices.Sort(w.members)
	return db.Fault(err)
}

func (w *worker) query() *query {
	return newQuery(Kind(w.row.Kind), filter{w.row.ChangedSince, w.row.ShopID}, w.Zone.String(), w.Base, w.row.CreatedAt)
}

// estimate counts what there is to tell.
func (w *worker) estimate(ctx context.Context) (err error) {
	n := int64(len(w.members))
	if w.row.SegmentID == nil {
		sql, args := w.query().count()
		if err := w.DB.Pool.QueryRow(ctx, sql, args...).Scan(&n); err != nil {
			return db.Fault(err)
		}
	}
	w.row, err = w.updated(ctx, w.DB, "estimated = ?", n)
	return err
}

// next makes one part, in one transaction with the note of how far it goes; more
// is false when nothing is left.
func (w *worker) next(ctx context.Context) (more bool, err error) {
	row := w.row
	err = db.RunInTx(ctx, w.DB, func(ctx context.Context, tx db.Tx) error {
		var p *page
		if p, err = w.read(ctx, tx); err != nil || p.place == nil {
			return err
		}
		more = true
		if row, err = w.updated(ctx, tx, `objects = objects + ?, size = size + ?, packed = packed + ?, checksum = ?, parts = parts + 1, place = ?`,
			p.objects, p.size, w.buf.Len(), int64(p.checksum), pgdialect.Array(p.place)); err != nil {
			return err
		}
		return tx.Pgx(func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO export_parts (export_id, seq, size, bytes) VALUES ($1, $2, $3, $4)", w.id, row.Parts, p.size, w.buf.Bytes())
			return err
		})
	})
	if err != nil {
		return false, db.Fault(err)
	}
	w.row = row
	return more, nil
}

// page is what a part holds.
type page struct {
	objects  int64
	size     int64
	checksum uint32   // of all lines so far
	place    []string // of the last; nil: nothing is left
}

// read packs the next lines into the buffer while they come.
func (w *worker) read(ctx context.Context, tx db.Tx) (*page, error) {
	q := w.query()
	q.after(w.row.Place)
	members := w.nextMembers()
	if w.row.SegmentID != nil {
		q.and("k.id = ANY (%s::bigint[])", members)
	}
	p := &page{checksum: uint32(w.row.Checksum)}
	w.buf.Reset()
	w.pack.Reset(&w.buf)
	sql, args := q.page(pageObjects)
	err := tx.Pgx(func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for p.size < partSize && rows.Next() {
			if err := p.add(w.pack, rows.RawValues()); err != nil {
				return err
			}
		}
		rows.Close() // what lies behind a full part is read again for the next
		return rows.Err()
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	if n := len(members); n > 0 && p.size < partSize { // some may be gone meanwhile
		p.place = []string{strconv.FormatInt(members[n-1], 10)}
	}
	return p, w.pack.Flush()
}

var newline = []byte("\n")

// add packs one object: its key, and its line.
func (p *page) add(to io.Writer, columns [][]byte) error {
	last := len(columns) - 1
	p.place = p.place[:0]
	for _, column := range columns[:last] {
		p.place = append(p.place, string(column))
	}
	for _, content := range [][]byte{columns[last], newline} {
		if _, err := to.Write(content); err != nil {
			return err
		}
		p.size += int64(len(content))
		p.checksum = crc32.Update(p.checksum, crc32.IEEETable, content)
	}
	p.objects++
	return nil
}

// nextMembers are those of the segment whose turn it is.
func (w *worker) nextMembers() []int64 {
	from := 0
	if w.row.Place != nil {
		last, _ := strconv.ParseInt(w.row.Place[0], 10, 64) // the key of a customer
		from, _ = slices.BinarySearch(w.members, last+1)
	}
	return w.members[from:min(from+pageObjects, len(w.members))]
}

// end notes why work ended before it was done. Only what another try may mend is
// returned: the database away, the process stopping.
func (w *worker) end(ctx context.Context, err error) error {
	ctx = context.WithoutCancel(ctx)
	switch {
	case err == nil, errors.Is(err, lease.ErrLost):
		return nil
	case errors.Is(err, context.Canceled), fault.Is(err, fault.Unavailable):
		return errors.Join(err, w.leave(ctx, "status = 'RUNNING'"))
	}
	var known *fault.Error
	code := "INTERNAL"
	if errors.As(err, &known) && known.Kind != fault.Internal {
		code = known.CodeOrKind()
	}
	w.Log.ErrorContext(ctx, "an export failed", "export", w.id, "code", code, "error", err)
	return w.leave(ctx, "status = 'FAILED', parts = 0, error_code = ?, finished_at = ?", code, w.Clock.Now())
}

// leave gives the lease back; a file that is never done is not kept.
func (w *worker) leave(ctx context.Context, set string, args ...any) error {
	_, err := w.DB.NewRaw(`WITH row AS (UPDATE exports SET `+set+`, lease_owner = NULL, lease_until = NULL
			WHERE id = ? AND lease_owner = ? AND status = 'RUNNING' RETURNING id, status)
		DELETE FROM export_parts p USING row WHERE p.export_id = row.id AND row.status = 'FAILED'`, append(args, w.id, w.owner)...).Exec(ctx)
	return db.Fault(err)
}
