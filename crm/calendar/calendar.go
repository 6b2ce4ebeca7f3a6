// Package calendar knows when the malls hold their sales.
//
// It owns the rules by which sales and seasons come back, each with its source,
// its certainty and the day somebody looked last; what was announced, moved or
// called off; and the merchant's own days. It promises that what is announced
// takes the place of what was predicted, that an event keeps its key when it is
// confirmed, moved or called off, and that whatever staff say is audited. All
// times are those of the malls, Asia/Tokyo, whatever the merchant's zone. It
// leaves what to do about an event to whoever plans.
package calendar

import (
	"time"
)

// Zone is that of every mall; Japan has kept no summer time since 1951.
var Zone = time.FixedZone("Asia/Tokyo", 9*60*60)

// Kind is how a rule tells its days.
type Kind string

// The kinds of rule.
const (
	DayOfMonth  Kind = "DAY_OF_MONTH" // days of the month, one day each
	NthWeekday  Kind = "NTH_WEEKDAY"  // the nth weekday of a month, or each
	AnnualRange Kind = "ANNUAL_RANGE" // from a day to a day of the same or the next month
	Relative    Kind = "RELATIVE"     // some days from an nth weekday
	Announced   Kind = "ANNOUNCED"    // known only once it is announced, within a window or not at all
)

// Status is how sure an occurrence is.
type Status string

// The states of an occurrence.
const (
	Predicted Status = "PREDICTED"
	Confirmed Status = "ANNOUNCED"
	Cancelled Status = "CANCELLED"
)

// Rule is how a sale of a mall, or a season of the trade, comes back.
type Rule struct {
	Code         string
	Mall         string // "": a season, of no mall
	Name, NameEN string
	Kind         Kind
	Major        bool          // changes what people buy for days
	Months       []int         // empty: every month
	Days         []int         // DayOfMonth
	Weekday      time.Weekday  // NthWeekday, Relative
	Nth          int           // 1 to 5; -1: the last; 0: each
	First, Last  int           // days; AnnualRange, and the window of Announced (0: none); Last below First is of the month after
	Offset       int           // Relative: days from the weekday to the first day
	Length       int           // Relative: days
	Starts, Ends time.Duration // since midnight: of the first day, and the last minute of the last
	ValidFrom    time.Time     // zero: always
	ValidTo      time.Time
	Certainty    string // VH, H, M or L
	Source       string
	ReviewedOn   time.Time
}

// Occurrence is one time that a sale is held, a season comes, or the merchant
// has something of his own.
type Occurrence struct {
	Key          Key
	Rule         *Rule  // nil: the merchant's own
	Mall         string // "": all
	Name, NameEN string
	StartsAt     time.Time
	EndsAt       time.Time // the last minute it is on, as malls write it: 01:59
	Status       Status
	// Approximate says that it will be somewhere within, and when is not known.
	Approximate bool
	Source      string // of the announcement, or else of the rule
}

// Major reports whether it changes what people buy for days; all that the
// merchant enters himself does.
func (o Occurrence) Major() bool { return o.Rule == nil || o.Rule.Major }

// night is until when in the morning malls and shoppers still count the day
// before: a sale that ends at 01:59 on the 11th has its last evening on the 10th.
const night = 4 * time.Hour

// LastDay is the last day it is on, for a calendar.
func (o Occurrence) LastDay() time.Time {
	last, first := Day(o.EndsAt.Add(-night)), Day(o.StartsAt)
	if last.Before(first) {
		return first
	}
	return last
}

// Day is the midnight, UTC, that stands for the day of an instant in Zone.
func Day(at time.Time) time.Time {
	y, m, d := at.In(Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// at is the instant of a day, given as midnight UTC, and a time of it.
func at(day time.Time, since time.Duration) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Zone).Add(since)
}
