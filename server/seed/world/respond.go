package world

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// Response is an order at the own site that a campaign has brought.
type Response struct {
	Person int // his number
	At     time.Time
	Code   string // of the coupon
	Off    int64  // yen
	Round  int    // of the campaign, from 1: nobody answers one twice
}

// Respond adds orders to the files of the days to come, and the files to the
// plan where there were none.
func (w *World) Respond(dir string, plan *Plan, list []Response) error {
	own := sheets[slices.IndexFunc(sheets, func(s *sheet) bool { return s.shop == OwnSite })]
	from := w.Begin()
	for i, to := range w.ticks {
		if err := w.respondOn(dir, own, from, to, list); err != nil {
			return err
		}
		plan.Steps[i].include(dir, nameOn(to, own.name), own)
		from = to
	}
	return plan.write(dir)
}

func (w *World) respondOn(dir string, own *sheet, from, to time.Time, list []Response) error {
	var r *rows
	for _, answer := range list {
		p := w.Person(answer.Person)
		o := w.response(p, answer)
		if !o.at.Before(w.End) || !o.told(from, to) {
			continue
		}
		if r == nil {
			var err error
			if r, err = own.create(filepath.Join(dir, nameOn(to, own.name)), from, to); err != nil {
				return err
			}
		}
		own.rows(r, p, o)
	}
	if r == nil {
		return nil
	}
	return r.close()
}

// response is the order that a person answers with.
func (w *World) response(p *Person, answer Response) *Order {
	g := w.dice(p.No, ofAnswers<<8+answer.Round)
	o := &Order{Mall: mall.OwnSite, at: answer.At}
	g.fill(o, basket{favourites: g.favourites()})
	o.coupon, o.shopCoupon = answer.Code, min(answer.Off, o.goods())
	o.shippedAt = o.at.Add(time.Duration(18+g.IntN(40)) * time.Hour)
	o.number(p, mostOrders+answer.Round)
	return o
}

// include makes sure that a file which is there is in the step.
func (s *Step) include(dir, name string, of *sheet) {
	if _, err := os.Stat(filepath.Join(dir, name)); err != nil || slices.ContainsFunc(s.Files, func(f File) bool { return f.Name == name }) {
		return
	}
	s.Files = append(s.Files, File{Name: name, Shop: of.shop, Mapping: of.mapping})
}
