// Package holiday knows the national holidays of Japan.
//
// It owns the Act on National Holidays (国民の祝日に関する法律, 1948, No. 178) as
// it has stood since 2007, with the special acts of 2019, 2020 and 2021, from
// which every year's days are computed; the equinoxes follow the formula that
// the almanacs publish, good until 2099. It promises what the Cabinet Office's
// list says for the years it covers (testdata/official.csv). A later change of
// the Act needs a change here. Nothing in it touches a database or a clock.
package holiday

import (
	"slices"
	"time"
)

// The years that can be computed.
const (
	FirstYear = 2007
	LastYear  = 2099
)

// Day is one holiday.
type Day struct {
	On   time.Time // midnight UTC, standing for the day
	Name string    // as the Act has it; 休日 for substitute and in-between days
}

// English is the name as the Cabinet Office translates it.
func (d Day) English() string { return english[d.Name] }

// Rest is the name of the days that are holidays only because of their
// neighbours (Article 3, paragraphs 2 and 3).
const Rest = "休日"

// Between is the holidays from a day to another, both included, in order. Days
// outside of FirstYear to LastYear have none.
func Between(from, to time.Time) []Day {
	var days []Day
	for year := max(from.Year(), FirstYear); year <= min(to.Year(), LastYear); year++ {
		for _, d := range Of(year) {
			if !d.On.Before(from) && !d.On.After(to) {
				days = append(days, d)
			}
		}
	}
	return days
}

// Of is the holidays of a year, in order.
func Of(year int) []Day {
	if year < FirstYear || year > LastYear {
		return nil
	}
	named := statutory(year)
	days := make([]Day, 0, len(named)+3)
	for on, name := range named {
		days = append(days, Day{On: on, Name: name})
	}
	for on := range rests(named) {
		days = append(days, Day{On: on, Name: Rest})
	}
	slices.SortFunc(days, func(a, b Day) int { return a.On.Compare(b.On) })
	return days
}

var english = map[string]string{
	"元日":       "New Year's Day",
	"成人の日":     "Coming of Age Day",
	"建国記念の日":   "National Foundation Day",
	"天皇誕生日":    "The Emperor's Birthday",
	"春分の日":     "Vernal Equinox Day",
	"昭和の日":     "Showa Day",
	"憲法記念日":    "Constitution Memorial Day",
	"みどりの日":    "Greenery Day",
	"こどもの日":    "Children's Day",
	"海の日":      "Marine Day",
	"山の日":      "Mountain Day",
	"敬老の日":     "Respect for the Aged Day",
	"秋分の日":     "Autumnal Equinox Day",
	"スポーツの日":   "Sports Day",
	"体育の日":     "Health and Sports Day",
	"文化の日":     "Culture Day",
	"勤労感謝の日":   "Labour Thanksgiving Day",
	"休日（祝日扱い）": "Holiday",
	Rest:       "Holiday",
}

// statutory is the days of Article 2, as the special acts of some years moved them.
func statutory(year int) map[time.Time]string {
	days := map[time.Time]string{
		date(year, time.January, 1):              "元日",
		monday(year, time.January, 2):            "成人の日",
		date(year, time.February, 11):            "建国記念の日",
		date(year, time.March, spring(year)):     "春分の日",
		date(year, time.April, 29):               "昭和の日",
		date(year, time.May, 3):                  "憲法記念日",
		date(year, time.May, 4):                  "みどりの日",
		date(year, time.May, 5):                  "こどもの日",
		monday(year, time.September, 3):          "敬老の日",
		date(year, time.September, autumn(year)): "秋分の日",
		date(year, time.November, 3):             "文化の日",
		date(year, time.November, 23):            "勤労感謝の日",
	}
	switch {
	case year <= 2018:
		days[date(year, time.December, 23)] = "天皇誕生日"
	case year >= 2020: // there was none in the year of the succession
		days[date(year, time.February, 23)] = "天皇誕生日"
	}
	moved(year, days)
	if year == 2019 {
		// Act 2018 No. 99; not in the Act's own list, but holidays by its rules.
		days[date(year, time.May, 1)] = "休日（祝日扱い）"
		days[date(year, time.October, 22)] = "休日（祝日扱い）"
	}
	return days
}

// moved adds the days that the special acts for the Tokyo games moved in 2020
// and 2021 (Act 2015 No. 33, articles 29 and 32).
func moved(year int, days map[time.Time]string) {
	switch year {
	case 2020:
		days[date(year, time.July, 23)] = "海の日"
		days[date(year, time.July, 24)] = "スポーツの日"
		days[date(year, time.August, 10)] = "山の日"
	case 2021:
		days[date(year, time.July, 22)] = "海の日"
		days[date(year, time.July, 23)] = "スポーツの日"
		days[date(year, time.August, 8)] = "山の日"
	default:
		days[monday(year, time.July, 3)] = "海の日"
		if year >= 2016 {
			days[date(year, time.August, 11)] = "山の日"
		}
		name := "スポーツの日"
		if year < 2020 {
			name = "体育の日"
		}
		days[monday(year, time.October, 2)] = name
	}
}

// rests is the days off of Article 3: the next day that is none after a holiday
// on a Sunday, and a day that is none between two.
func rests(named map[time.Time]string) map[time.Time]struct{} {
	off := map[time.Time]struct{}{}
	for on := range named {
		if on.Weekday() == time.Sunday {
			next := on.AddDate(0, 0, 1)
			for named[next] != "" {
				next = next.AddDate(0, 0, 1)
			}
			off[next] = struct{}{}
		}
		between, after := on.AddDate(0, 0, 1), on.AddDate(0, 0, 2)
		if named[after] != "" && named[between] == "" {
			off[between] = struct{}{}
		}
	}
	return off
}

// The equinoxes by the almanacs' formula for 1980 to 2099.
func spring(year int) int { return equinox(year, 20.8431) }
func autumn(year int) int { return equinox(year, 23.2488) }

func equinox(year int, at float64) int {
	since := year - 1980
	return int(at+0.242194*float64(since)) - since/4
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// monday is the n-th Monday of a month.
func monday(year int, month time.Month, n int) time.Time {
	first := date(year, month, 1)
	ahead := (int(time.Monday) - int(first.Weekday()) + 7) % 7
	return first.AddDate(0, 0, ahead+7*(n-1))
}
