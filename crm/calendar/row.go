package calendar

import (
	"time"

	"github.com/meguri-crm/meguri/db"
)

// newRule reads a stored rule.
func newRule(row *db.MallEventRule) Rule {
	r := Rule{
		Code: row.Code, Name: row.Name, NameEN: row.NameEN, Kind: Kind(row.Kind), Major: row.Major,
		Months: row.Months, Days: row.Days, Nth: row.Nth, Offset: row.OffsetDays, Length: row.LengthDays,
		Starts: sinceMidnight(row.StartsTime), Ends: sinceMidnight(row.EndsTime),
		Certainty: row.Certainty, Source: row.Source, ReviewedOn: row.ReviewedOn,
	}
	set(&r.Mall, row.Mall)
	set(&r.First, row.FirstDay)
	set(&r.Last, row.LastDay)
	set(&r.ValidFrom, row.ValidFrom)
	set(&r.ValidTo, row.ValidTo)
	if row.Weekday != nil {
		r.Weekday = time.Weekday(*row.Weekday)
	}
	return r
}

// sinceMidnight reads Postgres's HH:MM:SS, which its type keeps well-formed.
func sinceMidnight(clock string) time.Duration {
	t, err := time.Parse(time.TimeOnly, clock)
	if err != nil {
		return 0
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// newOccurrence reads a stored occurrence, whose rule is among rules.
func newOccurrence(row *db.MallEventOccurrence, rules []Rule) Occurrence {
	o := Occurrence{
		Key: Key{Row: row.ID}, Name: row.Name, NameEN: row.Name,
		StartsAt: row.StartsAt, EndsAt: row.EndsAt, Status: Status(row.Status), Source: row.Source,
	}
	set(&o.Mall, row.Mall)
	if row.RuleCode == nil {
		return o
	}
	if row.PredictedOn != nil {
		o.Key = Key{Rule: *row.RuleCode, On: row.PredictedOn.UTC()}
	}
	if o.Rule = ruleOf(rules, *row.RuleCode); o.Rule != nil {
		o.Name, o.NameEN = o.Rule.Name, o.Rule.NameEN
	}
	return o
}

// ruleOf finds a rule by its code; nil for none.
func ruleOf(rules []Rule, code string) *Rule {
	for i := range rules {
		if rules[i].Code == code {
			return &rules[i]
		}
	}
	return nil
}
