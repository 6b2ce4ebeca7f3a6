package points

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// VerifyJob asks whether the nightly check is due; its handler calls
// Service.CheckNightly.
type VerifyJob struct{}

// Kind names the job.
func (VerifyJob) Kind() string { return "points.verify" }

// LookEvery is how often it is asked whether the nightly check is due.
const LookEvery = 30 * time.Minute

// nightly is the hour, in the merchant's zone, from which the books of a day
// are checked: after what midnight brings about is booked.
const nightly = 3

// keepChecks is how many nights are kept.
const keepChecks = 400

// CheckNightly checks the books once a night, as soon as somebody asks after
// three, so that a server that sleeps at night does it in the morning. What it
// found is kept with its figures; what is not in order goes to the log too, and
// becomes an alert.
func (s *Service) CheckNightly(ctx context.Context, q alert.Queue, log *slog.Logger) error {
	last, err := s.LastCheck(ctx)
	switch {
	case fault.Is(err, fault.NotFound):
	case err != nil:
		return err
	case !last.StartedAt.Before(lastNight(s.clock.Now(), s.zone)):
		return nil
	}
	return s.CheckNow(ctx, q, log)
}

// lastNight is the latest instant at which a nightly check fell due.
func lastNight(now time.Time, zone *time.Location) time.Time {
	y, m, d := now.In(zone).Date()
	due := time.Date(y, m, d, nightly, 0, 0, 0, zone)
	if due.After(now) {
		due = time.Date(y, m, d-1, nightly, 0, 0, 0, zone)
	}
	return due
}

// CheckNow checks the books and keeps what it found.
func (s *Service) CheckNow(ctx context.Context, q alert.Queue, log *slog.Logger) error {
	row := &db.LedgerCheck{StartedAt: s.clock.Now()}
	found, err := s.checkBooks(ctx, row)
	if err != nil {
		return err
	}
	for _, d := range found {
		log.ErrorContext(ctx, "the books of the points are not in order", "customer", d.CustomerID, "what", d.What, "id", d.ID, "kept", d.Kept, "replayed", d.Replayed)
	}
	row.FinishedAt = s.clock.Now()
	if row.Discrepancies, err = json.Marshal(found); err != nil {
		return fmt.Errorf("keep the check of the ledger: %w", err)
	}
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Returning("id").Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if _, err := tx.NewRaw(`DELETE FROM ledger_checks WHERE id <= ?`, row.ID-keepChecks).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return q.Enqueue(ctx, tx, alert.CheckJob{Of: alert.LedgerBroken})
	})
}

// checkBooks replays the ledger and counts it, both in one snapshot. The work is
// Postgres's, which spills to disk what its memory does not hold; here arrive
// the figures and at most a hundred discrepancies.
func (s *Service) checkBooks(ctx context.Context, row *db.LedgerCheck) (found []Discrepancy, err error) {
	err = pgx.BeginTxFunc(ctx, s.db.Pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if found, err = verify(ctx, tx); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `
			SELECT (SELECT count(*) FROM point_bookings), e.entries, e.total, a.accounts, (SELECT count(*) FROM point_lots), a.outstanding
			FROM (SELECT count(*) AS entries, coalesce(sum(amount), 0)::bigint AS total FROM point_entries) e,
				(SELECT count(*) AS accounts, coalesce(sum(available + pending + held), 0)::bigint AS outstanding FROM point_accounts) a`).
			Scan(&row.Bookings, &row.Entries, &row.EntriesSum, &row.Accounts, &row.Lots, &row.Outstanding)
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	if row.EntriesSum != 0 {
		found = append(found, Discrepancy{What: "sum", Kept: 0, Replayed: row.EntriesSum})
	}
	return found, nil
}

// LastCheck is the newest check. Errors: fault.NotFound before the first.
func (s *Service) LastCheck(ctx context.Context) (*db.LedgerCheck, error) {
	row := new(db.LedgerCheck)
	err := s.db.NewSelect().Model(row).Order("id DESC").Limit(1).Scan(ctx)
	return row, db.Fault(err)
}

// Checks are the newest checks, at most limit.
func (s *Service) Checks(ctx context.Context, limit int) ([]*db.LedgerCheck, error) {
	rows := []*db.LedgerCheck{}
	err := s.db.NewSelect().Model(&rows).Order("id DESC").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}

// Broken tells when the newest check found the books out of order; the next one
// that finds nothing ends it.
func (s *Service) Broken(ctx context.Context) ([]alert.Cause, error) {
	last, err := s.LastCheck(ctx)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found, err := DiscrepanciesOf(last)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return []alert.Cause{{Severity: alert.Critical, Figures: map[string]any{"discrepancies": len(found)}}}, nil
}

// DiscrepanciesOf is what a check found, at most a hundred.
func DiscrepanciesOf(row *db.LedgerCheck) (found []Discrepancy, err error) {
	if err := json.Unmarshal(row.Discrepancies, &found); err != nil {
		return nil, fault.Wrap(fault.Internal, err, "a check of the ledger cannot be read")
	}
	return found, nil
}
