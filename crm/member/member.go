// Package member is what a shopper sees of himself: points and stage in one read,
// live if he likes, his card, his orders.
//
// It owns that one statement, which is the hottest of the product: a merchant's
// app asks it on every start. It promises one round trip on a prepared
// statement, that only what was asked for is read, and that the figures are
// right at the instant even where a periodic job has still to book them. It owns
// the member number and the codes of the card, and who is watching his points
// now: a booking costs nobody a notice whom nobody watches. What points and stages
// are is left to crm/points and crm/stage.
package member

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
)

// Service reads members.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	zone   *time.Location
	points *points.Service
	stages *stage.Service
	cards  *Cards
}

// New reads the members of the merchant in zone.
func New(d *db.DB, c clock.Clock, zone *time.Location, p *points.Service, s *stage.Service, cards *Cards) *Service {
	return &Service{db: d, clock: c, zone: zone, points: p, stages: s, cards: cards}
}

// Want is what to read. Detail is of the stage: what counts, orders and points
// missing to the next one, what will be lost, and what the stage gives.
type Want struct{ Points, Stage, Detail bool }

// Self is a member as he sees himself.
type Self struct {
	CustomerID int64 // who he is now: after a merge, the survivor

	Points db.PointAccount // all zero without points, or when not wanted
	Stage  *Stage          // nil for a customer who is no member, or when not wanted
}

// Stage is where the member stands.
type Stage struct {
	Name  string
	Since time.Time
	Next  *Next // nil at the top
	Loss  *Loss // nil: he keeps it, or not wanted

	// Where Detail is wanted.
	Counts     stage.Amounts // as Counts of stage.Standing
	Multiplier int64         // of points earned, in basis points
	Benefits   []string      // beside points, in the merchant's own words
}

// Loss is a stage that will be lost, as of stage.Loss; days are midnight UTC.
type Loss struct {
	On      time.Time
	To      string
	Missing stage.Amounts
	By      time.Time
}

// Next is what is missing to the next stage, as of stage.Standing.
type Next struct {
	Name    string
	Missing stage.Amounts // orders and points where Detail is wanted
	By      time.Time     // a day, as midnight UTC
}

// The statement, by what is wanted. Joins that nobody reads are left out.
const (
	pointColumns  = `coalesce(a.available, 0), coalesce(a.pending, 0), coalesce(a.held, 0), coalesce(a.debt, 0), a.expiring_next_on, coalesce(a.expiring_next_amount, 0), a.due_at`
	stageColumns  = `s.name, m.since, n.name, m.missing, m.next_by, n.window_months, m.review_at`
	detailColumns = `coalesce(m.missing_orders, 0), coalesce(m.missing_points, 0), f.name, m.falls_on, m.keep_by,
		coalesce(m.keep_spend, 0), coalesce(m.keep_orders, 0), coalesce(m.keep_points, 0),
		coalesce(m.spend, 0), coalesce(m.orders, 0), coalesce(m.points, 0), coalesce(s.point_multiplier, 0), s.benefits`
	fromLoss   = ` LEFT JOIN stages f ON f.id = m.falls_to`
	fromPoints = ` LEFT JOIN point_accounts a ON a.customer_id = c.id`
	fromStages = ` LEFT JOIN member_stages m ON m.customer_id = c.id LEFT JOIN stages s ON s.id = m.stage_id LEFT JOIN stages n ON n.id = m.next_stage_id`

	// SelfSQL reads points and stage; the benchmark runs it without GraphQL.
	SelfSQL   = `SELECT c.merged_into, ` + pointColumns + `, ` + stageColumns + ` FROM customers c` + fromPoints + fromStages + ` WHERE c.id = $1`
	pointsSQL = `SELECT c.merged_into, ` + pointColumns + ` FROM customers c` + fromPoints + ` WHERE c.id = $1`
	stageSQL  = `SELECT c.merged_into, ` + stageColumns + ` FROM customers c` + fromStages + ` WHERE c.id = $1`
	detailSQL = `SELECT c.merged_into, ` + pointColumns + `, ` + stageColumns + `, ` + detailColumns + ` FROM customers c` + fromPoints + fromStages + fromLoss + ` WHERE c.id = $1`
	nothing   = `SELECT c.merged_into FROM customers c WHERE c.id = $1`
)

// row is what the statement answers.
type row struct {
	mergedInto *int64
	account    db.PointAccount

	stage, next *string
	since       *time.Time
	missing     *int64
	by          *time.Time
	window      *int
	reviewAt    *time.Time

	missingOrders, missingPoints int64
	fallsTo                      *string
	fallsOn, keepBy              *time.Time
	keep, counts                 stage.Amounts
	multiplier                   int64
	benefits                     []string
}

func (r *row) pointFields() []any {
	a := &r.account
	return []any{&r.mergedInto, &a.Available, &a.Pending, &a.Held, &a.Debt, &a.ExpiringNextOn, &a.ExpiringNextAmount, &a.DueAt}
}

func (r *row) stageFields() []any {
	return []any{&r.stage, &r.since, &r.next, &r.missing, &r.by, &r.window, &r.reviewAt}
}

func (r *row) detailFields() []any {
	return []any{
		&r.missingOrders, &r.missingPoints, &r.fallsTo, &r.fallsOn, &r.keepBy, &r.keep.Spend, &r.keep.Orders, &r.keep.Points,
		&r.counts.Spend, &r.counts.Orders, &r.counts.Points, &r.multiplier, &r.benefits,
	}
}

// Self is the customer, or the one who survived a merge.
// Errors: fault.NotFound.
func (s *Service) Self(ctx context.Context, customer int64, want Want) (Self, error) {
	var r row
	sql, fields := nothing, []any{&r.mergedInto}
	switch {
	case want.Detail: // which is asked for less often, so it reads the points too
		sql, fields = detailSQL, append(append(r.pointFields(), r.stageFields()...), r.detailFields()...)
	case want.Points && want.Stage:
		sql, fields = SelfSQL, append(r.pointFields(), r.stageFields()...)
	case want.Points:
		sql, fields = pointsSQL, r.pointFields()
	case want.Stage:
		sql, fields = stageSQL, append(fields, r.stageFields()...)
	}
	err := s.db.Pool.QueryRow(ctx, sql, customer).Scan(fields...)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return Self{}, fault.New(fault.NotFound, "there is no such customer")
	case err != nil:
		return Self{}, db.Fault(err)
	case r.mergedInto != nil:
		return s.Self(ctx, *r.mergedInto, want)
	}
	r.account.CustomerID = customer
	return s.settle(ctx, customer, &r)
}

// Progress is how far the member has come to the next stage, in basis points: by
// each amount that is still missing, what counts to what is asked for. Where any
// one of them is enough it is the furthest, else the least far. 10,000 at the top.
func (st *Stage) Progress(anyIsEnough bool) int64 {
	if st.Next == nil {
		return whole
	}
	share := int64(-1)
	for _, of := range [][2]int64{{st.Counts.Spend, st.Next.Missing.Spend}, {st.Counts.Orders, st.Next.Missing.Orders}, {st.Counts.Points, st.Next.Missing.Points}} {
		if of[1] <= 0 {
			continue
		}
		counts := max(of[0], 0)
		each := counts * whole / (counts + of[1])
		if share < 0 || anyIsEnough && each > share || !anyIsEnough && each < share {
			share = each
		}
	}
	return max(share, 0)
}

// whole is all of something, in basis points.
const whole = 10_000

// settle replaces what time has overtaken since it was booked.
func (s *Service) settle(ctx context.Context, customer int64, r *row) (self Self, err error) {
	now := s.clock.Now()
	self.CustomerID, self.Points = customer, r.account
	if r.account.DueAt != nil && !r.account.DueAt.After(now) {
		if self.Points, err = s.points.Balance(ctx, customer); err != nil {
			return self, err
		}
	}
	if r.stage == nil {
		return self, nil
	}
	if r.reviewAt != nil && !r.reviewAt.After(now) {
		places, err := s.stages.Places(ctx, []int64{customer})
		if len(places) > 0 {
			self.Stage = fromPlace(places[0])
		}
		return self, err
	}
	self.Stage = &Stage{Name: *r.stage, Since: *r.since, Counts: r.counts, Multiplier: r.multiplier, Benefits: r.benefits}
	if r.next != nil {
		missing := stage.Amounts{Spend: *r.missing, Orders: r.missingOrders, Points: r.missingPoints}
		self.Stage.Next = &Next{Name: *r.next, Missing: missing, By: s.stages.By(r.by, *r.window)}
	}
	if r.fallsTo != nil {
		self.Stage.Loss = &Loss{On: *r.fallsOn, To: *r.fallsTo, Missing: r.keep, By: *r.keepBy}
	}
	return self, nil
}

func fromPlace(p *stage.Place) *Stage {
	st := &Stage{Name: p.Stage.Name, Since: p.Since, Counts: p.Amounts, Multiplier: p.Stage.PointMultiplier, Benefits: p.Stage.Benefits}
	if p.Next != nil {
		st.Next = &Next{Name: p.Next.Name, Missing: p.Missing, By: p.By}
	}
	if l := p.Loss; l != nil {
		st.Loss = &Loss{On: l.On, To: l.To.Name, Missing: l.Missing, By: l.By}
	}
	return st
}
