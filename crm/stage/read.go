package stage

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

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

// Places are the places of those of customers who are members, by customer, as
// of now: one whose window has let something fall out since he was placed is
// worked out anew, and written by the next review.
func (s *Service) Places(ctx context.Context, customers []int64) (map[int64]Place, error) {
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
	out := make(map[int64]Place, len(members))
	var due []int64
	for _, m := range members {
		out[m.CustomerID] = s.place(m, stages, now)
		if m.ReviewAt != nil && !m.ReviewAt.After(now) {
			due = append(due, m.CustomerID)
		}
	}
	return out, s.placeAnew(ctx, out, due, stages)
}

func (s *Service) place(m db.MemberStage, stages map[int64]*db.Stage, now time.Time) Place {
	p := Place{CustomerID: m.CustomerID, Stage: *stages[m.StageID], Since: m.Since, Spend: m.Spend}
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

// placeAnew replaces what has grown stale in out.
func (s *Service) placeAnew(ctx context.Context, out map[int64]Place, due []int64, stages map[int64]*db.Stage) error {
	if len(due) == 0 {
		return nil
	}
	ladder, err := readLadder(ctx, s.db.Pool)
	if err != nil {
		return err
	}
	spends, err := s.spends(ctx, s.db.Pool, due, ladder)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	for _, id := range due {
		st := ladder.Place(spends[id], DayOf(now, s.zone))
		p := Place{CustomerID: id, Stage: *stages[st.Step.ID], Since: out[id].Since, Spend: st.Spend, Missing: st.Missing}
		if out[id].Stage.ID != st.Step.ID {
			p.Since = now
		}
		if st.Next != nil {
			p.Next, p.By = stages[st.Next.ID], st.By.Start(time.UTC)
		}
		out[id] = p
	}
	return nil
}

func (s *Service) byID(ctx context.Context) (map[int64]*db.Stage, error) {
	rows, err := s.List(ctx, s.db)
	stages := make(map[int64]*db.Stage, len(rows))
	for _, r := range rows {
		stages[r.ID] = r
	}
	return stages, err
}
