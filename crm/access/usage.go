package access

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db"
)

// Usage is written every so often, and when a node ends: what a node counts in
// between is lost when it is killed, which a figure for orientation may be.
const (
	usageEvery   = 20 * time.Second
	usageTimeout = 10 * time.Second
	usageDays    = 30
)

// Usage counts what partner clients ask for, by day, and writes it in batches.
// It is safe for concurrent use.
type Usage struct {
	db    *db.DB
	clock clock.Clock
	zone  *time.Location // days are the merchant's
	log   *slog.Logger

	mu      sync.Mutex
	counts  map[usageKey]*db.APIClientUsage
	written time.Time
	writing sync.WaitGroup
}

type usageKey struct {
	client int64
	day    time.Time
}

// NewUsage counts nothing yet.
func NewUsage(d *db.DB, c clock.Clock, zone *time.Location, log *slog.Logger) *Usage {
	return &Usage{db: d, clock: c, zone: zone, log: log, counts: map[usageKey]*db.APIClientUsage{}, written: c.Now()}
}

// Note counts one request of a client.
func (u *Usage) Note(client int64, cost int, throttled, failed, deprecated bool) {
	now := u.clock.Now()
	y, m, d := now.In(u.zone).Date()
	key := usageKey{client, time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
	u.mu.Lock()
	defer u.mu.Unlock()
	c := u.counts[key]
	if c == nil {
		c = &db.APIClientUsage{ClientID: client, Day: key.day}
		u.counts[key] = c
	}
	c.Requests++
	c.Cost += int64(cost)
	if throttled {
		c.Throttled++
	}
	if failed {
		c.Failed++
	}
	if deprecated {
		c.Deprecated++
	}
	if now.Sub(u.written) >= usageEvery {
		u.written = now
		u.writing.Go(u.flush)
	}
}

// Close writes what is left.
func (u *Usage) Close() {
	u.writing.Wait()
	u.flush()
}

func (u *Usage) flush() {
	ctx, cancel := context.WithTimeout(context.Background(), usageTimeout)
	defer cancel()
	u.mu.Lock()
	counts := u.counts
	u.counts = map[usageKey]*db.APIClientUsage{}
	u.mu.Unlock()
	for _, c := range counts {
		if err := u.write(ctx, c); err != nil {
			u.log.Warn("the usage of a client is lost", "client", c.ClientID, "requests", c.Requests, "cause", err)
		}
	}
}

func (u *Usage) write(ctx context.Context, c *db.APIClientUsage) error {
	return db.RunInTx(ctx, u.db, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewRaw(`INSERT INTO api_client_usage AS u (client_id, day, requests, cost, throttled, failed, deprecated) VALUES (?0, ?1, ?2, ?3, ?4, ?5, ?6)
			ON CONFLICT (client_id, day) DO UPDATE SET requests = u.requests + excluded.requests, cost = u.cost + excluded.cost,
				throttled = u.throttled + excluded.throttled, failed = u.failed + excluded.failed,
				deprecated = u.deprecated + excluded.deprecated`,
			c.ClientID, c.Day, c.Requests, c.Cost, c.Throttled, c.Failed, c.Deprecated).Exec(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw("UPDATE api_clients SET last_used_at = ? WHERE id = ?", u.clock.Now(), c.ClientID).Exec(ctx)
		return err
	})
}

// Of is what a client asked for in the last 30 days, the oldest day first.
func (u *Usage) Of(ctx context.Context, client int64) ([]db.APIClientUsage, error) {
	var rows []db.APIClientUsage
	since := u.clock.Now().In(u.zone).AddDate(0, 0, 1-usageDays)
	err := u.db.NewSelect().Model(&rows).Where("client_id = ? AND day >= ?", client, since.Format(time.DateOnly)).Order("day").Scan(ctx)
	return rows, db.Fault(err)
}
