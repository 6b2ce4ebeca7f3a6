package stage

import (
	"cmp"
	"context"
	"math"
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
	// Customers are those who go, by rising id, at most MaxMovers; of an estimate,
	// those who were tried.
	Customers []int64
}

// MaxMovers is how many of a move are known one by one.
const MaxMovers = 5000

// Trial is what another ladder would do to the members of today.
type Trial struct {
	Members int
	// Estimated says that only some of the members were tried, and every figure but
	// Members is scaled up from them.
	Estimated bool
	Moves     []Move // by From and To
	// The points that the spend of the last twelve months earns by the stages as
	// they are, and as they would be.
	PointsNow, PointsThen int64
}

// trialBatch is how many members are read at a time.
const trialBatch = 5000

// A trial asks for the purchases of members, which for a crowd takes longer than
// people wait. Of more than trialWhole so many are tried that a share of them is
// told to two points in a hundred, and mostly to one.
const (
	trialWhole = 8000
	trialPart  = 3000
)

// Try works out where today's members would go by another ladder: up at once, down
// at their first review, without days of grace. It reads members in batches and
// writes nothing. Of a crowd it tries some and concludes from them: the same ones
// each time, so that two ladders differ by what they ask.
// Errors: fault.Invalid as of Save.
func (s *Service) Try(ctx context.Context, l Ladder, rate Rate) (*Trial, error) {
	if err := l.Validate(); err != nil {
		return nil, err
	}
	now, err := s.Current(ctx)
	if err != nil {
		return nil, err
	}
	var members int
	if err := s.db.Pool.QueryRow(ctx, `SELECT count(*) FROM member_stages`).Scan(&members); err != nil {
		return nil, db.Fault(err)
	}
	l.GraceDays, l.Rules.Review = 0, ReviewDaily
	t := trial{Service: s, members: members, oneOf: s.oneOf(members), now: now, then: Current{Ladder: l}, rate: rate, today: DayOf(s.clock.Now(), s.zone), moves: map[[2]int64]*Move{}}
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

// oneOf is of how many members one is tried.
func (s *Service) oneOf(members int) int {
	if members <= s.triedWhole {
		return 1
	}
	return max(2, members/trialPart)
}

type trial struct {
	*Service
	members, oneOf, tried int

	now   *Current
	then  Current
	rate  Rate
	today Day
	moves map[[2]int64]*Move // by stage now and index then

	pointsNow, pointsThen int64
}

// batch tries members after the id last: those whom a hash chooses.
func (t *trial) batch(ctx context.Context, last int64) (n int, next int64, err error) {
	rows, err := t.db.Pool.Query(ctx, `SELECT `+memberColumns+` FROM member_stages WHERE customer_id > $1 AND hashint8(customer_id)::bigint % $3 = 0
		ORDER BY customer_id LIMIT $2`, last, trialBatch, t.oneOf)
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
	to := slices.IndexFunc(t.then.Steps, func(s Step) bool { return s.Name == step.Name }) // new ones have no id yet
	t.count(m, to)
	t.tried++

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

func (t *trial) count(m db.MemberStage, to int) {
	way := [2]int64{m.StageID, int64(to)}
	move := t.moves[way]
	if move == nil {
		move = &Move{From: m.StageID, To: to}
		t.moves[way] = move
	}
	move.Members++
	if len(move.Customers) < MaxMovers {
		move.Customers = append(move.Customers, m.CustomerID)
	}
}

func (t *trial) earned(spend, multiplier int64) int64 {
	if t.rate.PerAmount == 0 {
		return 0
	}
	return max(spend, 0) / t.rate.PerAmount * t.rate.Points * multiplier / 10_000
}

func (t *trial) result() *Trial {
	out := &Trial{Estimated: t.oneOf > 1, PointsNow: t.scaled(t.pointsNow), PointsThen: t.scaled(t.pointsThen)}
	for _, tried := range t.moves {
		move := *tried
		move.Members = int(t.scaled(int64(tried.Members)))
		out.Moves = append(out.Moves, move)
		out.Members += move.Members
	}
	if out.Estimated {
		out.Members = t.members
	}
	slices.SortFunc(out.Moves, func(a, b Move) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return out
}

// scaled is a figure of those who were tried, drawn up to all members.
func (t *trial) scaled(n int64) int64 {
	if t.oneOf == 1 || t.tried == 0 {
		return n
	}
	return int64(math.Round(float64(n) * float64(t.members) / float64(t.tried)))
}
