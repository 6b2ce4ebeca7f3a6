// Package event owns the one stream of what happens to a customer.
//
// Every noun writes here what it did, in the transaction that did it, so that
// the timeline of a customer is one index scan. The package promises order by
// (occurred_at, id), that a page never repeats or skips an event, and that the
// stream is partitioned by month, months being made before they are written
// to. It leaves the meaning of an event's data to the noun that wrote it; data
// holds ids and figures, never personal data.
//
// Behaviours, what people do on sites and in apps, are its own: they come in
// from outside (API, pages, files), each once however often it is sent, are
// counted per customer, product and day for segments (customer_behaviour), and
// wait apart while it is not known who the visitor is.
package event

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db"
)

// The kinds of event, noun.verb. RefID is the row of the noun.
const (
	OrderPlaced    = "order.placed"
	OrderShipped   = "order.shipped"
	OrderCancelled = "order.cancelled"
	OrderReturned  = "order.returned"
	OrderAdjusted  = "order.adjusted"
	ConsentGiven   = "consent.given"
	ConsentDropped = "consent.withdrawn"
	MemberJoined   = "member.joined"
	MailChanged    = "member.mailChanged" // by himself
	OfferIssued    = "offer.issued"       // to a member, who took it himself
	OfferUsed      = "offer.used"         // as he, a till or a partner said
	OfferUnused    = "offer.unused"       // the use was taken back, or its order cancelled

	CustomerMerged   = "customer.merged"
	CustomerUnmerged = "customer.unmerged"
)

// Event is something that happened to a customer.
type Event struct {
	CustomerID int64
	OccurredAt time.Time
	Kind       string
	ShopID     int64 // 0: none
	RefID      int64 // 0: none
	Data       any   // marshalled to a JSON object; nil: empty
}

// Up to few events are inserted one statement each time anew; up to many by one
// that the connection keeps prepared, which costs half of a COPY; more are
// copied.
const few, many = 20, 1000

// Append writes events in tx.
func Append(ctx context.Context, tx bun.IDB, events ...Event) error {
	rows := make([]db.Event, len(events))
	for i, e := range events {
		var err error
		if rows[i], err = newRow(e); err != nil {
			return err
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if shared, ok := tx.(db.Tx); ok && len(rows) > few {
		return db.Fault(shared.Pgx(func(tx pgx.Tx) error {
			if len(rows) > many {
				return copyIn(ctx, tx, rows)
			}
			return insertPrepared(ctx, tx, rows)
		}))
	}
	_, err := tx.NewInsert().Model(&rows).ExcludeColumn("id").Returning("NULL").Exec(ctx)
	return db.Fault(err)
}

const insertSQL = `
INSERT INTO events (customer_id, occurred_at, kind, shop_id, ref_id, data)
SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::bigint[], $5::bigint[], $6::jsonb[])`

func insertPrepared(ctx context.Context, tx pgx.Tx, rows []db.Event) error {
	n := len(rows)
	customers, at, kinds := make([]int64, n), make([]time.Time, n), make([]string, n)
	shops, refs, data := make([]*int64, n), make([]*int64, n), make([]json.RawMessage, n)
	for i, r := range rows {
		customers[i], at[i], kinds[i], shops[i], refs[i], data[i] = r.CustomerID, r.OccurredAt, r.Kind, r.ShopID, r.RefID, r.Data
	}
	_, err := tx.Exec(ctx, insertSQL, pgx.QueryExecModeCacheStatement, customers, at, kinds, shops, refs, data)
	return err
}

func copyIn(ctx context.Context, tx pgx.Tx, rows []db.Event) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"events"}, []string{"customer_id", "occurred_at", "kind", "shop_id", "ref_id", "data"},
		pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
			r := rows[i]
			return []any{r.CustomerID, r.OccurredAt, r.Kind, r.ShopID, r.RefID, r.Data}, nil
		}))
	return err
}

func newRow(e Event) (db.Event, error) {
	row := db.Event{CustomerID: e.CustomerID, OccurredAt: e.OccurredAt, Kind: e.Kind, Data: json.RawMessage(`{}`)}
	if e.ShopID != 0 {
		row.ShopID = &e.ShopID
	}
	if e.RefID != 0 {
		row.RefID = &e.RefID
	}
	if e.Data == nil {
		return row, nil
	}
	var err error
	row.Data, err = json.Marshal(e.Data)
	return row, err
}

// Cursor is a place in a customer's stream.
type Cursor struct {
	At time.Time
	ID int64
}

// Groups are what timelines are filtered by: the noun of an event's kind, or
// Other for nouns that have no group of their own.
var Groups = []string{"order", "points", "stage", "message", "consent", "member", "offer", "behaviour", "note"}

// Other is the group of everything else.
const Other = "other"

// GroupOf is the group of an event's kind.
func GroupOf(kind string) string {
	noun, _, _ := strings.Cut(kind, ".")
	if slices.Contains(Groups, noun) {
		return noun
	}
	return Other
}

// Timeline lists a customer's events of these groups (none: all), newest
// first, after the cursor (nil: from the newest), at most limit.
func Timeline(ctx context.Context, idb bun.IDB, customerID int64, groups []string, after *Cursor, limit int) ([]db.Event, error) {
	var rows []db.Event
	q := idb.NewSelect().Model(&rows).Where("customer_id = ?", customerID)
	if len(groups) > 0 {
		const noun = "split_part(kind, '.', 1)"
		q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			q.Where(noun+" IN (?)", bun.List(groups))
			if slices.Contains(groups, Other) {
				q.WhereOr(noun+" NOT IN (?)", bun.List(Groups))
			}
			return q
		})
	}
	if after != nil {
		q.Where("(occurred_at, id) < (?, ?)", after.At, after.ID)
	}
	err := q.OrderExpr("occurred_at DESC, id DESC").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}

// Config is what a Service needs.
type Config struct {
	DB    *db.DB
	Clock clock.Clock
	Zone  *time.Location // the merchant's
}

// Service reads the stream for the API and takes in behaviours. It is safe for
// concurrent use.
type Service struct {
	db    *db.DB
	clock clock.Clock
	zone  *time.Location
	shops sync.Map // of shopRow by id: neither currency nor existence of a shop ever changes

	keys      keyring
	collected collector
}

// New is the service.
func New(c Config) *Service { return &Service{db: c.DB, clock: c.Clock, zone: c.Zone} }

// Timeline is Timeline on the service's database.
func (s *Service) Timeline(ctx context.Context, customerID int64, groups []string, after *Cursor, limit int) ([]db.Event, error) {
	return Timeline(ctx, s.db, customerID, groups, after, limit)
}

func (s *Service) shopOf(ctx context.Context, id int64) (shopRow, error) {
	if known, ok := s.shops.Load(id); ok {
		return known.(shopRow), nil //nolint:errcheck // only shopRows are stored
	}
	row := shopRow{id: id}
	if err := s.db.Pool.QueryRow(ctx, "SELECT currency FROM shops WHERE id = $1", id).Scan(&row.currency); err != nil {
		return row, db.Fault(err)
	}
	s.shops.Store(id, row)
	return row, nil
}
