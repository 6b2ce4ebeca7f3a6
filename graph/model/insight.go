package model

import "github.com/meguri-crm/meguri/crm/insight"

func newPeople(p insight.People) *InsightPeople { return &InsightPeople{Count: p.Count, Rule: p.Rule} }

func newRate(r insight.Rate) *InsightRate {
	return &InsightRate{Of: newPeople(r.Of), Hit: newPeople(r.Hit), Share: small(r.Share()), Previous: small(r.Previous)}
}

// small is a figure that fits GraphQL's Int: days and basis points.
func small(n *int64) *int {
	if n == nil {
		return nil
	}
	i := int(*n)
	return &i
}

// mapped maps a list.
func mapped[From any, To any](list []From, one func(From) To) []To {
	out := make([]To, len(list))
	for i, from := range list {
		out[i] = one(from)
	}
	return out
}

// NewInsightConversion maps who came back; nil stays nil, as in all of these.
func NewInsightConversion(c *insight.Conversion) *InsightConversion {
	if c == nil {
		return nil
	}
	return &InsightConversion{
		From: c.From, To: c.To, AsOf: c.AsOf, Window: c.Window, F2: newRate(c.F2), Again: newRate(c.Again), MedianDays: small(c.MedianDays),
		Cohorts: mapped(c.Cohorts, newCohort),
		Steps:   mapped(c.Steps, func(s insight.Step) *InsightStep { return &InsightStep{Order: s.Order, Rate: newRate(s.Rate)} }),
		ByMall: mapped(c.ByMall, func(m insight.MallRate) *InsightMallRate {
			return &InsightMallRate{Mall: Mall(m.Mall), Rate: newRate(m.Rate), MedianDays: small(m.MedianDays)}
		}),
		ByCategory: mapped(c.ByCategory, func(k insight.CategoryRate) *InsightCategoryRate {
			return &InsightCategoryRate{Category: k.Category, Rate: newRate(k.Rate)}
		}),
	}
}

func newCohort(c insight.Cohort) *InsightCohort {
	return &InsightCohort{
		Month: c.Month, First: newPeople(c.First), Again: newPeople(c.Again),
		Within: mapped(c.Within, func(w insight.Within) *InsightWithin {
			return &InsightWithin{Days: w.Days, People: newPeople(w.People), Complete: w.Complete}
		}),
	}
}

// NewInsightRepeat maps who ordered again.
func NewInsightRepeat(r *insight.Repeat) *InsightRepeat {
	if r == nil {
		return nil
	}
	row := func(row insight.RepeatRow) *InsightRepeatRow {
		m := &InsightRepeatRow{
			Rate: newRate(row.Rate), Same: newPeople(row.Same), Elsewhere: newPeople(row.Elsewhere), MedianDays: small(row.MedianDays),
			Orders: row.Orders, NetSales: &Money{Amount: row.NetSales, Currency: r.Currency},
		}
		if mall := Mall(row.Mall); mall != "" {
			m.Mall = &mall
		}
		return m
	}
	return &InsightRepeat{From: r.From, To: r.To, AsOf: r.AsOf, Total: row(r.Total), ByMall: mapped(r.ByMall, row)}
}

// NewInsightCirculation maps how customers go from mall to mall.
func NewInsightCirculation(c *insight.Circulation) *InsightCirculation {
	if c == nil {
		return nil
	}
	money := func(n int64) *Money { return &Money{Amount: n, Currency: c.Currency} }
	worth := func(w insight.Worth) *InsightWorth {
		return &InsightWorth{People: newPeople(w.People), Orders: w.Orders, NetSales: money(w.NetSales)}
	}
	return &InsightCirculation{
		From: c.From, To: c.To, AsOf: c.AsOf, Rate: newRate(c.Rate), One: worth(c.One), Several: worth(c.Several),
		Origins: mapped(c.Origins, func(o insight.Origin) *InsightOrigin {
			return &InsightOrigin{Mall: Mall(o.Mall), Rate: newRate(o.Rate)}
		}),
		Cells: mapped(c.Cells, func(x insight.Crossing) *InsightCrossing {
			return &InsightCrossing{From: Mall(x.From), To: Mall(x.To), People: newPeople(x.People), MedianDays: int(x.MedianDays), NetSales: money(x.NetSales)}
		}),
		Overlap: mapped(c.Overlap, func(o insight.Overlap) *InsightOverlap {
			return &InsightOverlap{A: Mall(o.A), B: Mall(o.B), People: newPeople(o.People)}
		}),
		Covered: mapped(c.Covered, func(k insight.Coverage) *InsightCoverage {
			return &InsightCoverage{Mall: Mall(k.Mall), Orders: k.Orders, Nameless: k.Nameless, Joinable: k.Joinable, People: newPeople(k.People), Known: newPeople(k.Known)}
		}),
		Months: mapped(c.Months, func(m insight.MonthEnd) *InsightMonthEnd {
			return &InsightMonthEnd{Day: m.Day, Rate: newRate(m.Rate)}
		}),
	}
}

// NewInsightEvents maps how much was bought in sales.
func NewInsightEvents(e *insight.Events) *InsightEvents {
	if e == nil {
		return nil
	}
	money := func(n int64) *Money { return &Money{Amount: n, Currency: e.Currency} }
	share := func(s insight.EventShare) *InsightEventShare {
		return &InsightEventShare{
			Mall: optionalMall(s.Mall), Orders: s.Orders, InSale: s.InSale, NetSales: money(s.NetSales), NetInSale: money(s.NetInSale), Buyers: newRate(s.Buyers),
		}
	}
	first := func(f insight.EventFirst) *InsightEventFirst {
		return &InsightEventFirst{Mall: optionalMall(f.Mall), Sale: newRate(f.Sale), Other: newRate(f.Other)}
	}
	return &InsightEvents{
		From: e.From, To: e.To, AsOf: e.AsOf, Total: share(e.Total), ByMall: mapped(e.ByMall, share),
		Months: mapped(e.Months, func(m insight.EventMonth) *InsightEventMonth {
			return &InsightEventMonth{Month: m.Month, Orders: m.Orders, InSale: m.InSale, People: newPeople(m.People)}
		}),
		Events: mapped(e.Each, func(r insight.EventRow) *InsightEvent {
			return &InsightEvent{
				Code: r.Code, Name: r.Name, NameEn: r.NameEN, Mall: optionalMall(r.Mall), Sale: r.Sale, Times: r.Times,
				Orders: r.Orders, NetSales: money(r.NetSales), People: newPeople(r.People),
			}
		}),
		First: first(e.First), FirstByMall: mapped(e.FirstByMall, first),
	}
}

// optionalMall is nil for none.
func optionalMall(name string) *Mall {
	if name == "" {
		return nil
	}
	mall := Mall(name)
	return &mall
}

// NewInsightStages maps where members stand.
func NewInsightStages(s *insight.Stages) *InsightStages {
	if s == nil {
		return nil
	}
	return &InsightStages{
		From: s.From, To: s.To, AsOf: s.AsOf,
		Ladder: mapped(s.Ladder, func(c insight.StageCount) *InsightStageCount {
			return &InsightStageCount{Code: c.Code, Name: c.Name, People: newPeople(c.People), Previous: c.Previous}
		}),
		Months: mapped(s.Months, func(m insight.StageMonth) *InsightStageMonth {
			return &InsightStageMonth{Day: m.Day, People: mapped(m.People, newPeople)}
		}),
		Moves: mapped(s.Moves, func(m insight.StageMove) *InsightStageMove {
			move := &InsightStageMove{To: m.To, People: newPeople(m.People)}
			if m.From != "" {
				move.From = &m.From
			}
			return move
		}),
	}
}

// NewInsightLiability maps the points that are out.
func NewInsightLiability(l *insight.Liability) *InsightLiability {
	if l == nil {
		return nil
	}
	return &InsightLiability{
		From: l.From, To: l.To, AsOf: l.AsOf, Balance: l.Balance(), Available: l.Available, Pending: l.Pending, Held: l.Held, Debt: l.Debt, Holders: newPeople(l.Holders),
		Months: mapped(l.Months, func(m insight.LiabilityMonth) *InsightLiabilityMonth {
			return &InsightLiabilityMonth{
				Day: m.Day, Opening: m.Opening, Issued: m.Issued, Redeemed: m.Redeemed, Expired: m.Expired, ClawedBack: m.ClawedBack,
				Other: m.Other, Closing: m.Closing, Holders: m.Holders,
			}
		}),
		Forecast: mapped(l.Forecast, func(e insight.Expiring) *InsightExpiring {
			return &InsightExpiring{Month: e.Month, Never: e.Never, Points: e.Points, People: newPeople(e.People)}
		}),
		Breakage: &InsightBreakage{
			Granted: l.Breakage.Granted, Expired: l.Breakage.Expired, Share: small(l.Breakage.Share), Previous: small(l.Breakage.Previous), Estimate: l.Breakage.Estimate,
		},
		Expired: mapped(l.Expired, func(e insight.Ended) *InsightEnded {
			return &InsightEnded{Month: e.Month, Granted: e.Granted, Expired: e.Expired, People: newPeople(e.People)}
		}),
	}
}
