package insight

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Repeat is who ordered again, by the mall of the first order.
type Repeat struct {
	Taken

	From, To time.Time // days of first orders
	Currency string    // of sales
	Total    RepeatRow // Mall is empty
	ByMall   []RepeatRow
}

// RepeatRow is the customers whose first order was on one mall.
type RepeatRow struct {
	Mall string
	// Rate is of those whose first order is in the period the ones with a second
	// order to this day, wherever; Previous is the same one period earlier, as it
	// stood then.
	Rate       Rate
	Same       People // the second order was on the first mall
	Elsewhere  People // on another
	MedianDays *int64 // from the first order to the second
	Orders     int64  // of all of them, to this day
	NetSales   int64  // of all of them on all malls to this day, base currency
}

// Repeat computes who ordered again after first orders of the last months.
// Errors: fault.Invalid for a period of no months or of more than MaxMonths.
func (s *Service) Repeat(ctx context.Context, months int) (*Repeat, error) {
	if err := checkMonths(months); err != nil {
		return nil, err
	}
	return answered[*Repeat](ctx, s, question{Report: "repeat", Period: months})
}

func (s *Service) repeat(ctx context.Context, months int) (*Repeat, error) {
	p := s.span(months)
	var rows []repeatRow
	err := s.snapshot(ctx, func(b *pgx.Batch) {
		collect(b.Queue(`SELECT s.first_mall, count(*) FILTER (WHERE now), count(*) FILTER (WHERE now AND s.second_order_at IS NOT NULL),
				count(*) FILTER (WHERE now AND s.second_mall = s.first_mall), count(*) FILTER (WHERE now AND s.second_mall <> s.first_mall),
				percentile_disc(0.5) WITHIN GROUP (ORDER BY `+toSecond()+`) FILTER (WHERE now AND s.second_order_at IS NOT NULL),
				coalesce(sum(s.orders_count) FILTER (WHERE now), 0), coalesce(sum(s.net_sales) FILTER (WHERE now), 0)::bigint,
				count(*) FILTER (WHERE NOT now), count(*) FILTER (WHERE NOT now AND s.second_order_at < $2)
			FROM (SELECT s.*, s.first_order_at >= $2 AS now FROM customer_stats AS s WHERE s.first_order_at >= $1 AND s.first_order_at < $3) AS s
			GROUP BY GROUPING SETS ((s.first_mall), ()) ORDER BY 2 DESC, 1`, p.at(p.before), p.at(p.from), p.at(p.until)), &rows)
	})
	if err != nil {
		return nil, err
	}
	r := &Repeat{From: p.from, To: p.today, Currency: s.currency, ByMall: []RepeatRow{}}
	var malls []string
	for _, row := range rows {
		if row.Mall != nil {
			malls = append(malls, *row.Mall)
			r.ByMall = append(r.ByMall, row.answer(p, *row.Mall))
		}
	}
	for _, row := range rows {
		if row.Mall == nil {
			r.Total = row.answer(p, malls...)
			r.Total.Mall = ""
		}
	}
	return r, nil
}

type repeatRow struct {
	Mall                          *string
	First, Again, Same, Elsewhere int64
	Median                        *int64
	Orders, NetSales              int64
	FirstBefore, AgainBefore      int64
}

// answer is the row of some malls: of one, or of all there are.
func (row repeatRow) answer(p span, malls ...string) RepeatRow {
	r := RepeatRow{MedianDays: row.Median, Orders: row.Orders, NetSales: row.NetSales}
	of := []condition{during("first_order", p.from, p.until)}
	if row.Mall != nil {
		r.Mall = *row.Mall
		of = append(of, anyOf("first_mall", r.Mall))
	}
	again := slices.Concat(of, []condition{atLeast("orders", 2)})
	r.Rate = Rate{Of: People{row.First, rule(of...)}, Hit: People{row.Again, rule(again...)}, Previous: basisPoints(row.AgainBefore, row.FirstBefore)}
	r.Same = People{row.Same, rule(slices.Concat(of, []condition{sameMall(malls)})...)}
	r.Elsewhere = People{row.Elsewhere, rule(slices.Concat(again, []condition{not(sameMall(malls))})...)}
	return r
}

// sameMall holds for whose first two orders were on one and the same of these malls.
func sameMall(malls []string) condition {
	switch len(malls) {
	case 0: // nobody has ordered
		return atLeast("orders", 2)
	case 1:
		return anyOf("second_mall", malls[0])
	}
	each := make([]condition, len(malls))
	for i, m := range malls {
		each[i] = condition{"all": []condition{anyOf("first_mall", m), anyOf("second_mall", m)}}
	}
	return condition{"any": each}
}
