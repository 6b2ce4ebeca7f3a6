package stage

import (
	"context"
	"slices"
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
	Amounts            // as Counts of Standing
	ByHand     *ByHand // nil: earned
	Next       *db.Stage
	Missing    Amounts
	By         time.Time // the day, as midnight UTC; as of Standing
	Loss       *PlaceLoss
}

// ByHand is a stage that was given by hand.
type ByHand struct {
	Until  *time.Time // the last day, as midnight UTC; nil: no end
	Earned db.Stage   // what the purchases give
}

// PlaceLoss is Loss for people to read; days are midnight UTC.
type PlaceLoss struct {
	On      time.Time
	To      db.Stage
	Missing Amounts
	By      time.Time
}

// Places are the places of those of customers who are members, as of now: one
// whose standing may have changed by itself since he was placed is worked out
// anew, and written by the next review.
func (s *Service) Places(ctx context.Context, customers []int64) ([]*Place, error) {
	rows, err := s.db.Pool.Query(ctx, `SELECT `+memberColumns+` FROM member_stages WHERE customer_id = ANY($1::bigint[])`, customers)
	if err != nil {
		return nil, db.Fault(err)
	}
	members, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[db.MemberStage])
	if err != nil || len(members) == 0 {
		return nil, db.Fault(err)
	}
	if err := s.placeAnew(ctx, members); err != nil {
		return nil, err
	}
	stages, err := s.ByID(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]*Place, len(members))
	for i, m := range members {
		out[i] = s.shown(m, stages)
	}
	return out, nil
}

// placeAnew brings rows up to now that have grown stale.
func (s *Service) placeAnew(ctx context.Context, members []db.MemberStage) error {
	now := s.clock.Now()
	var due []int64
	for _, m := range members {
		if m.ReviewAt != nil && !m.ReviewAt.After(now) {
			due = append(due, m.CustomerID)
		}
	}
	if len(due) == 0 {
		return nil
	}
	ladder, err := readLadder(ctx, s.db.Pool)
	if err != nil {
		return err
	}
	deeds, err := s.deeds(ctx, s.db.Pool, due, ladder.Ladder)
	if err != nil {
		return err
	}
	c := changes{now: now, zone: s.zone, version: ladder.Version}
	for i, m := range members {
		if slices.Contains(due, m.CustomerID) {
			before := m.StageID
			members[i] = c.row(m, ladder.Place(deeds[m.CustomerID], DayOf(now, s.zone), ladder.held(m)), ladder)
			if members[i].StageID != before {
				members[i].Since = now
			}
		}
	}
	return nil
}

func (s *Service) shown(m db.MemberStage, stages map[int64]*db.Stage) *Place {
	p := &Place{CustomerID: m.CustomerID, Stage: *stages[m.StageID], Since: m.Since, Amounts: Amounts{m.Spend, m.Orders, m.Points}}
	if m.EarnedStageID != nil {
		p.ByHand = &ByHand{Until: m.ByHandUntil, Earned: *stages[*m.EarnedStageID]}
	}
	if m.FallsTo != nil {
		p.Loss = &PlaceLoss{On: *m.FallsOn, To: *stages[*m.FallsTo], Missing: Amounts{m.KeepSpend, m.KeepOrders, m.KeepPoints}, By: *m.KeepBy}
	}
	if m.NextStageID != nil {
		p.Next, p.Missing = stages[*m.NextStageID], Amounts{*m.Missing, m.MissingOrders, m.MissingPoints}
		p.By = s.By(m.NextBy, p.Next.WindowMonths)
	}
	return p
}

// By is the day by which what is missing is enough, from the row of a member: the
// day kept there, or where nothing counts yet the last on which a purchase made
// today would count in a window of months.
func (s *Service) By(kept *time.Time, months int) time.Time {
	if kept != nil {
		return *kept
	}
	return LastDay(DayOf(s.clock.Now(), s.zone), months).Start(time.UTC)
}

// ByID are all stages there are or were, by id.
func (s *Service) ByID(ctx context.Context) (map[int64]*db.Stage, error) {
	var rows []*db.Stage
	err := s.db.NewSelect().Model(&rows).Scan(ctx) // also those that were taken off the ladder
	stages := make(map[int64]*db.Stage, len(rows))
	for _, r := range rows {
		stages[r.ID] = r
	}
	return stages, db.Fault(err)
}

// List is the ladder from the lowest stage to the highest.
func (s *Service) List(ctx context.Context) ([]*db.Stage, error) {
	var rows []*db.Stage
	err := s.db.NewSelect().Model(&rows).Where("archived_at IS NULL").OrderExpr("position").Scan(ctx)
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

// maxHistory bounds a history; a member has a few changes a year.
const maxHistory = 200

// History is the changes of a member's stage, the newest first, maxHistory at most.
func (s *Service) History(ctx context.Context, customer int64) ([]*db.StageChange, error) {
	var rows []*db.StageChange
	err := s.db.NewSelect().Model(&rows).Where("customer_id = ?", customer).OrderExpr("id DESC").Limit(maxHistory).Scan(ctx)
	return rows, db.Fault(err)
}

// Today is the day of the merchant.
func (s *Service) Today() Day { return DayOf(s.clock.Now(), s.zone) }
