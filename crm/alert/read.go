package alert

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
)

// List is a page of the alerts that the caller may see, the newest first: limit
// alerts older than the one with the id before (0: from the newest); those that
// are resolved, or those that are not.
func (s *Service) List(ctx context.Context, resolved bool, before int64, limit int) ([]*db.Alert, error) {
	rows := []*db.Alert{}
	kinds := visible(access.From(ctx).Scopes)
	if len(kinds) == 0 {
		return rows, nil
	}
	q := s.DB.NewSelect().Model(&rows).Where("kind IN (?)", bun.List(kinds)).Where("(resolved_at IS NOT NULL) = ?", resolved).
		Order("id DESC").Limit(int64(limit))
	if before != 0 {
		q.Where("id < ?", before)
	}
	return rows, db.Fault(q.Scan(ctx))
}

// Find is one alert. Errors: fault.NotFound, also when the caller may not see it.
func (s *Service) Find(ctx context.Context, id int64) (*db.Alert, error) {
	return find(ctx, s.DB, id, "")
}

func find(ctx context.Context, idb bun.IDB, id int64, lock string) (*db.Alert, error) {
	kinds := visible(access.From(ctx).Scopes)
	if len(kinds) == 0 {
		return nil, fault.New(fault.NotFound, "there is no such alert")
	}
	row := new(db.Alert)
	q := idb.NewSelect().Model(row).Where("id = ?", id).Where("kind IN (?)", bun.List(kinds))
	if lock != "" {
		q.For(lock)
	}
	return row, db.Fault(q.Scan(ctx))
}

// Summary is how many alerts stand open.
type Summary struct {
	Open           int
	Unacknowledged int
	Critical       int // of those not acknowledged
}

// Summary counts the open alerts that scopes show.
func (s *Service) Summary(ctx context.Context, scopes access.ScopeSet) (sum Summary, err error) {
	kinds := visible(scopes)
	if len(kinds) == 0 {
		return sum, nil
	}
	err = s.DB.NewSelect().Model((*db.Alert)(nil)).Where("resolved_at IS NULL").Where("kind IN (?)", bun.List(kinds)).
		ColumnExpr("count(*) AS open").
		ColumnExpr("count(*) FILTER (WHERE acknowledged_at IS NULL) AS unacknowledged").
		ColumnExpr("count(*) FILTER (WHERE acknowledged_at IS NULL AND severity = ?) AS critical", Critical).
		Scan(ctx, &sum)
	return sum, db.Fault(err)
}

// Acknowledge notes that the caller has seen an alert and looks after it; it
// stays open until its cause is gone. Once done, it does nothing more.
// Errors: fault.NotFound; fault.Forbidden for who may see but not act.
func (s *Service) Acknowledge(ctx context.Context, id int64) (*db.Alert, error) {
	var row *db.Alert
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) (err error) {
		if row, err = find(ctx, tx, id, "UPDATE"); err != nil {
			return err
		}
		caller := access.From(ctx)
		if !MayAcknowledge(caller, Kind(row.Kind)) {
			return fault.New(fault.Forbidden, "your role may not act on this alert")
		}
		if row.AcknowledgedAt != nil {
			return nil
		}
		now := s.Clock.Now()
		row.AcknowledgedAt, row.AcknowledgedBy = &now, caller.StaffID()
		if _, err := tx.NewUpdate().Model(row).Column("acknowledged_at", "acknowledged_by").WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if err := live.Notify(ctx, tx, live.Alert, 0); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "alert.acknowledge", ObjectKind: "Alert", ObjectID: id, Detail: map[string]any{"kind": row.Kind}})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}
