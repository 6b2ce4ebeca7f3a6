package segment

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// Moves is what computing a membership changed.
type Moves struct {
	Segment *db.Segment
	Entered int64
	Left    int64
}

// Refresh computes who is in a segment now and keeps the difference: those who
// stay keep the instant they entered.
// Errors: fault.NotFound, also for an archived one.
func (s *Service) Refresh(ctx context.Context, id int64) (*Moves, error) {
	var moves *Moves
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		row, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if moves, err = s.compute(ctx, tx, row); err != nil {
			return err
		}
		return audit(ctx, tx, "segment.refresh", row, map[string]any{"entered": moves.Entered, "left": moves.Left})
	})
	return moves, err
}

// RefreshJob asks for RefreshAll.
type RefreshJob struct{}

// Kind names the job in the queue.
func (RefreshJob) Kind() string { return "segment.refresh" }

// RefreshEvery is how old a saved membership gets.
const RefreshEvery = time.Hour

// refreshBudget bounds one run of RefreshAll, so that a merchant with many heavy
// segments gets a membership that is older, not a database that does nothing
// else. What is left over is the oldest and so the first of the next run.
const refreshBudget = RefreshEvery / 4

// RefreshAll computes every segment whose membership is older than half of
// RefreshEvery, the oldest first; windows such as "within 30 days" move people
// without any event. Only the difference is written. One segment's failure does
// not keep the others.
func (s *Service) RefreshAll(ctx context.Context) error {
	since := s.clock.Now().Add(-RefreshEvery / 2)
	var ids []int64
	err := s.db.NewRaw("SELECT id FROM segments WHERE archived_at IS NULL AND (computed_at IS NULL OR computed_at < ?) ORDER BY computed_at NULLS FIRST, id", since).Scan(ctx, &ids)
	if err != nil {
		return db.Fault(err)
	}
	var failed error
	begun := time.Now() // how long it really takes, whatever the clock of the merchant says
	for _, id := range ids {
		if time.Since(begun) > refreshBudget {
			break
		}
		if _, err := s.Refresh(ctx, id); err != nil && failed == nil {
			failed = err
		}
	}
	return failed
}

// Members is the SQL, with its arguments as $1, $2 …, for the ids of everybody
// a segment's rule means at this moment, each once. It does not look at the
// saved membership. Whoever runs it does so in
// a transaction, after RuleSettings.
// Errors: fault.NotFound.
func (s *Service) Members(ctx context.Context, id int64) (sql string, args []any, err error) {
	row, err := s.Find(ctx, id)
	if err != nil {
		return "", nil, err
	}
	query, err := s.queryOf(ctx, row)
	if err != nil {
		return "", nil, err
	}
	st := query.IDs()
	return st.SQL, st.Args, nil
}

// refreshTimeout bounds the computing of one membership; it runs in the
// background and writes, so it may take longer than a count.
const refreshTimeout = 2 * time.Minute

// compute brings segment_members in line with the rule of a locked row, in one
// statement, and keeps the count.
func (s *Service) compute(ctx context.Context, tx db.Tx, row *db.Segment) (*Moves, error) {
	query, err := s.queryOf(ctx, row)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	var count int64
	moves := &Moves{Segment: row}
	err = tx.Pgx(func(tx pgx.Tx) error {
		limit := "; SET LOCAL statement_timeout = " + strconv.FormatInt(refreshTimeout.Milliseconds(), 10)
		if _, err := tx.Exec(ctx, RuleSettings+limit); err != nil {
			return err
		}
		st := query.membership(row.ID, now)
		return tx.QueryRow(ctx, st.SQL, st.ExecArgs()...).Scan(&count, &moves.Entered, &moves.Left)
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	row.MemberCount, row.ComputedAt = &count, &now
	_, err = tx.NewUpdate().Model(row).Column("member_count", "computed_at").WherePK().Exec(ctx)
	return moves, db.Fault(err)
}

// membership is the statement that keeps the difference between the people of
// the rule and the saved members, and counts all, those who came, and those who
// went.
func (q Query) membership(segmentID int64, now time.Time) Statement {
	segment, at := "$"+strconv.Itoa(len(q.args)+1), "$"+strconv.Itoa(len(q.args)+2)
	return Statement{
		SQL: "WITH hit AS MATERIALIZED (\nSELECT c.id\n" + q.from + "\n),\n" +
			"went AS (DELETE FROM segment_members AS m WHERE m.segment_id = " + segment +
			" AND NOT EXISTS (SELECT 1 FROM hit WHERE hit.id = m.customer_id) RETURNING 1),\n" +
			"came AS (INSERT INTO segment_members (customer_id, segment_id, entered_at) SELECT hit.id, " + segment + ", " + at + " FROM hit" +
			" WHERE NOT EXISTS (SELECT 1 FROM segment_members AS m WHERE m.segment_id = " + segment + " AND m.customer_id = hit.id) RETURNING 1)\n" +
			"SELECT (SELECT count(*) FROM hit), (SELECT count(*) FROM came), (SELECT count(*) FROM went)",
		Args: append(q.args[:len(q.args):len(q.args)], segmentID, now),
	}
}
