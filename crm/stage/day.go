package stage

import (
	"cmp"
	"time"
)

// Day is a day of the merchant's calendar.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf is the day that t falls on in zone.
func DayOf(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return Day{y, m, d}
}

// Start is the instant at which the day begins in zone.
func (d Day) Start(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone).UTC()
}

// AddDays is the day n days later.
func (d Day) AddDays(n int) Day {
	return DayOf(time.Date(d.Year, d.Month, d.Day+n, 12, 0, 0, 0, time.UTC), time.UTC)
}

// AddMonths is the same day of the month n months later, or the last day of a
// month that is too short, as Postgres adds months to a date.
func (d Day) AddMonths(n int) Day {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 12, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day{first.Year(), first.Month(), min(d.Day, last)}
}

// Compare orders days.
func (d Day) Compare(o Day) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// Before reports whether d is earlier than o.
func (d Day) Before(o Day) bool { return d.Compare(o) < 0 }

// earliest is the earliest of days; zero Days do not count.
func earliest(days ...Day) (first Day) {
	for _, d := range days {
		if d != (Day{}) && (first == Day{} || d.Before(first)) {
			first = d
		}
	}
	return first
}

// dayOfDate is the day of a date of the database, which comes as midnight UTC.
func dayOfDate(t time.Time) Day { return DayOf(t, time.UTC) }
