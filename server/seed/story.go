package seed

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/server/seed/world"
)

// story is the two years, told day by day: staff take in what the malls' files
// hold, and now and then send a campaign.
type story struct {
	*Product
	taker *Taker
	world *world.World
	plan  *world.Plan
	dir   string
	end   time.Time
}

// tell makes everything of the demonstration merchant.
func tell(ctx context.Context, p *Product, o Options, end time.Time) error {
	dir := o.WriteFiles
	if dir == "" {
		made, err := os.MkdirTemp("", "meguri-seed-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(made) }()
		dir = made
	} else if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // nothing secret
		return err
	}
	s := &story{Product: p, world: world.New(o.Customers, end), dir: dir, end: end, taker: &Taker{
		Clock: p.Clock, Shops: p.Shops, Intake: p.Intake, Points: p.Points, Stages: p.Stages, Tell: o.Tell,
	}}
	var err error
	if s.plan, _, err = s.world.Write(dir); err != nil {
		return step(err, "the files")
	}
	return s.live(ctx)
}

// day is so many days before the end.
func (s *story) day(before int) time.Time { return s.end.AddDate(0, 0, -before) }

// live goes through the days of the plan.
func (s *story) live(ctx context.Context) error {
	s.Clock.T = s.world.Begin()
	if err := s.taker.Open(ctx, s.plan); err != nil {
		return err
	}
	if _, err := s.Senders.Update(ctx, sender); err != nil {
		return step(err, "the sender")
	}
	for i, at := range s.world.Ticks() {
		if err := s.taker.Step(ctx, s.dir, s.plan.Steps[i], at); err != nil {
			return step(err, "the files of %s", s.plan.Steps[i].Day)
		}
		if err := s.campaignOn(ctx, at); err != nil {
			return step(err, "the campaign of %s", s.plan.Steps[i].Day)
		}
		s.taker.tell(s.plan.Steps[i].Day, i+1, len(s.plan.Steps))
	}
	if err := s.browse(ctx); err != nil {
		return step(err, "what people do on the site")
	}
	if err := s.decide(ctx); err != nil {
		return step(err, "identity candidates")
	}
	if err := s.know(ctx); err != nil {
		return step(err, "what staff keeps of people")
	}
	if err := s.refer(ctx); err != nil {
		return step(err, "referrals")
	}
	if err := s.costs(ctx); err != nil {
		return step(err, "what the goods cost")
	}
	return s.prepare(ctx)
}

// costs takes in the list of what the goods cost, as staff would fill it in.
func (s *story) costs(ctx context.Context) error {
	var list strings.Builder
	list.WriteString("商品コード,原価\n")
	for _, p := range world.Products {
		fmt.Fprintf(&list, "%s,%d\n", p.SKU, p.Cost())
	}
	_, err := s.Costs.Import(ctx, list.String(), true)
	return err
}

// decide lets staff say of one pair that it is a household, and of another that
// it is two people; the others wait.
func (s *story) decide(ctx context.Context) error {
	for _, decision := range []customer.Decision{customer.OneHousehold, customer.Different} {
		household := decision == customer.OneHousehold
		pairs, err := s.Customers.Candidates(ctx, customer.CandidateFilter{Status: customer.Open, Household: &household}, nil, 1)
		if err != nil {
			return err
		}
		for _, p := range pairs {
			if _, _, err := s.Customers.Decide(ctx, p.CustomerID, p.OtherID, decision, 0, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
