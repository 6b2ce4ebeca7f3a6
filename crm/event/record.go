package event

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/db"
)

// Source is who tells of behaviours. Their dedupe keys are apart, so that what
// a browser makes up never shadows what a partner sends.
type Source byte

// The sources.
const (
	FromPartner Source = 'p' // API and files: trusted
	FromPage    Source = 'w' // the snippet: anybody with the public write key
)

// Receipt is what became of a batch. Accepted + Duplicates + len(Refused) is
// its length.
type Receipt struct {
	Accepted   int
	Duplicates int
	// Refused are fault.Invalid, at "events.<index>.<field>", in the order of the batch.
	Refused []*fault.Error
}

// kept is a behaviour that was checked, on its way in.
type kept struct {
	*Behaviour
	index    int
	key      [16]byte
	customer int64 // 0: nobody knows yet whose visitor it is
}

// Record takes in a batch of behaviours of one shop. What is well-formed is
// stored, counted in the rollup and durable when it returns; the rest is named
// in the receipt. Sending a batch again, whole or in part, changes nothing.
// Errors: fault.Invalid TOO_MANY_EVENTS; fault.NotFound for the shop.
func (s *Service) Record(ctx context.Context, source Source, shopID int64, batch []Behaviour) (*Receipt, error) {
	if len(batch) > MaxBatch {
		return nil, fault.New(fault.Invalid, "a batch has at most %d events", MaxBatch).WithCode("TOO_MANY_EVENTS").At("events").With("max", MaxBatch)
	}
	var receipt *Receipt
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) (err error) {
		receipt, err = s.record(ctx, tx, source, origin{shop: shopID}, batch)
		return err
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return receipt, nil
}

// origin is where a batch comes from.
type origin struct {
	shop     int64
	importID *int64  // nil: no import
	lines    []int64 // of its file, by place in the batch
}

// record is Record in a transaction of the caller.
func (s *Service) record(ctx context.Context, tx db.Tx, source Source, from origin, batch []Behaviour) (*Receipt, error) {
	shop, err := s.shopOf(ctx, from.shop)
	if err != nil {
		return nil, err
	}
	receipt := &Receipt{}
	rows := s.sift(source, from.shop, batch, receipt)
	err = tx.Pgx(func(pgxTx pgx.Tx) error {
		r := &recording{ctx: ctx, tx: pgxTx, source: source, from: from, shop: shop, zone: s.zone, now: s.clock.Now()}
		rows, err = r.take(rows, receipt)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(receipt.Refused, func(a, b *fault.Error) int { return placeOf(a) - placeOf(b) })
	if from.importID != nil {
		if err := learnFrom(ctx, tx, from, rows); err != nil {
			return nil, err
		}
	}
	if source != FromPartner {
		return receipt, nil
	}
	return receipt, access.Audit(ctx, tx, access.Entry{Action: "events.record", ObjectKind: "Shop", ObjectID: from.shop, Detail: map[string]any{
		"accepted": receipt.Accepted, "duplicates": receipt.Duplicates, "refused": len(receipt.Refused),
	}})
}

// sift checks a batch and leaves out what is wrong or occurs twice in it.
func (s *Service) sift(source Source, shopID int64, batch []Behaviour, receipt *Receipt) []kept {
	now := s.clock.Now()
	rows := make([]kept, 0, len(batch))
	seen := make(map[[16]byte]bool, len(batch))
	for i := range batch {
		b := batch[i] // the caller's stays as it is
		if f := b.check(now); f != nil {
			receipt.refuse(i, f)
			continue
		}
		k := kept{Behaviour: &b, index: i, key: eventKey(source, shopID, b.DedupeKey)}
		if seen[k.key] {
			receipt.Duplicates++
			continue
		}
		seen[k.key] = true
		rows = append(rows, k)
	}
	return rows
}

func (r *Receipt) refuse(index int, f *fault.Error) {
	r.Refused = append(r.Refused, f.At("events."+strconv.Itoa(index)+"."+f.Field))
}

func placeOf(f *fault.Error) int {
	n := 0
	for _, c := range f.Field[len("events."):] {
		if c < '0' || c > '9' {
			break
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// eventKey is a source's dedupe key, apart from those of other sources and shops.
func eventKey(source Source, shopID int64, key string) (out [16]byte) {
	b := binary.BigEndian.AppendUint64(append(make([]byte, 0, 9+len(key)), byte(source)), uint64(shopID))
	sum := sha256.Sum256(append(b, key...))
	copy(out[:], sum[:])
	return out
}

// recording is one transaction that takes a batch in.
type recording struct {
	ctx    context.Context //nolint:containedctx // lives as long as the transaction
	tx     pgx.Tx
	source Source
	from   origin
	shop   shopRow
	zone   *time.Location
	now    time.Time
}

// prepared has Postgres keep the plans of these few statements; the pool that
// Bun shares does not by itself.
const prepared = pgx.QueryExecModeCacheStatement

// take stores the rows that are new, and answers with them.
func (r *recording) take(rows []kept, receipt *Receipt) ([]kept, error) {
	rows, err := r.people(rows, receipt)
	if err != nil {
		return nil, err
	}
	fresh, err := r.fresh(rows)
	if err != nil {
		return nil, err
	}
	receipt.Duplicates += len(rows) - len(fresh)
	receipt.Accepted = len(fresh)
	slices.SortFunc(fresh, func(a, b kept) int { return a.index - b.index }) // what happened at one instant stays in its order
	return fresh, r.store(fresh)
}

// fresh books the keys of the batch and gives the rows whose key was new. Keys
// are booked in one order, so that two batches with the same ones do not
// deadlock: the second waits, and finds them taken.
func (r *recording) fresh(rows []kept) ([]kept, error) {
	slices.SortFunc(rows, func(a, b kept) int { return bytes.Compare(a.key[:], b.key[:]) })
	keys, times := make([][16]byte, len(rows)), make([]time.Time, len(rows))
	for i, k := range rows {
		keys[i], times[i] = k.key, k.OccurredAt
	}
	booked, err := r.tx.Query(r.ctx, `INSERT INTO event_keys (key, occurred_at, import_id)
		SELECT i.key, i.at, $3 FROM unnest($1::uuid[], $2::timestamptz[]) AS i (key, at) ORDER BY i.key
		ON CONFLICT (key) DO NOTHING RETURNING key`, prepared, keys, times, r.from.importID)
	if err != nil {
		return nil, err
	}
	taken, err := pgx.CollectRows(booked, pgx.RowTo[[16]byte])
	if err != nil || len(taken) == len(rows) {
		return rows, err
	}
	mine := make(map[[16]byte]bool, len(taken))
	for _, key := range taken {
		mine[key] = true
	}
	return slices.DeleteFunc(rows, func(k kept) bool { return !mine[k.key] }), nil
}

// store writes the rows to the stream, or to the visitor's own while it is not
// known whose they are, and counts them.
func (r *recording) store(rows []kept) error {
	var known, unknown []kept
	for _, k := range rows {
		if k.customer != 0 {
			known = append(known, k)
		} else {
			unknown = append(unknown, k)
		}
	}
	for _, write := range []func() error{
		func() error { return r.stream(known) },
		func() error { return r.visitors(unknown) },
		func() error { return count(r.ctx, r.tx, r.counts(known)) },
		func() error { return r.learn(rows) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// learn keeps what the rows say of products. Of a page, which anybody can
// imitate, it takes only the first word on a product that nothing else names.
// Of an import it learns once the rows are stored: see learnFrom.
func (r *recording) learn(rows []kept) error {
	products, _ := named(rows)
	switch {
	case r.from.importID != nil:
		return nil
	case r.source == FromPage:
		return product.Introduce(r.ctx, r.tx, products)
	}
	return product.Keep(r.ctx, r.tx, products)
}

// learnFrom keeps what the rows of an import say of products.
func learnFrom(ctx context.Context, tx db.Tx, from origin, rows []kept) error {
	products, at := named(rows)
	lines := make(map[string]int64, len(at))
	for sku, index := range at {
		lines[sku] = from.lines[index]
	}
	return product.KeepFrom(ctx, tx, *from.importID, lines, products)
}

// named are the products that rows name, the last word of each, and by code the
// place in the batch where it stands.
func named(rows []kept) ([]product.Product, map[string]int) {
	last, at := map[string]product.Product{}, map[string]int{}
	for _, k := range rows {
		if k.SKU != "" && (k.Name != "" || k.Category != "") && !last[k.SKU].SeenAt.After(k.OccurredAt) {
			last[k.SKU], at[k.SKU] = product.Product{SKU: k.SKU, Name: k.Name, Category: k.Category, SeenAt: k.OccurredAt}, k.index
		}
	}
	return slices.Collect(maps.Values(last)), at
}

func (r *recording) stream(rows []kept) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := r.tx.CopyFrom(r.ctx, pgx.Identifier{"events"}, []string{"customer_id", "occurred_at", "kind", "shop_id", "data", "import_id"},
		pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
			k := rows[i]
			return []any{k.customer, k.OccurredAt, Actions[k.Action], r.shop.id, k.data(r.shop.currency), r.from.importID}, nil
		}))
	return err
}

func (r *recording) visitors(rows []kept) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := r.tx.CopyFrom(r.ctx, pgx.Identifier{"visitor_events"}, []string{"shop_id", "visitor_id", "occurred_at", "kind", "data", "import_id"},
		pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
			k := rows[i]
			return []any{r.shop.id, k.VisitorID, k.OccurredAt, Actions[k.Action], k.data(r.shop.currency), r.from.importID}, nil
		}))
	return err
}
