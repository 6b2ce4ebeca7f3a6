package pull

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// maxConnections bounds the list: a shop has one at most.
const maxConnections = 200

// List is all connections, by shop.
func (s *Service) List(ctx context.Context) ([]db.PullConnection, error) {
	var rows []db.PullConnection
	err := s.DB.NewSelect().Model(&rows).Order("shop_id").Limit(maxConnections).Scan(ctx)
	return rows, db.Fault(err)
}

// Find is one connection. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.PullConnection, error) {
	row := new(db.PullConnection)
	err := s.DB.NewSelect().Model(row).Where("id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}

// Overview is a connection with the pull under way, or the last one.
type Overview struct {
	db.PullConnection
	Latest *Told // nil: there was none
	// Running says that somebody works on it.
	Running bool
}

// Overviews is all connections, by shop.
func (s *Service) Overviews(ctx context.Context) ([]Overview, error) {
	rows, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Overview, len(rows))
	for i := range rows {
		if all[i], err = s.overview(ctx, &rows[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Look is the overview of one connection, and an error as it is.
func (s *Service) Look(ctx context.Context, row *db.PullConnection, err error) (Overview, error) {
	if err != nil {
		return Overview{}, err
	}
	return s.overview(ctx, row)
}

func (s *Service) overview(ctx context.Context, row *db.PullConnection) (Overview, error) {
	o := Overview{PullConnection: *row, Running: row.LeaseUntil != nil && row.LeaseUntil.After(time.Now())} // leases are of the database's clock
	latest, err := s.Pulls(ctx, row.ID, 0, 1)
	if len(latest) > 0 {
		o.Latest = &latest[0]
	}
	return o, err
}

// Watch sends all connections as they stand, then again after each change.
func (s *Service) Watch(ctx context.Context) (<-chan []Overview, error) {
	return s.feeds.Watch(ctx, 0)
}

// Pulls are the latest pulls of a connection, newest first, before one (0: the
// newest), with what became of their rows.
func (s *Service) Pulls(ctx context.Context, connectionID, before int64, limit int) ([]Told, error) {
	var rows []Told
	err := s.DB.NewRaw(`SELECT p.*, coalesce(i.imports, 0) AS imports, coalesce(i.rows_inserted, 0) AS inserted, coalesce(i.rows_updated, 0) AS updated,
			coalesce(i.rows_unchanged, 0) AS unchanged, coalesce(i.quarantined, 0) AS quarantined, coalesce(i.unfinished, 0) AS unfinished,
			coalesce(i.failed, 0) AS failed, coalesce(i.orders, 0) AS orders, i.latest AS latest_import
		FROM pulls p LEFT JOIN LATERAL (
			SELECT count(*) AS imports, sum(rows_inserted) AS rows_inserted, sum(rows_updated) AS rows_updated, sum(rows_unchanged) AS rows_unchanged,
				sum(rows_quarantined - rows_mended) AS quarantined, count(*) FILTER (WHERE status IN ('QUEUED', 'RUNNING', 'STOPPED')) AS unfinished,
				count(*) FILTER (WHERE status = 'FAILED') AS failed, sum(orders_count + cancellations_count) AS orders, max(id) AS latest
			FROM imports WHERE pull_id = p.id) i ON true
		WHERE p.connection_id = ?0 AND (?1 = 0 OR p.id < ?1) ORDER BY p.id DESC LIMIT ?2`, connectionID, before, limit).Scan(ctx, &rows)
	return rows, db.Fault(err)
}

// Told is a pull and what became of it.
type Told struct {
	db.Pull `bun:",extend"`

	Imports     int64
	Inserted    int64 // rows
	Updated     int64
	Unchanged   int64
	Quarantined int64 // and not mended
	Orders      int64 // with cancellations
	Unfinished  int64 // imports that run, wait or were stopped
	Failed      int64 // imports
	// LatestImport is the newest import; nil: there was nothing to take in.
	LatestImport *int64
}

// Stop ends the pulling after the page under way; what came stays.
// Errors: fault.NotFound; fault.Precondition when it is stopped.
func (s *Service) Stop(ctx context.Context, id int64) (*db.PullConnection, error) {
	return s.transition(ctx, id, "connection.stop", func(row *db.PullConnection) ([]string, error) {
		if row.Status == stopped {
			return nil, fault.New(fault.Precondition, "it is stopped already").WithCode("CONNECTION_STOPPED")
		}
		row.Status = stopped
		return []string{"status"}, nil
	})
}

// Resume goes on where it was stopped, at once.
// Errors: fault.NotFound; fault.Precondition when it runs.
func (s *Service) Resume(ctx context.Context, id int64) (*db.PullConnection, error) {
	return s.transition(ctx, id, "connection.resume", func(row *db.PullConnection) ([]string, error) {
		if row.Status == active {
			return nil, fault.New(fault.Precondition, "it runs already").WithCode("CONNECTION_ACTIVE")
		}
		row.Status, row.NextAt = active, s.Clock.Now()
		return []string{"status", "next_at"}, nil
	})
}

// PullNow does not wait for the next turn.
// Errors: fault.NotFound; fault.Precondition when it is stopped.
func (s *Service) PullNow(ctx context.Context, id int64) (*db.PullConnection, error) {
	return s.transition(ctx, id, "connection.pull", func(row *db.PullConnection) ([]string, error) {
		if row.Status == stopped {
			return nil, fault.New(fault.Precondition, "it is stopped").WithCode("CONNECTION_STOPPED")
		}
		row.NextAt = s.Clock.Now()
		return []string{"next_at"}, nil
	})
}

// PullAgain begins anew from a day, e.g. after an import was undone: everything
// since then is asked for once more, and taken in where it is not there.
// Errors: fault.NotFound; fault.Invalid AHEAD_OF_NOW.
func (s *Service) PullAgain(ctx context.Context, id int64, from time.Time) (*db.PullConnection, error) {
	if from.After(s.Clock.Now()) {
		return nil, fault.New(fault.Invalid, "the day lies ahead").WithCode("AHEAD_OF_NOW").At("from")
	}
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		// Whoever works on it loses the lease with the next page.
		row.FirstFrom, row.PulledTo, row.NextAt, row.Status, row.LeaseOwner, row.LeaseUntil = from, nil, s.Clock.Now(), active, nil, nil
		_, err = tx.NewUpdate().Model(row).WherePK().Column("first_from", "pulled_to", "next_at", "status", "lease_owner", "lease_until").Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		for _, sql := range []string{
			"DELETE FROM pull_seen WHERE connection_id = ?",
			// What it fetched and did not hand over comes again.
			"DELETE FROM pull_pages WHERE pull_id IN (SELECT id FROM pulls WHERE connection_id = ? AND status = 'OPEN')",
		} {
			if _, err := tx.NewRaw(sql, id).Exec(ctx); err != nil {
				return db.Fault(err)
			}
		}
		_, err = tx.NewRaw("UPDATE pulls SET status = 'DONE', pending = 0, finished_at = ? WHERE connection_id = ? AND status = 'OPEN'", s.Clock.Now(), id).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return s.changed(ctx, tx, id, "connection.pull_again", map[string]any{"from": from.In(s.Zone).Format(time.DateOnly)})
	})
	if err != nil {
		return nil, err
	}
	return s.Find(ctx, id)
}

// Disconnect forgets the connection and its credentials. What came stays.
// Errors: fault.NotFound.
func (s *Service) Disconnect(ctx context.Context, id int64) error {
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model(row).WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return s.changed(ctx, tx, id, "connection.delete", map[string]any{"service": row.Service, "shop": row.ShopID})
	})
}

func lock(ctx context.Context, tx bun.IDB, id int64) (*db.PullConnection, error) {
	row := new(db.PullConnection)
	err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx)
	return row, db.Fault(err)
}

// transition changes a connection under a lock on its row.
func (s *Service) transition(ctx context.Context, id int64, action string, change func(*db.PullConnection) ([]string, error)) (*db.PullConnection, error) {
	var row *db.PullConnection
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) (err error) {
		if row, err = lock(ctx, tx, id); err != nil {
			return err
		}
		columns, err := change(row)
		if err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model(row).WherePK().Column(columns...).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return s.changed(ctx, tx, id, action, nil)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}
