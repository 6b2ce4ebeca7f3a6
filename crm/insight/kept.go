package insight

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// An answer is kept for the next who asks when it took longer than dear, at a
// merchant with a crowd of customers. With fewer it is always fresh, also on a
// machine that is busy.
const (
	dear  = 60 * time.Millisecond
	crowd = 30_000
)

// What becomes of an answer that is kept. Nobody waits longer than fresh, and
// twenty times what it took, for a change to show while he looks; what nobody
// looks at is computed less often, but is at hand when somebody comes.
const (
	fresh     = 50 * time.Second
	looking   = 15 * time.Minute // after a question
	atHand    = 8 * time.Minute
	believed  = 15 * time.Minute   // without a worker nothing is computed anew: then answers are computed as they are asked for
	forgotten = 7 * 24 * time.Hour // after the last question
)

// RefreshEvery is how often kept answers are looked over.
const RefreshEvery = time.Minute

// RefreshJob asks for Refresh.
type RefreshJob struct{}

// Kind names the job in the queue.
func (RefreshJob) Kind() string { return "insight.refresh" }

// Taken is when an answer was computed: the instant all of its figures speak of.
type Taken struct{ AsOf time.Time }

func (t *Taken) take(at time.Time) { t.AsOf = at }

// taken is an answer.
type taken interface{ take(at time.Time) }

// question is what an answer is kept under.
type question struct {
	Report string
	Period int // days of the dashboard, months of the others
	Within int // days; conversion only
}

// expected are the questions of the home page and of the tabs of the analysis as
// they open: they are at hand before somebody asks.
var expected = func() []question {
	list := []question{{"dashboard", 7, 0}, {"dashboard", 30, 0}, {"dashboard", 90, 0}}
	for _, months := range []int{12, 6, 24} {
		list = append(list, question{"conversion", months, 90}, question{"repeat", months, 0}, question{"circulation", months, 0}, question{"events", months, 0},
			question{"stages", months, 0}, question{"liability", months, 0})
	}
	return list
}()

// compute answers a question from the tables.
func (s *Service) compute(ctx context.Context, q question) (taken, error) {
	switch q.Report {
	case "dashboard":
		return s.dashboard(ctx, q.Period)
	case "conversion":
		return s.conversion(ctx, q.Period, q.Within)
	case "repeat":
		return s.repeat(ctx, q.Period)
	case "events":
		return s.events(ctx, q.Period)
	case "circulation":
		return s.circulation(ctx, q.Period)
	case "stages":
		return s.stages(ctx, q.Period)
	case "liability":
		return s.liability(ctx, q.Period)
	}
	return nil, fmt.Errorf("there is no report %q", q.Report)
}

// answered answers a question: by what is kept, or fresh.
func answered[T taken](ctx context.Context, s *Service, q question, empty T) (T, error) {
	found, err := s.find(ctx, q, empty)
	if err != nil || found {
		return empty, err
	}
	a, err := s.answerAnew(ctx, q)
	if err != nil {
		return empty, err
	}
	answer, ok := a.(T)
	if !ok {
		return empty, fmt.Errorf("the report %q is no %T", q.Report, empty)
	}
	return answer, nil
}

// answerAnew computes an answer and keeps it if it was dear.
func (s *Service) answerAnew(ctx context.Context, q question) (taken, error) {
	at, begun := s.clock.Now(), time.Now()
	a, err := s.compute(ctx, q)
	if err != nil {
		return nil, err
	}
	a.take(at)
	return a, s.keep(ctx, q, a, at, time.Since(begun))
}

// find reads the kept answer into an empty one, and notes that somebody asked.
func (s *Service) find(ctx context.Context, q question, into taken) (bool, error) {
	var raw []byte
	var asOf, askedAt time.Time
	now := s.clock.Now()
	err := s.db.Pool.QueryRow(ctx, `SELECT answer, as_of, asked_at FROM insight_answers WHERE report = $1 AND period = $2 AND within = $3 AND day = $4 AND as_of > $5`,
		q.Report, q.Period, q.Within, s.today(now), now.Add(-believed)).Scan(&raw, &asOf, &askedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, db.Fault(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return false, fmt.Errorf("read a kept answer: %w", err)
	}
	into.take(asOf)
	if now.Sub(askedAt) > time.Minute {
		_, err = s.db.Pool.Exec(ctx, "UPDATE insight_answers SET asked_at = $4 WHERE report = $1 AND period = $2 AND within = $3", q.Report, q.Period, q.Within, now)
	}
	return true, db.Fault(err)
}

// keep keeps an answer that was dear, unless a newer one is there, and lets go
// of one that has become cheap.
func (s *Service) keep(ctx context.Context, q question, a taken, at time.Time, took time.Duration) error {
	if took < s.dear {
		_, err := s.db.Pool.Exec(ctx, "DELETE FROM insight_answers WHERE report = $1 AND period = $2 AND within = $3 AND as_of <= $4", q.Report, q.Period, q.Within, at)
		return db.Fault(err)
	}
	raw, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("keep an answer: %w", err)
	}
	_, err = s.db.Pool.Exec(ctx, `INSERT INTO insight_answers AS k (report, period, within, day, as_of, took_ms, asked_at, answer)
		SELECT $1, $2::int, $3::int, $4::date, $5::timestamptz, $6::int, $5::timestamptz, $7::json WHERE (SELECT t.reltuples >= $8::bigint FROM pg_class AS t WHERE t.oid = 'customers'::regclass)
		ON CONFLICT (report, period, within) DO UPDATE SET day = excluded.day, as_of = excluded.as_of, took_ms = excluded.took_ms, answer = excluded.answer
		WHERE k.as_of <= excluded.as_of`, q.Report, q.Period, q.Within, s.today(at), at, took.Milliseconds(), string(raw), s.crowd)
	return db.Fault(err)
}

// NetSalesChanged makes what was computed by the former definition too old to be
// believed; the next Refresh has it anew.
func (s *Service) NetSalesChanged(ctx context.Context, tx db.Tx) error {
	_, err := tx.ExecContext(ctx, "UPDATE insight_answers SET as_of = '1970-01-01'")
	return db.Fault(err)
}

// Refresh computes kept answers anew that are due, and, once a day, those that
// are expected to be asked for. One that fails does not keep the others back.
func (s *Service) Refresh(ctx context.Context) error {
	now := s.clock.Now()
	if _, err := s.db.Pool.Exec(ctx, "DELETE FROM insight_answers WHERE asked_at < $1", now.Add(-forgotten)); err != nil {
		return db.Fault(err)
	}
	due, err := s.due(ctx, now)
	if err != nil {
		return err
	}
	var failed []error
	for _, q := range due {
		if _, err := s.answerAnew(ctx, q); err != nil {
			failed = append(failed, fmt.Errorf("%s of %d: %w", q.Report, q.Period, err))
		}
	}
	return errors.Join(failed...)
}

// due are the questions whose answers are to be computed anew: what somebody
// looks at first.
func (s *Service) due(ctx context.Context, now time.Time) ([]question, error) {
	rows, err := s.db.Pool.Query(ctx, `SELECT report, period, within, day <> $1 OR as_of < $2::timestamptz - CASE WHEN asked_at > $3 THEN greatest($4::interval, took_ms * interval '20 milliseconds') ELSE $5::interval END
		FROM insight_answers ORDER BY asked_at DESC`, s.today(now), now, now.Add(-looking), fresh, atHand)
	if err != nil {
		return nil, db.Fault(err)
	}
	kept := map[question]bool{}
	var list []question
	var q question
	var old bool
	if _, err := pgx.ForEachRow(rows, []any{&q.Report, &q.Period, &q.Within, &old}, func() error {
		if kept[q] = true; old {
			list = append(list, q)
		}
		return nil
	}); err != nil {
		return nil, db.Fault(err)
	}
	if today := s.today(now); s.warmed.Swap(today.Unix()) != today.Unix() {
		for _, q := range expected {
			if !kept[q] {
				list = append(list, q)
			}
		}
	}
	return list, nil
}

// today is the day of an instant in the merchant's zone, as midnight UTC.
func (s *Service) today(now time.Time) time.Time {
	y, m, d := now.In(s.zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
