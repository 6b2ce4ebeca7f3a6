package insight

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
)

// MaxDays bounds the period of a dashboard.
const MaxDays = 366

// Dashboard computes the home page for a period of days.
// Errors: fault.Invalid for a period of no days or of more than MaxDays.
func (s *Service) Dashboard(ctx context.Context, days int) (*Dashboard, error) {
	if days < 1 || days > MaxDays {
		return nil, fault.New(fault.Invalid, "a period has 1 to %d days", MaxDays).WithCode("PERIOD_INVALID").At("days").With("max", MaxDays)
	}
	return answered[*Dashboard](ctx, s, question{Report: "dashboard", Period: days})
}

func (s *Service) dashboard(ctx context.Context, days int) (*Dashboard, error) {
	p := newPeriod(s.clock.Now(), s.zone, days)
	var f facts
	if err := s.view(ctx, func(tx pgx.Tx) error { return f.read(ctx, tx, p, s.currency) }); err != nil {
		return nil, err
	}
	d := f.dashboard(p)
	d.Currency = s.currency
	return d, nil
}

// period is the days of a dashboard and as many before them, as instants.
type period struct {
	days              int
	first, last       time.Time // days, as midnight UTC
	before, from, end time.Time // [before, from) and [from, end)
	// cut is where the days before are left off, so that sums of both are of the
	// same part of their last day: [before, cut) and [from, now].
	cut time.Time
}

func newPeriod(now time.Time, zone *time.Location, days int) period {
	y, m, d := now.In(zone).Date()
	midnight := func(n int) time.Time { return time.Date(y, m, d+n, 0, 0, 0, 0, zone).UTC() }
	from, end := midnight(1-days), midnight(1)
	return period{
		days:  days,
		first: time.Date(y, m, d-days+1, 0, 0, 0, 0, time.UTC), last: time.Date(y, m, d, 0, 0, 0, 0, time.UTC),
		before: midnight(1 - 2*days), from: from, end: end, cut: from.Add(now.Sub(end)),
	}
}

// index is the place of a day among both periods' days: 0 is the first day of
// the period before. Earlier days are -1.
func (p period) index(day time.Time) int {
	return max(-1, int(day.Sub(p.first)/(24*time.Hour))+p.days)
}

// daily is a figure by day over both periods.
type daily []int64

func (p period) daily() daily { return make(daily, 2*p.days) }

func (d daily) current() []int64 { return d[len(d)/2:] }

func (d daily) sums() (current, previous int64) {
	for i, v := range d {
		if i < len(d)/2 {
			previous += v
		} else {
			current += v
		}
	}
	return current, previous
}

// facts are what the statements found.
type facts struct {
	sales, orders, fresh, repeat, joined, points daily
	repeated, repeatedBefore                     int64 // distinct over the whole period, so not the sum of days
	membersBefore                                int64 // joined before both periods
	pointsNow                                    int64
	first, second                                [2]int64 // F2: cohort and those who came back; now, before
	bought, circulated                           [2]int64
	malls                                        []MallSales
	buyers                                       map[string]int64 // by mall; "": on any
	holders                                      int64            // of points
}

func (f *facts) dashboard(p period) *Dashboard {
	sum := func(code Code, unit Unit, d daily) Figure {
		value, previous := d.sums()
		return Figure{Code: code, Unit: unit, Value: value, Previous: &previous, Series: d.current()}
	}
	repeat := sum(RepeatCustomers, Count, f.repeat)
	repeat.Value, repeat.Previous = f.repeated, &f.repeatedBefore
	d := &Dashboard{
		From: p.first, To: p.last, SalesByMall: f.malls,
		Figures: []Figure{
			sum(NetSales, Money, f.sales), sum(Orders, Count, f.orders), sum(NewCustomers, Count, f.fresh), repeat,
			level(Members, Count, f.membersBefore, f.joined),
			share(F2Rate, f.second, f.first), share(CirculationRate, f.circulated, f.bought),
			level(PointsLiability, Points, f.pointsNow-total(f.points), f.points),
		},
	}
	people := f.people(p)
	for i := range d.Figures {
		d.Figures[i].People = people[d.Figures[i].Code]
	}
	for i := range d.SalesByMall {
		m := &d.SalesByMall[i]
		on := during("order_date", p.first, p.last.AddDate(0, 0, 1))
		on["mall"] = m.Mall
		m.People = People{f.buyers[m.Mall], rule(on)}
	}
	return d
}

// people are those behind the figures, whose rules find them on the same day.
func (f *facts) people(p period) map[Code]People {
	until := p.last.AddDate(0, 0, 1)
	bought := during("order_date", p.first, until)
	buyers := People{f.buyers[""], rule(bought)}
	return map[Code]People{
		NetSales: buyers, Orders: buyers,
		NewCustomers:    {f.total(f.fresh), rule(during("first_order", p.first, until))},
		RepeatCustomers: {f.repeated, rule(before("first_order", p.first), bought)},
		Members:         {f.membersBefore + total(f.joined), rule(before("member_since", until))},
		F2Rate:          {f.second[0], rule(during("first_order", p.last.AddDate(0, 0, -180), p.last.AddDate(0, 0, -90)), atMost("days_to_second", 90))},
		CirculationRate: {f.circulated[0], rule(is("malls", "count_gte", 2))},
		PointsLiability: {f.holders, rule(atLeast("points_outstanding", 1))},
	}
}

// total is the sum of the current days.
func (f *facts) total(d daily) int64 {
	current, _ := d.sums()
	return current
}

// level is a figure that stands at each day's end, from where it stood before
// both periods and what was added day by day.
func level(code Code, unit Unit, start int64, added daily) Figure {
	f := Figure{Code: code, Unit: unit, Value: start}
	for i, v := range added {
		f.Value += v
		if i == len(added)/2-1 {
			previous := f.Value
			f.Previous = &previous
		}
		if i >= len(added)/2 {
			f.Series = append(f.Series, f.Value)
		}
	}
	return f
}

func total(d daily) (sum int64) {
	for _, v := range d {
		sum += v
	}
	return sum
}

// share is part of whole in basis points, rounded half up. Of nothing it is 0
// now, and has no meaning before.
func share(code Code, part, whole [2]int64) Figure {
	f := Figure{Code: code, Unit: Share, Base: &whole[0], Series: []int64{}}
	if whole[0] > 0 {
		f.Value = (part[0]*20000 + whole[0]) / (2 * whole[0])
	}
	if whole[1] > 0 {
		previous := (part[1]*20000 + whole[1]) / (2 * whole[1])
		f.Previous = &previous
	}
	return f
}
