package seed

import (
	"context"
	"fmt"
	"time"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/mall"
)

const (
	// watched is how many customers' doings on the merchant's own site are known.
	watched = 40
	// watchedDays is how far back.
	watchedDays = 30
)

// browse lets some customers of the own site look around there before the end.
func (s *story) browse(ctx context.Context) error {
	var batch []event.Behaviour
	seen := 0
	for _, p := range s.people {
		if seen == watched {
			break
		}
		if s.known[p] != 0 && p.club() == mall.OwnSite {
			batch = append(batch, s.visits(p)...)
			seen++
		}
	}
	receipt, err := s.Events.Record(ctx, event.FromPartner, s.shops[mall.OwnSite].ID, batch)
	if err == nil && len(receipt.Refused) > 0 {
		err = receipt.Refused[0]
	}
	return err
}

// visits are one to three visits of a person: a search, some products, perhaps
// one of them into the cart.
func (s *story) visits(p *person) []event.Behaviour {
	var list []event.Behaviour
	tell := func(b event.Behaviour, at time.Time) {
		b.DedupeKey, b.CustomerID, b.OccurredAt = fmt.Sprintf("demo-%d-%d", p.no, len(list)), s.known[p], at
		list = append(list, b)
	}
	for range 1 + s.gen.IntN(3) {
		at := s.gen.daytime(s.day(1 + s.gen.IntN(watchedDays)))
		if s.gen.chance(40) {
			tell(event.Behaviour{Action: event.Search, Words: oneOf(s.gen, searches)}, at)
		}
		for n := range 1 + s.gen.IntN(3) {
			at = at.Add(time.Duration(40+s.gen.IntN(200)) * time.Second)
			item := about(oneOf(s.gen, products))
			item.Action = event.View
			tell(item, at)
			if n == 0 && s.gen.chance(35) {
				item.Action, item.Quantity = event.CartAdd, 1
				tell(item, at.Add(30*time.Second))
			} else if s.gen.chance(15) {
				item.Action = event.Favourite
				tell(item, at.Add(20*time.Second))
			}
		}
	}
	return list
}

var searches = []string{"ギフト", "水出し", "抹茶", "ティーバッグ", "急須", "新茶"}

func about(p product) event.Behaviour {
	return event.Behaviour{SKU: p.sku, Name: p.name, Price: &p.price}
}
