package pull

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/db"
)

// Answer is what trying a connection brought.
type Answer struct {
	Shop      string // as the service calls it; "": it does not say
	ExpiresAt *time.Time
	Trouble   *source.Trouble // nil: it works
}

// testWithin bounds a trial: somebody waits for it.
const testWithin = 25 * time.Second

// Try asks a service with a draft, and keeps nothing. With id, secrets left out
// are those of that connection.
// Errors: as Connect, without those of the service, which the answer tells.
func (s *Service) Try(ctx context.Context, id int64, d Draft) (Answer, error) {
	if id != 0 {
		row, err := s.Find(ctx, id)
		if err != nil {
			return Answer{}, err
		}
		d.ShopID, d.Service = row.ShopID, row.Service
		kept, err := s.credentials(row)
		if err != nil {
			kept = source.Credentials{}
		}
		entered := nonEmpty(d.Values)
		d.Values = maps.Clone(map[string]string(kept))
		maps.Copy(d.Values, entered)
	}
	svc, err := s.checkDraft(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	checked, trouble := s.ask(ctx, svc, &d, id)
	a := Answer{Shop: checked.Shop, Trouble: trouble, ExpiresAt: d.ExpiresAt}
	if !checked.ExpiresAt.IsZero() {
		a.ExpiresAt = &checked.ExpiresAt
	}
	return a, nil
}

// ask opens the service with a draft and checks it. What the service hands out
// meanwhile goes into the draft, or to the connection with id that is tried.
func (s *Service) ask(ctx context.Context, svc source.Service, d *Draft, id int64) (source.Checked, *source.Trouble) {
	ctx, cancel := context.WithTimeout(ctx, testWithin)
	defer cancel()
	tools := s.tools(&db.PullConnection{ID: id, ShopID: d.ShopID})
	if id == 0 {
		tools.Keep = func(_ context.Context, handed source.Credentials) error {
			d.Values = maps.Clone(d.Values)
			maps.Copy(d.Values, handed)
			return nil
		}
	}
	src, err := svc.Open(nonEmpty(d.Values), tools)
	if err != nil {
		return source.Checked{}, troubleOf(err)
	}
	checked, err := src.Check(ctx)
	if err != nil {
		return checked, troubleOf(err)
	}
	if other, err := s.otherShop(ctx, svc, d.ShopID, checked.Orders); err != nil || other {
		return checked, source.Lasting(source.WrongShop, "")
	}
	return checked, nil
}

// otherShop reports that the service tells orders of another shop than those
// that are there, by the part of their numbers that names the shop.
func (s *Service) otherShop(ctx context.Context, svc source.Service, shopID int64, told []string) (bool, error) {
	teller, ok := svc.(interface{ ShopOf(orderNo string) string })
	if !ok || len(told) == 0 {
		return false, nil
	}
	var known []string
	err := s.DB.NewRaw("SELECT order_no FROM order_keys WHERE shop_id = ? ORDER BY order_id DESC LIMIT 1", shopID).Scan(ctx, &known)
	if err != nil || len(known) == 0 {
		return false, db.Fault(err)
	}
	here, there := teller.ShopOf(known[0]), teller.ShopOf(told[0])
	return here != "" && there != "" && here != there, nil
}

// troubleOf is any error of a source as trouble.
func troubleOf(err error) *source.Trouble {
	if t, ok := source.TroubleOf(err); ok {
		return t
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return &source.Trouble{Code: source.Unreachable, Passing: true}
	}
	return source.Lasting(source.BadRequest, "")
}
