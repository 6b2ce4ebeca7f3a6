package world

import (
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// months say how much is bought: new tea in May, gifts in July and December.
var months = [...]float64{0.85, 0.75, 0.95, 1, 1.35, 1, 1.25, 0.8, 1, 0.95, 1.15, 1.6}

// pull is how much a day draws people to a mall; 1 is an ordinary day.
func pull(m mall.Mall, at time.Time) float64 {
	at = at.In(Japan)
	weight := months[at.Month()-1]
	if sale(m, at) {
		weight *= 2.3
	}
	day := at.Day()
	switch m {
	case mall.Rakuten:
		if day%5 == 0 {
			weight *= 1.35
		}
	case mall.Yahoo:
		if day%10 == 5 {
			weight *= 2
		}
		if at.Weekday() == time.Sunday {
			weight *= 1.4
		}
	case mall.Store:
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
			weight *= 1.8
		}
	case mall.OwnSite: // the merchant's own day for members
		if day == 20 {
			weight *= 1.6
		}
	}
	return weight
}

// sale reports whether one of a mall's great sales is on. Source: the project's
// notes on the malls' calendars.
func sale(m mall.Mall, at time.Time) bool {
	_, month, day := at.In(Japan).Date()
	switch m {
	case mall.Rakuten:
		switch month {
		case time.March, time.June, time.September, time.December:
			return day >= 4 && day <= 11 // スーパーSALE
		case time.November:
			return day >= 20 && day <= 27 // ブラックフライデー
		default:
			return day >= 9 && day <= 16 // お買い物マラソン
		}
	case mall.Amazon:
		return month == time.July && day >= 8 && day <= 14 || month == time.October && day >= 4 && day <= 10 ||
			month == time.November && day >= 24 || month == time.December && day == 1
	case mall.Yahoo:
		return month == time.March || month == time.November && day <= 28 && day >= 18
	}
	return false
}
