package seed

import (
	"bytes"
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// story is the two years, told tick by tick: between two ticks people enrol,
// agree, spend points; at a tick staff take in what the malls' files hold.
type story struct {
	*Product
	gen     *generator
	end     time.Time
	people  []*person
	orders  map[mall.Mall][]*order
	mapping mall.Mapping
	shops   map[mall.Mall]*db.Shop
	known   map[*person]int64 // customers found so far, by number or mail
	members []int64
	joined  map[*person]bool
	said    map[*person]bool // about newsletters of malls
}

func newStory(p *Product, customers int, end time.Time) *story {
	g := newGenerator(japan, end)
	s := &story{
		Product: p, gen: g, end: end, people: g.people(customers), orders: map[mall.Mall][]*order{},
		shops: map[mall.Mall]*db.Shop{}, known: map[*person]int64{}, joined: map[*person]bool{}, said: map[*person]bool{},
	}
	all := g.strangers(customers * 3 / 10)
	for _, person := range s.people {
		all = append(all, person.orders...)
	}
	g.number(all)
	for _, o := range all {
		s.orders[o.mall] = append(s.orders[o.mall], o)
	}
	return s
}

// day is so many days before the end.
func (s *story) day(before int) time.Time { return s.end.AddDate(0, 0, -before) }

func (s *story) tell(ctx context.Context) error {
	from := s.end.Add(-history)
	s.Clock.T = from
	if err := s.open(ctx); err != nil {
		return err
	}
	for _, before := range ticks {
		to := s.day(before)
		if err := s.live(ctx, from, to); err != nil {
			return step(err, "the time until %s", to.Format(time.DateOnly))
		}
		s.Clock.T = to
		if before == doubtAt {
			s.doubt()
		}
		if err := s.takeIn(ctx, from, to); err != nil {
			return step(err, "the files of %s", to.Format(time.DateOnly))
		}
		if before == campaignAt {
			if err := s.campaign(ctx); err != nil {
				return step(err, "the campaign")
			}
		}
		from = to
	}
	if err := s.browse(ctx); err != nil {
		return step(err, "what people do on the site")
	}
	if err := s.decide(ctx); err != nil {
		return step(err, "identity candidates")
	}
	return s.plan(ctx)
}

// open makes the shops, the mapping of their files and the sender of mails.
func (s *story) open(ctx context.Context) error {
	for _, draft := range shops {
		row, err := s.Shops.Create(ctx, draft)
		if err != nil {
			return step(err, "shop %s", draft.Code)
		}
		s.shops[draft.Mall] = row
	}
	if err := s.Intake.EnsureBuiltIn(ctx); err != nil {
		return step(err, "mappings")
	}
	var err error
	if s.mapping, err = mall.ParseMapping(mappingJSON); err != nil {
		return step(err, "the mapping")
	}
	if _, err = s.Intake.SaveMapping(ctx, s.mapping.Name, mappingJSON); err != nil {
		return step(err, "the mapping")
	}
	_, err = s.Senders.Update(ctx, sender)
	return step(err, "the sender")
}

// takeIn imports a file of each shop with the orders that are new or have moved
// on since the last one, and brings points and stages up to the day.
func (s *story) takeIn(ctx context.Context, from, to time.Time) error {
	for _, draft := range shops {
		var news []*order
		for _, o := range s.orders[draft.Mall] {
			if o.at.Before(to) && (!o.at.Before(from) || o.state(from) != o.state(to)) {
				news = append(news, o)
			}
		}
		if len(news) == 0 {
			continue
		}
		if err := s.importFile(ctx, draft.Mall, news, to); err != nil {
			return err
		}
	}
	if _, err := s.Points.BookDue(ctx); err != nil {
		return err
	}
	if _, err := s.Stages.ReviewDue(ctx); err != nil {
		return err
	}
	return s.recognise(ctx)
}

func (s *story) importFile(ctx context.Context, on mall.Mall, orders []*order, now time.Time) error {
	content, err := orderFile(on, orders, now, japan)
	if err != nil {
		return err
	}
	f := intake.File{Name: fileName(on, now), Content: bytes.NewReader(content), ShopID: s.shops[on].ID}
	if on != mall.Rakuten {
		f.Mapping = &s.mapping
	}
	_, err = s.Intake.TakeFile(ctx, f, nil)
	return err
}

// recognise finds the customers that people have become, by the numbers and
// addresses they gave.
func (s *story) recognise(ctx context.Context) error {
	byKey := map[string]*person{}
	for _, p := range s.people {
		if s.known[p] == 0 {
			byKey[p.memberID], byKey[p.cardNo], byKey[p.mail] = p, p, p
		}
	}
	var keys []struct {
		Value      string
		CustomerID int64
	}
	err := s.DB.NewRaw(`SELECT value, customer_id FROM identity_keys WHERE kind IN ('MEMBER_ID', 'MAIL') ORDER BY kind, shop_id, value`).Scan(ctx, &keys)
	for _, k := range keys {
		if p := byKey[k.Value]; p != nil && s.known[p] == 0 {
			s.known[p] = k.CustomerID
		}
	}
	return db.Fault(err)
}
