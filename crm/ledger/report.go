package ledger

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// MaxMonths is the longest period of a report.
const MaxMonths = 120

// Month is what a month did to what customers have (usable, pending and held).
// Opening + Issued − Redeemed + Restored − Expired − ClawedBack + Adjusted + Debt
// + Transferred = Closing.
type Month struct {
	First       time.Time // its first day
	Opening     int64
	Issued      int64
	Redeemed    int64 // spent
	Restored    int64 // given back of what was spent: cancellations and reversals
	Expired     int64 // less what was clawed back after it had expired: it is no breakage
	ClawedBack  int64
	Adjusted    int64 // by hand, below zero where points were taken; and shortfalls that were forgiven
	Debt        int64 // clawed back beyond what was there, less what of it was paid off
	Transferred int64 // between customers who are merged: 0 in every month
	Closing     int64 // the sum of the entries on what customers have, not of the columns
}

// flow adds an amount on a counter-account to its column.
func (m *Month) flow(kind, account string, amount int64) {
	switch account {
	case "ISSUED":
		m.Issued -= amount
	case "REDEEMED":
		if kind == "RESTORE" {
			m.Restored -= amount
		} else {
			m.Redeemed += amount
		}
	case "EXPIRED":
		m.Expired += amount
	case "CLAWED_BACK":
		m.ClawedBack += amount
	case "ADJUSTED":
		m.Adjusted -= amount
	case "DEBT":
		m.Debt -= amount
	case "TRANSFERRED":
		m.Transferred -= amount
	default: // what customers have
		m.Closing += amount
	}
}

// Report is what the points are worth to be kept for.
type Report struct {
	Months []Month // the oldest first; the last goes as far as today
	Paid   []Paid  // by half-year, the newest first
}

// Paid is the points that were bought, at a base day of 資金決済法 (the end of
// March and of September) and over the half-year that it ends.
type Paid struct {
	Day      time.Time // the base day; of the half-year under way, the one to come
	Open     bool      // the half-year is not over
	Issued   int64
	Used     int64 // spent less given back
	Other    int64 // expired, clawed back, adjusted
	Unused   int64 // at the end of the day
	Amount   int64 // of Unused, in the minor unit of the base currency at today's rate
	MustTell bool  // Amount is above NoticeAbove: to be reported, and half of it deposited
}

// NoticeAbove is the unused balance in yen beyond which an issuer for its own
// shop must notify and deposit (資金決済に関する法律 第14条, 前払式支払手段).
const NoticeAbove = 10_000_000

// Report reports the last months, the current one included, and as many
// half-years as they touch. Errors: fault.Invalid for a period of no months or of
// more than MaxMonths.
func (s *Service) Report(ctx context.Context, months int) (*Report, error) {
	if months < 1 || months > MaxMonths {
		return nil, fault.New(fault.Invalid, "from 1 to %d months", MaxMonths).WithCode("RANGE").At("months").With("min", 1).With("max", MaxMonths)
	}
	y, m, d := s.clock.Now().In(s.zone).Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	sums, err := s.monthSums(ctx, today)
	if err != nil {
		return nil, err
	}
	rate, err := s.points.SpendSettings(ctx)
	if err != nil {
		return nil, err
	}
	first := time.Date(y, m-time.Month(months-1), 1, 0, 0, 0, 0, time.UTC)
	return &Report{Months: rolled(sums, first, months), Paid: halves(sums, first, today, rate.Worth)}, nil
}

// rolled are the months from first on: flows and closing balance each from their
// own entries.
func rolled(sums []sum, first time.Time, months int) []Month {
	list := make([]Month, months)
	var opening int64
	at := func(month time.Time) int {
		return (month.Year()-first.Year())*12 + int(month.Month()) - int(first.Month())
	}
	for _, s := range sums {
		if i := at(s.Month); i >= 0 && i < months {
			list[i].flow(s.Kind, s.Account, s.Amount)
		} else if i < 0 && outstanding(s.Account) {
			opening += s.Amount
		}
	}
	for i := range list {
		list[i].First = first.AddDate(0, i, 0)
		list[i].Opening = opening
		list[i].Closing += opening
		opening = list[i].Closing
	}
	return list
}

func outstanding(account string) bool {
	return account == "AVAILABLE" || account == "PENDING" || account == "HELD"
}

// halves are the half-years that end on 31 March and 30 September, from the one
// that is under way back to the one of from.
func halves(sums []sum, from, today time.Time, worth func(int64) int64) []Paid {
	var list []Paid
	for end := baseDay(today); !end.Before(from); end = baseDay(end.AddDate(0, -6, -3)) {
		p := Paid{Day: end, Open: end.After(today)}
		begin := time.Date(end.Year(), end.Month()-5, 1, 0, 0, 0, 0, time.UTC)
		for _, s := range sums {
			if s.Origin != "PAID" || s.Month.After(end) {
				continue
			}
			if outstanding(s.Account) {
				p.Unused += s.Amount
			} else if !s.Month.Before(begin) {
				p.flow(s)
			}
		}
		p.Amount = worth(p.Unused)
		p.MustTell = p.Amount > NoticeAbove
		list = append(list, p)
	}
	return list
}

func (p *Paid) flow(s sum) {
	switch s.Account {
	case "ISSUED":
		p.Issued -= s.Amount
	case "REDEEMED":
		p.Used += s.Amount
	default:
		p.Other += s.Amount
	}
}

// baseDay is the last day of the half-year of day.
func baseDay(day time.Time) time.Time {
	y, m, _ := day.Date()
	switch {
	case m <= time.March:
		return time.Date(y, time.March, 31, 0, 0, 0, 0, time.UTC)
	case m <= time.September:
		return time.Date(y, time.September, 30, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(y+1, time.March, 31, 0, 0, 0, 0, time.UTC)
}
