package points

import "time"

// Release says when what an order earned becomes usable.
type Release string

// The kinds of release.
const (
	ReleaseAfterShipment Release = "SHIPMENT" // so many days after shipment: the return window
	ReleaseAfterOrder    Release = "ORDER"    // so many days after the order
	ReleaseAtOnce        Release = "AT_ONCE"
)

// ExpiryKind says how the last day of points is found.
type ExpiryKind string

// The kinds of expiry. Each ends with the end of a day in the merchant's zone.
const (
	ExpireAfterMonths   ExpiryKind = "MONTHS"   // so many months after the day they were earned
	ExpireAfterActivity ExpiryKind = "ACTIVITY" // so many months after the last day on which their owner earned or spent
	ExpireYearEnd       ExpiryKind = "YEAR_END" // 31 December, so many years after the year they were earned in
	ExpireNever         ExpiryKind = "NEVER"
)

// PeriodEnd says up to the end of what the last day is moved.
type PeriodEnd string

// The ends of periods.
const (
	EndOfTheDay  PeriodEnd = "DAY"
	EndOfMonth   PeriodEnd = "MONTH"
	EndOfQuarter PeriodEnd = "QUARTER" // of the calendar year
	EndOfYear    PeriodEnd = "YEAR"
)

// maxMonths is the most that an expiry by months takes.
const maxMonths = 120

// byMonths: the last day is found by a number of months.
func (s Settings) byMonths() bool {
	return s.Expiry == ExpireAfterMonths || s.Expiry == ExpireAfterActivity
}

// rolls: there may be lots whose last day moves with what their owner does.
func (s Settings) rolls() bool { return s.HasRolled || s.Expiry == ExpireAfterActivity }

// UsableAt is when the return window of an order shipped at shipped closes: at
// the end of the PendingDays-th day after the day of shipment in zone.
func (s Settings) UsableAt(shipped time.Time, zone *time.Location) time.Time {
	if s.PendingDays == 0 {
		return shipped.UTC()
	}
	return endOfDay(shipped, 0, s.PendingDays, zone)
}

// ReleasedAt is when what an order earned becomes usable; nil while that hangs on
// its shipment, and it is not known to be handed over.
func (s Settings) ReleasedAt(ordered time.Time, handedOver *time.Time, zone *time.Location) *time.Time {
	at := ordered.UTC()
	switch s.Release {
	case ReleaseAtOnce:
	case ReleaseAfterOrder:
		at = s.UsableAt(ordered, zone)
	default:
		if handedOver == nil {
			return nil
		}
		at = s.UsableAt(*handedOver, zone)
	}
	return &at
}

// Lifetime is how long the points of one lot live, as far as that is a number of
// months.
type Lifetime struct {
	Months int
	To     PeriodEnd
}

// End is the end of the last day of points whose time begins at from. The day has
// the same number in its month as the day of from, or is the last of a month that
// is too short; then it moves to the end of the period.
func (l Lifetime) End(from time.Time, zone *time.Location) time.Time {
	end := endOfDay(from, l.Months, 0, zone)
	y, m, _ := LastDay(end, zone).Date()
	switch l.To {
	case EndOfMonth:
	case EndOfQuarter:
		m += (3 - m%3) % 3
	case EndOfYear:
		m = time.December
	default:
		return end
	}
	return time.Date(y, m+1, 1, 0, 0, 0, 0, zone).UTC()
}

// lifetime is that of points earned on a stage.
func (s Settings) lifetime(stage string) Lifetime {
	if months, own := s.StageMonths[stage]; own {
		return Lifetime{Months: months, To: s.ExpiryTo}
	}
	return Lifetime{Months: s.ExpiryMonths, To: s.ExpiryTo}
}

// ExpiresAt is the end of the last day on which points can be spent that a member
// on stage earned at earned; nil when they never expire. By activity it is that of
// points whose owner does nothing more.
func (s Settings) ExpiresAt(earned time.Time, stage string, zone *time.Location) *time.Time {
	var at time.Time
	switch s.Expiry {
	case ExpireAfterMonths, ExpireAfterActivity:
		at = s.lifetime(stage).End(earned, zone)
	case ExpireYearEnd:
		year := earned.In(zone).Year() + s.ExpiryYears
		at = time.Date(year+1, time.January, 1, 0, 0, 0, 0, zone).UTC()
	default:
		return nil
	}
	return &at
}

// LastDay is the last day, as midnight in zone, on which points can be spent
// that expire at expiresAt.
func LastDay(expiresAt time.Time, zone *time.Location) time.Time {
	y, m, d := expiresAt.Add(-time.Microsecond).In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// EndOfDay is the instant at which the day year-month-day ends in zone.
func EndOfDay(year int, month time.Month, day int, zone *time.Location) time.Time {
	return time.Date(year, month, day+1, 0, 0, 0, 0, zone).UTC()
}

// endOfDay is the end of the day that is months and days after the day of t in
// zone. A month that is too short ends on its last day: time.AddDate would run
// over into the next.
func endOfDay(t time.Time, months, days int, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	lastOfMonth := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, zone).Day()
	return time.Date(y, m+time.Month(months), min(d, lastOfMonth)+days+1, 0, 0, 0, 0, zone).UTC()
}
