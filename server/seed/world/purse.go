package world

import (
	"fmt"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// purse is what a member has at least: what he was given, and the bare points of
// his orders on the merchant's own shops. The ledger may know of more, never of
// less, so that whatever is spent here is there.
type purse []*coins

type coins struct {
	left  int64
	from  time.Time // can be spent
	until time.Time // cannot any more
}

// at least so many points are worth spending.
const worthSpending = 300

// spend lets a member pay with points on some of his later orders.
func (g dice) spend(p *Person) {
	var have purse
	for _, d := range p.deeds {
		have = append(have, &coins{left: d.worth, from: d.at, until: d.until})
	}
	for _, o := range p.Orders {
		if o.Mall != mall.OwnSite && o.Mall != mall.Store || o.at.Before(p.Joined) || !o.cancelledAt.IsZero() || o.refunded > 0 {
			continue
		}
		if balance := have.at(o.at); balance >= worthSpending && g.chance(38) {
			amount := min(balance, o.goods()-o.shopCoupon) / 100 * 100
			if amount > 0 {
				have.take(amount, o.at)
				p.deeds = append(p.deeds, deed{
					Key: "use-" + o.no, Kind: "REDEEM", Amount: amount, At: rfc3339(o.at), Reason: "SHOP", Note: fmt.Sprintf("ご注文%sでのご利用", o.no), at: o.at,
				})
			}
		}
		have = append(have, &coins{left: (o.goods() - o.shopCoupon) / 100, from: g.w.booked(o), until: aYear(o.at)})
	}
}

// booked is from when on an order's points are there for sure: a file has told
// of the shipment, and the time for returns has passed.
func (w *World) booked(o *Order) time.Time {
	usable := o.shippedAt.AddDate(0, 0, 16)
	for _, tick := range w.ticks {
		if !tick.Before(usable) {
			return tick
		}
	}
	return w.End
}

func (h purse) at(t time.Time) (sum int64) {
	for _, c := range h {
		if !t.Before(c.from) && t.Before(c.until) {
			sum += c.left
		}
	}
	return sum
}

// take spends what is gone first.
func (h purse) take(amount int64, t time.Time) {
	byEnd := slices.SortedStableFunc(slices.Values(h), func(a, b *coins) int { return a.until.Compare(b.until) })
	for _, c := range byEnd {
		if !t.Before(c.from) && t.Before(c.until) {
			n := min(c.left, amount)
			c.left -= n
			amount -= n
		}
	}
}
