package pull

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/db"
)

// handOver is how many orders go into one import at most, about: so much a
// merchant finds again, and so much memory a worker takes.
const handOver = 2_000

// pull goes on with the open pull of the connection, or begins one, until all of
// its span is handed over.
func (w *worker) pull(ctx context.Context) error {
	svc, err := w.s.service(w.row.Service)
	if err != nil {
		return err
	}
	credentials, err := w.s.credentials(w.row)
	if err != nil {
		return err
	}
	src, err := svc.Open(credentials, w.s.tools(w.row))
	if err != nil {
		return err
	}
	p, err := w.begin(ctx, svc)
	if err != nil {
		return err
	}
	span := source.Span{From: p.FromAt, To: p.ToAt, First: p.First}
	for !p.Complete {
		if p.Pending >= handOver {
			if err := w.handOver(ctx, svc, p); err != nil {
				return err
			}
		}
		page, err := src.Next(ctx, span, p.Cursor)
		if err != nil {
			return err
		}
		if err := w.keepPage(ctx, p, page); err != nil {
			return err
		}
	}
	if p.Pending > 0 {
		if err := w.handOver(ctx, svc, p); err != nil {
			return err
		}
	}
	return w.finish(ctx, p)
}

// begin finds the open pull, or begins one: from where the last one ended, less
// what is pulled twice, until now, less what the service does not know yet.
func (w *worker) begin(ctx context.Context, svc source.Service) (*db.Pull, error) {
	var found []*db.Pull
	if err := w.s.DB.NewSelect().Model(&found).Where("connection_id = ? AND status = ?", w.row.ID, open).Scan(ctx); err != nil || len(found) > 0 {
		return first(found), db.Fault(err)
	}
	now, habits := w.s.Clock.Now(), svc.Habits()
	p := &db.Pull{ConnectionID: w.row.ID, Status: open, First: w.row.PulledTo == nil, FromAt: w.row.FirstFrom, ToAt: now.Add(-habits.Lag).Truncate(time.Second), StartedAt: now}
	if !p.First {
		p.FromAt = later(w.row.PulledTo.Add(-habits.Overlap), w.row.FirstFrom)
	}
	if habits.Oldest > 0 {
		p.FromAt = later(p.FromAt, now.Add(-habits.Oldest))
	}
	p.FromAt = p.FromAt.Truncate(time.Second)
	if p.ToAt.Before(p.FromAt) {
		p.ToAt = p.FromAt
	}
	err := db.RunInTx(ctx, w.s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := w.hold(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(p).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return db.Fault(live.Notify(ctx, tx, live.Pulls, w.row.ID))
	})
	return p, err
}

func first(found []*db.Pull) *db.Pull {
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// keepPage keeps the orders of a page that are told otherwise than the last
// time, and moves the cursor behind it, in one transaction under the lease.
func (w *worker) keepPage(ctx context.Context, p *db.Pull, page source.Page) error {
	before := *p
	err := db.RunInTx(ctx, w.s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := w.hold(ctx, tx); err != nil {
			return err
		}
		news, err := w.news(ctx, tx, page.Orders)
		if err != nil {
			return err
		}
		if err := addPage(ctx, tx, p.ID, news); err != nil {
			return err
		}
		p.Cursor, p.Complete = page.Cursor, page.Done
		p.Fetched += int64(len(page.Orders))
		p.Known += int64(len(page.Orders) - len(news))
		p.Pending += len(news)
		p.Expected += int64(page.Total)
		_, err = tx.NewUpdate().Model(p).WherePK().Column("cursor", "complete", "fetched", "known", "pending", "expected").Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return db.Fault(live.Notify(ctx, tx, live.Pulls, w.row.ID))
	})
	if err != nil {
		*p = before
	}
	return err
}

// news are the orders that the last pull did not tell just so, and notes how
// they are told now. An order without a number is always news.
func (w *worker) news(ctx context.Context, tx db.Tx, orders []source.Order) ([]source.Order, error) {
	latest := map[string]int{} // an order that comes twice in a page is told by its last
	for i, o := range orders {
		latest[o.No] = i
	}
	var numbers []string
	var hashes [][]byte
	for i, o := range orders {
		if o.No != "" && latest[o.No] == i {
			numbers, hashes = append(numbers, o.No), append(hashes, hashOf(o))
		}
	}
	var known []struct {
		OrderNo string
		Hash    []byte
	}
	err := tx.NewRaw("SELECT order_no, hash FROM pull_seen WHERE connection_id = ? AND order_no = ANY (?::text[])", w.row.ID, pgdialect.Array(numbers)).Scan(ctx, &known)
	if err != nil {
		return nil, db.Fault(err)
	}
	was := map[string][]byte{}
	for _, k := range known {
		was[k.OrderNo] = k.Hash
	}
	_, err = tx.NewRaw(`INSERT INTO pull_seen (connection_id, order_no, hash, seen_at) SELECT ?, n, h, ? FROM unnest(?::text[], ?::bytea[]) AS t (n, h)
		ON CONFLICT (connection_id, order_no) DO UPDATE SET hash = excluded.hash, seen_at = excluded.seen_at`,
		w.row.ID, w.s.Clock.Now(), pgdialect.Array(numbers), pgdialect.Array(hashes)).Exec(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	var news []source.Order
	for i, o := range orders {
		if o.No == "" || latest[o.No] == i && !bytes.Equal(was[o.No], hashOf(o)) {
			news = append(news, o)
		}
	}
	return news, nil
}

// hashOf is equal for orders told alike: maps are written in the order of their keys.
func hashOf(o source.Order) []byte {
	content, _ := json.Marshal(o.Rows) // cannot fail: strings
	sum := sha256.Sum256(content)
	return sum[:]
}

var (
	packer, _   = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1)) // cannot fail: no options that could
	unpacker, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
)

func addPage(ctx context.Context, tx db.Tx, pullID int64, orders []source.Order) error {
	if len(orders) == 0 {
		return nil
	}
	content, err := json.Marshal(orders)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw("INSERT INTO pull_pages (pull_id, content) VALUES (?, ?)", pullID, packer.EncodeAll(content, nil)).Exec(ctx)
	return db.Fault(err)
}

// finish ends the pull: everything until its end has come.
func (w *worker) finish(ctx context.Context, p *db.Pull) error {
	return db.RunInTx(ctx, w.s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := w.hold(ctx, tx); err != nil {
			return err
		}
		now := w.s.Clock.Now()
		if _, err := tx.NewRaw("UPDATE pulls SET status = 'DONE', finished_at = ? WHERE id = ?", now, p.ID).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		_, err := tx.NewRaw(`UPDATE pull_connections SET pulled_to = ?, checked_at = ?, next_at = ?::timestamptz + every_minutes * interval '1 minute',
			failures = 0, trouble = NULL, trouble_since = NULL, lease_owner = NULL, lease_until = NULL WHERE id = ?`, p.ToAt, now, now, w.row.ID).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return db.Fault(live.Notify(ctx, tx, live.Pulls, w.row.ID))
	})
}
