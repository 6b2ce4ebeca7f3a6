package seed

import (
	"context"
	"fmt"
	"slices"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/mall"
)

// Doubles is how many customers stand beside the made-up people without being
// one of them for sure: the identity candidates of the demonstration shop.
const Doubles = 8

// doubtAt is the tick before which the doubles order, in days before the end.
const doubtAt = 3

// doubt lets somebody order whom an order's data does not tell apart from a
// known customer: by phone and surname, by name and address, or as another
// person of the same house.
func (s *story) doubt() {
	alike := []func(*person){
		func(p *person) { p.given = name{}; p.home, p.house = s.people[0].home, s.people[0].house },
		func(p *person) { p.given, p.gender = s.otherName(p) },
		func(p *person) { p.phone = fmt.Sprintf("090-0999-%04d", p.no) },
	}
	var orders []*order
	for _, known := range s.people {
		if len(orders) == Doubles {
			break
		}
		o := s.gen.order(mall.Yahoo, 8)
		if s.known[known] == 0 || known.firstMall() == mall.Yahoo || o == nil {
			continue
		}
		p := *known
		p.mail, p.family.kana, p.given.kana, p.orders = fmt.Sprintf("guest%d@mail.example", known.no), "", "", nil
		alike[len(orders)%len(alike)](&p)
		o.buyer = &p
		orders = append(orders, o)
	}
	s.gen.number(orders)
	s.orders[mall.Yahoo] = append(s.orders[mall.Yahoo], orders...)
}

// otherName is a given name that is not the person's, with the gender it tells.
func (s *story) otherName(p *person) (name, string) {
	list, gender := femaleNames, "女"
	if p.gender == "女" {
		list, gender = maleNames, "男"
	}
	i := slices.IndexFunc(list, func(n name) bool { return n.kanji != p.given.kanji })
	return list[i], gender
}

// decide lets staff say of one pair that it is a household, and of another that
// it is one person; the others wait.
func (s *story) decide(ctx context.Context) error {
	for household, decision := range map[bool]customer.Decision{true: customer.OneHousehold, false: customer.Same} {
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
