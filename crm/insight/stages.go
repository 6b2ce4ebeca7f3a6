package insight

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Stages is where the members stand, and how they moved.
type Stages struct {
	Taken

	From, To time.Time // days
	Ladder   []StageCount
	Months   []StageMonth // at the end of each month, the oldest first; the last is today
	Moves    []StageMove  // from where they stood at the end of the day before From to where they stand now
}

// StageCount is who stands on one stage now.
type StageCount struct {
	Code, Name string
	People     People
	Previous   int64 // at the end of the day before From, by those changes that are kept
}

// StageMonth is who stood where at the end of a day, in the order of the ladder.
type StageMonth struct {
	Day    time.Time
	People []People
}

// StageMove is who stood on one stage then and stands on another, or the same,
// now. From is empty for who was no member then.
type StageMove struct {
	From, To string
	People   People
}

// Stages computes where members stand and stood over the last months. The past is
// what the history of stages says of today's customers: a member who was merged
// into another is told by the other's history.
// Errors: fault.Invalid for a period of no months or of more than MaxMonths.
func (s *Service) Stages(ctx context.Context, months int) (*Stages, error) {
	if err := checkMonths(months); err != nil {
		return nil, err
	}
	return answered[*Stages](ctx, s, question{Report: "stages", Period: months})
}

func (s *Service) stages(ctx context.Context, months int) (*Stages, error) {
	p := s.span(months)
	q := stagesQuery{span: p}
	if err := s.snapshot(ctx, q.queue); err != nil {
		return nil, err
	}
	return q.answer(), nil
}

type stagesQuery struct {
	span
	ladder []ladderRow
	months []stageMonthRow
	moves  []moveRow
}

type ladderRow struct {
	Code, Name string
	People     int64
}

type stageMonthRow struct {
	N      int
	Code   string
	People int64
}

type moveRow struct {
	From, To string
	People   int64
}

func (q *stagesQuery) queue(b *pgx.Batch) {
	// A stage that was taken off the ladder stays in sight while it is in the history.
	collect(b.Queue(`WITH members AS MATERIALIZED (SELECT m.stage_id, count(*) AS n FROM member_stages AS m WHERE `+notNobody("m.customer_id")+` GROUP BY 1)
		SELECT g.code, g.name, coalesce(m.n, 0) FROM stages AS g LEFT JOIN members AS m ON m.stage_id = g.id
		WHERE g.archived_at IS NULL OR EXISTS (SELECT FROM stage_changes AS t WHERE t.to_stage = g.id)
		ORDER BY g.archived_at IS NOT NULL, g.position, g.id`), &q.ladder)

	// Where one stood at the end of the day before From, and then month by month.
	ends := []time.Time{q.at(q.from)}
	for _, end := range q.ends() {
		ends = append(ends, q.at(end))
	}
	var row stageRow
	b.Queue(`WITH held AS MATERIALIZED (
			SELECT t.customer_id, t.to_stage, width_bucket(t.at, $1::timestamptz[]) AS since,
				width_bucket(lead(t.at) OVER (PARTITION BY t.customer_id ORDER BY t.at, t.id), $1::timestamptz[]) AS until
			FROM stage_changes AS t WHERE `+notNobody("t.customer_id")+`
		), counted AS (SELECT h.to_stage, h.since, h.until, count(*) AS n FROM held AS h WHERE h.until IS DISTINCT FROM h.since GROUP BY 1, 2, 3)
		SELECT e.n::int, g.code, '', sum(k.n)::bigint FROM generate_series(2, cardinality($1::timestamptz[])) AS e (n)
			JOIN counted AS k ON k.since < e.n AND (k.until IS NULL OR k.until >= e.n) JOIN stages AS g ON g.id = k.to_stage GROUP BY 1, 2
		UNION ALL SELECT 0, n.code, coalesce(g.code, ''), count(*) FROM member_stages AS m JOIN stages AS n ON n.id = m.stage_id
			LEFT JOIN held AS h ON h.customer_id = m.customer_id AND h.since = 0 AND (h.until IS NULL OR h.until > 0)
			LEFT JOIN stages AS g ON g.id = h.to_stage WHERE `+notNobody("m.customer_id")+` GROUP BY 2, 3`, ends).
		Query(func(rows pgx.Rows) error {
			_, err := pgx.ForEachRow(rows, []any{&row.N, &row.Code, &row.Before, &row.People}, func() error {
				q.take(row)
				return nil
			})
			return err
		})
}

// stageRow is how many stood on a stage at one of the ends, from the second on,
// or, at 0, stand there now and stood on another at the first.
type stageRow struct {
	N            int
	Code, Before string
	People       int64
}

func (q *stagesQuery) take(row stageRow) {
	if row.N == 0 {
		q.moves = append(q.moves, moveRow{From: row.Before, To: row.Code, People: row.People})
	} else {
		q.months = append(q.months, stageMonthRow{N: row.N - 1, Code: row.Code, People: row.People})
	}
}

func (q *stagesQuery) answer() *Stages {
	s := &Stages{From: q.from, To: q.today}
	codes := make([]string, len(q.ladder))
	for i, g := range q.ladder {
		codes[i] = g.Code
		s.Ladder = append(s.Ladder, StageCount{Code: g.Code, Name: g.Name, People: People{g.People, rule(anyOf("stage", g.Code))}})
	}
	start := q.from.AddDate(0, 0, -1)
	for _, m := range q.moves {
		then := noneOf("stage", codes...).asOf(start)
		if m.From != "" {
			then = anyOf("stage", m.From).asOf(start)
			s.Ladder[slices.Index(codes, m.From)].Previous += m.People
		}
		s.Moves = append(s.Moves, StageMove{From: m.From, To: m.To, People: People{m.People, rule(then, anyOf("stage", m.To))}})
	}
	for i, end := range q.ends() {
		month := StageMonth{Day: end.AddDate(0, 0, -1), People: make([]People, len(codes))}
		for k, code := range codes {
			month.People[k] = People{q.on(i+1, code), rule(anyOf("stage", code).asOf(month.Day))}
		}
		s.Months = append(s.Months, month)
	}
	return s
}

// on is how many stood on a stage at the end of the nth month.
func (q *stagesQuery) on(n int, code string) int64 {
	for _, row := range q.months {
		if row.N == n && row.Code == code {
			return row.People
		}
	}
	return 0
}
