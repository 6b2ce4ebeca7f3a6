package seed

import (
	"context"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/points"
)

// happening is one thing a customer does between two ticks.
type happening struct {
	at time.Time
	do func(context.Context) error
}

// live lets the known customers do what they do between two ticks, in the
// order of time, because the ledger's clock never runs back.
func (s *story) live(ctx context.Context, from, to time.Time) error {
	var list []happening
	sometime := func() time.Time {
		return from.Add(time.Duration(s.gen.Float64() * 0.95 * float64(to.Sub(from)))).Truncate(time.Second)
	}
	for _, p := range s.people {
		id := s.known[p]
		switch {
		case id == 0:
		case !s.joined[p] && p.joins && p.numbered():
			s.joined[p] = true
			list = append(list, happening{sometime(), func(ctx context.Context) error { return s.join(ctx, p, id) }})
		case !s.said[p] && !s.joined[p] && p.newsletter && p.firstMall() == mall.Yahoo:
			s.said[p] = true
			list = append(list, happening{sometime(), func(ctx context.Context) error {
				return s.consent(ctx, id, mall.Yahoo, "CHECKOUT", customer.Given, "ストアニュースレターを受け取る")
			}})
		case s.joined[p] && p.consents && p.withdraws && s.gen.chance(15):
			p.withdraws = false
			list = append(list, happening{sometime(), func(ctx context.Context) error {
				return s.consent(ctx, id, p.club(), "UNSUBSCRIBE_LINK", customer.Withdrawn, "")
			}})
		}
	}
	spending, err := s.spending(ctx, from, sometime)
	if err != nil {
		return err
	}
	list = append(list, spending...)
	slices.SortStableFunc(list, func(a, b happening) int { return a.at.Compare(b.at) })
	for _, h := range list {
		s.Clock.T = h.at
		if err := h.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// numbered says whether a shop of the merchant's own knows the person by a number.
func (p *person) numbered() bool { return p.club() != "" }

// club is the merchant's own shop that the person buys at, or "".
func (p *person) club() mall.Mall {
	for _, o := range p.orders {
		if o.mall == mall.OwnSite || o.mall == mall.Store {
			return o.mall
		}
	}
	return ""
}

func (p *person) firstMall() mall.Mall { return p.orders[0].mall }

// welcome is what a new member gets, in points.
const welcome = 500

func (s *story) join(ctx context.Context, p *person, id int64) error {
	via, method, wording := "SITE", "SIGN_UP_FORM", "新商品やお得な情報をメールで受け取ることに同意します。"
	if p.club() == mall.Store {
		via, method, wording = "STORE_CARD", "STORE", "店頭申込書：お知らせメールの配信に同意する"
	}
	profile := customer.Profile{Email: &p.mail}
	if !p.birth.IsZero() {
		profile.BirthDate = &p.birth
	}
	if _, err := s.Customers.Update(ctx, id, profile); err != nil {
		return err
	}
	if _, err := s.Customers.Enroll(ctx, id, via); err != nil {
		return err
	}
	s.members = append(s.members, id)
	_, err := s.Points.Grant(ctx, nil, points.GrantRequest{
		CustomerID: id, Amount: welcome, Key: "seed:welcome", Cause: points.Cause{Reason: "ACTION", Note: "入会特典"},
	})
	if err != nil || !p.consents {
		return err
	}
	return s.consent(ctx, id, p.club(), method, customer.Given, wording)
}

func (s *story) consent(ctx context.Context, id int64, of mall.Mall, method, state, wording string) error {
	_, _, err := s.Customers.Record(ctx, customer.Word{
		CustomerID: id, Channel: "MAIL", State: state, OriginShopID: s.shops[of].ID, Method: method, Wording: wording,
	})
	return err
}

// spending lets some members with enough points spend half of them, unless
// they expire before it comes to that.
func (s *story) spending(ctx context.Context, from time.Time, sometime func() time.Time) ([]happening, error) {
	accounts, err := s.Points.Balances(ctx, s.members)
	if err != nil {
		return nil, err
	}
	available := map[int64]int64{}
	for _, a := range accounts {
		available[a.CustomerID] = a.Available
	}
	var list []happening
	for _, id := range s.members {
		if !s.gen.chance(18) || available[id] < welcome+100 {
			continue
		}
		amount := available[id] / 200 * 100
		list = append(list, happening{sometime(), func(ctx context.Context) error {
			_, err := s.Points.Redeem(ctx, nil, points.SpendRequest{
				CustomerID: id, Amount: amount, Key: "seed:spend:" + from.Format("20060102"),
				Cause: points.Cause{Reason: "API", Note: "店頭でのご利用"},
			})
			if fault.Is(err, fault.Precondition) {
				return nil
			}
			return err
		}})
	}
	return list, nil
}
