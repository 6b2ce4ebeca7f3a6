package stage

import (
	"cmp"
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// Rate is how many points so much money earns before the multiplier of a stage.
type Rate struct{ PerAmount, Points int64 }

// Move is how many members would go from one stage to another; one that stays is
// a move, too.
type Move struct {
	From    int64 // stage they have now
	To      int   // index of the step of the ladder that is tried
	Members int
}

// Trial is what another ladder would do to the members of today.
type Trial struct {
	Members int
	Moves   []Move // by From and To
	// The points that the spend of the last twelve months earns by the stages as
	// they are, and as they would be.
	PointsNow, PointsThen int64
}

// trialBatch is how many members are read at a time.
const trialBatch = 5000

// Try works out where today's members would go by another ladder: up at once, down
// at their first review, without days of grace. It reads all members in batches
// and writes nothing.
// Errors: fault.Invalid as of Save.
func (s *Service) Try(ctx context.Context, l Ladder, rate Rate) (*Trial, error) {
	if err := l.Validate(); err != nil {
		return nil, err
	}
	now, err := s.Current(ctx)
	if err != nil {
		return nil, err
	}
	l.GraceDays, l.Rules.Review = 0, ReviewDaily
	t := trial{Service: s, now: now, then: Current{Ladder: l}, rate: rate, today: DayOf(s.clock.Now(), s.zone), moves: map[[2]int64]int{}}
	for last := int64(0); ; {
		n, next, err := t.batch(ctx, last)
		if err != nil {
			return nil, err
		}
		if n < trialBatch {
			return t.result(), nil
		}
		last = next
	}
}

type trial struct {
	*Service
	now   *Current
	then  Current
	rate  Rate
	today Day
	moves map[[2]int64]int // by stage now and index then

	pointsNow, pointsThen int64
}

// batch tries the members after the id last.
func (t *trial) batch(ctx context.Context, last int64) (n int, next int64, err error) {
	rows, err := t.db.Pool.Query(ctx, `SELECT `+memberColumns+` FROM member_stages WHERE customer_id > $1 ORDER BY customer_id LIMIT $2`, last, trialBatch)
	if err != nil {
		return 0, 0, db.Fault(err)
	}
	members, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[db.MemberStage])
	if err != nil || len(members) == 0 {
		return 0, 0, db.Fault(err)
	}
	customers := make([]int64, len(members))
	for i, m := range members {
		customers[i] = m.CustomerID
	}
	deeds, err := t.deeds(ctx, t.db.Pool, customers, t.then.Ladder)
	if err != nil {
		return 0, 0, err
	}
	for _, m := range members {
		t.add(m, deeds[m.CustomerID])
	}
	return len(members), customers[len(customers)-1], nil
}

func (t *trial) add(m db.MemberStage, deeds []Deed) {
	step := t.then.Place(deeds, t.today, t.then.held(m)).Step
	to := slices.IndexFunc(t.then.Steps, func(s Step) bool { return s == step })
	t.moves[[2]int64{m.StageID, int64(to)}]++

	var spend int64
	from := t.today.AddMonths(-12)
	for _, d := range deeds {
		if from.Before(d.Day) {
			spend += d.Spend
		}
	}
	if i, ok := t.now.index(m.StageID); ok {
		t.pointsNow += t.earned(spend, t.now.Steps[i].Multiplier)
	}
	t.pointsThen += t.earned(spend, step.Multiplier)
}

func (t *trial) earned(spend, multiplier int64) int64 {
	if t.rate.PerAmount == 0 {
		return 0
	}
	return max(spend, 0) / t.rate.PerAmount * t.rate.Points * multiplier / 10_000
}

func (t *trial) result() *Trial {
	out := &Trial{PointsNow: t.pointsNow, PointsThen: t.pointsThen}
	for k, n := range t.moves {
		out.Moves = append(out.Moves, Move{From: k[0], To: int(k[1]), Members: n})
		out.Members += n
	}
	slices.SortFunc(out.Moves, func(a, b Move) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return out
}
