package stage

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Place is where a member stands now, for people to read.
type Place struct {
	CustomerID int64
	Stage      db.Stage
	Since      time.Time
	Spend      int64 // as of Standing
	Next       *db.Stage
	Missing    int64
	By         time.Time // the day, as midnight UTC; as of Standing
}

// Places are the places of those of customers who are members, as of now: one
// whose window has let something fall out since he was placed is worked out
// anew, and written by the next review.
func (s *Service) Places(ctx context.Context, customers []int64) ([]*Place, error) {
	rows, err := s.db.Pool.Query(ctx, `SELECT customer_id, stage_id, since, spend, next_stage_id, missing, next_by, review_at
		FROM member_stages WHERE customer_id = ANY($1::bigint[])`, customers)
	if err != nil {
		return nil, db.Fault(err)
	}
	members, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[db.MemberStage])
	if err != nil || len(members) == 0 {
		return nil, db.Fault(err)
	}
	stages, err := s.byID(ctx)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	out := make([]*Place, len(members))
	var due []*Place
	for i, m := range members {
		out[i] = s.place(m, stages, now)
		if m.ReviewAt != nil && !m.ReviewAt.After(now) {
			due = append(due, out[i])
		}
	}
	return out, s.placeAnew(ctx, due, stages)
}

func (s *Service) place(m db.MemberStage, stages map[int64]*db.Stage, now time.Time) *Place {
	p := &Place{CustomerID: m.CustomerID, Stage: *stages[m.StageID], Since: m.Since, Spend: m.Spend}
	if m.NextStageID == nil {
		return p
	}
	p.Next, p.Missing = stages[*m.NextStageID], *m.Missing
	if m.NextBy != nil {
		p.By = *m.NextBy
	} else {
		p.By = LastDay(DayOf(now, s.zone), p.Next.WindowMonths).Start(time.UTC)
	}
	return p
}

// placeAnew replaces places that have grown stale.
func (s *Service) placeAnew(ctx context.Context, due []*Place, stages map[int64]*db.Stage) error {
	if len(due) == 0 {
		return nil
	}
	ids := make([]int64, len(due))
	for i, p := range due {
		ids[i] = p.CustomerID
	}
	ladder, err := readLadder(ctx, s.db.Pool)
	if err != nil {
		return err
	}
	spends, err := s.spends(ctx, s.db.Pool, ids, ladder)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	for _, p := range due {
		st := ladder.Place(spends[p.CustomerID], DayOf(now, s.zone))
		if p.Stage.ID != st.Step.ID {
			p.Stage, p.Since = *stages[st.Step.ID], now
		}
		p.Spend, p.Missing, p.Next, p.By = st.Spend, st.Missing, nil, time.Time{}
		if st.Next != nil {
			p.Next, p.By = stages[st.Next.ID], st.By.Start(time.UTC)
		}
	}
	return nil
}

func (s *Service) byID(ctx context.Context) (map[int64]*db.Stage, error) {
	rows, err := s.List(ctx)
	stages := make(map[int64]*db.Stage, len(rows))
	for _, r := range rows {
		stages[r.ID] = r
	}
	return stages, err
}

// List is the ladder from the lowest stage to the highest.
func (s *Service) List(ctx context.Context) ([]*db.Stage, error) {
	var rows []*db.Stage
	err := s.db.NewSelect().Model(&rows).OrderExpr("position").Scan(ctx)
	return rows, db.Fault(err)
}

// MemberCount is the number of members on a stage.
type MemberCount struct {
	StageID int64
	Members int
}

// MemberCounts counts the members of stages; a stage without members is left out.
func (s *Service) MemberCounts(ctx context.Context, stages []int64) ([]MemberCount, error) {
	var rows []MemberCount
	err := s.db.NewRaw(`SELECT stage_id, count(*) AS members FROM member_stages WHERE stage_id IN (?) GROUP BY stage_id`, bun.List(stages)).Scan(ctx, &rows)
	return rows, db.Fault(err)
}

// History is the changes of a member's stage, the newest first.
func (s *Service) History(ctx context.Context, customer int64) ([]*db.StageChange, error) {
	var rows []*db.StageChange
	err := s.db.NewSelect().Model(&rows).Where("customer_id = ?", customer).OrderExpr("id DESC").Scan(ctx)
	return rows, db.Fault(err)
}
