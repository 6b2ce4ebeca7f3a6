package product

import (
	"context"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Bounds of what a program tells of a product.
const (
	maxText      = 500 // bytes
	maxStock     = 1_000_000_000
	clocksDiffer = 24 * time.Hour // of programs and this one, at most
)

// Outcome is what became of a product or a level that a program told.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "CREATED"
	Updated   Outcome = "UPDATED"
	Unchanged Outcome = "UNCHANGED"
	Refused   Outcome = "REFUSED"
)

// Told is a product after a program has told of it.
type Told struct {
	Outcome Outcome
	Faults  []*fault.Error // of a refused one: all that is wrong, at fields of the input
}

// Tell takes over what a program tells of products, as Take does what a file
// tells; no undo of a file takes it back. Stock is that of the shop, and needs
// one. Products that are in order are taken whatever is wrong with others.
// Errors: fault.Invalid REQUIRED, fault.NotFound SHOP_UNKNOWN, fault.Precondition
// SHOP_ARCHIVED, all at shopId.
func (c *Costs) Tell(ctx context.Context, tx db.Tx, shopID int64, goods []mall.Good) ([]Told, error) {
	if err := c.mayTell(ctx, tx, shopID, goods); err != nil {
		return nil, err
	}
	told := make([]Told, len(goods))
	var rows []mall.Row
	var at []int
	for i, g := range goods {
		g.SKU, g.Name, g.Category = strings.TrimSpace(g.SKU), strings.TrimSpace(g.Name), strings.TrimSpace(g.Category)
		if g.Currency == "" {
			g.Currency = c.Base
		}
		if told[i] = (Told{Outcome: Refused, Faults: goodFaults(g)}); len(told[i].Faults) == 0 {
			rows, at = append(rows, mall.Row{Good: &g}), append(at, i)
		}
	}
	from := mall.Origin{ShopID: shopID, Lines: make([]int64, len(rows)), At: c.Clock.Now().Truncate(time.Microsecond)}
	did, tally, err := c.take(ctx, tx, from, rows)
	if err != nil {
		return nil, err
	}
	sums := map[Outcome]int{}
	for row, i := range at {
		switch {
		case tally.Refused[row] != nil:
			for _, p := range tally.Refused[row] {
				told[i].Faults = append(told[i].Faults, faultOf(p))
			}
		case did[row] == added:
			told[i].Outcome = Created
		case did[row] == changed:
			told[i].Outcome = Updated
		default:
			told[i].Outcome = Unchanged
		}
		sums[told[i].Outcome]++
	}
	if sums[Created]+sums[Updated] == 0 {
		return told, nil
	}
	return told, access.Audit(ctx, tx, access.Entry{Action: "product.tell", ObjectKind: "Product", Detail: map[string]any{
		"added": sums[Created], "changed": sums[Updated],
	}})
}

// mayTell says whether there is a shop for the stock that is told.
func (c *Costs) mayTell(ctx context.Context, tx db.Tx, shopID int64, goods []mall.Good) error {
	if shopID == 0 {
		for _, g := range goods {
			if g.Stock != nil {
				return fault.New(fault.Invalid, "stock is of a shop").WithCode("REQUIRED").At("shopId")
			}
		}
		return nil
	}
	known, err := knownAbout(ctx, tx, []Level{{ShopID: shopID}})
	if err == nil {
		if f := known[0].wrongShop(); f != nil {
			err = f
		}
	}
	return err
}

// goodFaults are all that is wrong with what is told of a product, by itself.
func goodFaults(g mall.Good) (all []*fault.Error) {
	for _, t := range []struct {
		field, text string
		needed      bool
	}{{"sku", g.SKU, true}, {"name", g.Name, false}, {"category", g.Category, false}} {
		if f := fault.WrongText(t.field, t.text, t.needed, maxText); f != nil {
			all = append(all, f)
		}
	}
	if _, ok := mall.MinorDigits(g.Currency); !ok {
		all = append(all, fault.New(fault.Invalid, "there is no such currency").WithCode("CURRENCY_UNKNOWN").At("currency"))
	}
	if g.Cost != nil && (*g.Cost < 0 || *g.Cost > maxCost) {
		all = append(all, fault.Outside("cost", 0, maxCost))
	}
	if !g.From.IsZero() && g.From.Before(Always) {
		all = append(all, fault.New(fault.Invalid, "this is before the year 1970").WithCode("OUT_OF_RANGE").At("costFrom"))
	}
	if g.Stock != nil && (*g.Stock < 0 || *g.Stock > maxStock) {
		all = append(all, fault.Outside("stock", 0, maxStock))
	}
	return all
}

// faultOf is why the steps that files take refuse a product.
func faultOf(p *mall.Problem) *fault.Error {
	if p.Code == mall.RepeatedKey {
		return fault.New(fault.Invalid, "the product has a cost from this day already").WithCode("REPEATED").At("costFrom")
	}
	return fault.New(fault.Invalid, "a product that nobody knows needs a name").WithCode("REQUIRED").At("name")
}
