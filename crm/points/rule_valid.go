package points

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/check"
)

// The bounds of a rule.
const (
	maxMultiplier = 1_000_000 // a hundred times
	maxValues     = 200       // of one condition
	maxValidDays  = 3650
)

// Validate reports the first thing about the rule that makes no sense, as
// fault.Invalid.
func (r EarnRule) Validate() error {
	switch name := strings.TrimSpace(r.Name); {
	case name == "":
		return invalid("name", "a rule has a name").WithCode(check.Required)
	case len([]rune(name)) > 100:
		return invalid("name", "at most 100 letters").WithCode(check.TooLong).With("max", 100)
	}
	if err := check.Struct(r); err != nil {
		return err
	}
	if err := r.validGift(); err != nil {
		return err
	}
	if err := r.Conditions.valid(); err != nil {
		return err
	}
	return r.validCaps()
}

// validGift checks what the rule gives.
func (r EarnRule) validGift() error {
	switch r.Kind {
	case EarnBase:
		if r.Rate.PerAmount < 1 || r.Rate.PerAmount > 1_000_000_000 {
			return invalid("perAmount", "1 to 1,000,000,000").WithCode(check.OutOfRange)
		}
		if r.Rate.Points < 0 || r.Rate.Points > 1_000_000 {
			return invalid("points", "0 to 1,000,000").WithCode(check.OutOfRange)
		}
	case EarnMultiplier:
		if r.Multiplier <= 10_000 || r.Multiplier > maxMultiplier {
			return invalid("multiplier", "more than once, at most 100 times").WithCode(check.OutOfRange)
		}
	default:
		if r.Points < 1 || r.Points > MaxAmount {
			return invalid("points", "1 to %d", MaxAmount).WithCode(check.OutOfRange)
		}
	}
	switch {
	case r.Kind == EarnBonus && !slices.Contains([]BonusPer{PerOrder, PerLine, PerItem}, r.Per):
		return invalid("per", "say what the bonus is for").WithCode(check.Required)
	case r.Kind == EarnAction && !slices.Contains(Actions, r.Action):
		return invalid("action", "say for what").WithCode(check.Required)
	case r.ValidDays < 0 || r.ValidDays > maxValidDays:
		return invalid("validDays", "0 to %d", maxValidDays).WithCode(check.OutOfRange)
	case len(r.Forms) > 0 && r.Action != ActionJoin:
		return invalid("conditions", "only a joining has a form").WithCode("NOT_OF_ACTIONS")
	case r.Kind == EarnAction && (r.byGoods() || r.MinAmount > 0):
		return invalid("conditions", "an action has no goods and no money").WithCode("NOT_OF_ACTIONS")
	}
	return nil
}

func (c Conditions) valid() error {
	for _, day := range []struct {
		field string
		day   Day
	}{{"from", c.From}, {"to", c.To}} {
		if _, err := time.Parse(time.DateOnly, string(day.day)); err != nil && day.day != "" {
			return invalid(day.field, "a day is written 2006-01-02").WithCode("BAD_DAY")
		}
	}
	switch {
	case c.From != "" && c.To != "" && c.To < c.From:
		return invalid("to", "the last day is before the first").WithCode("TO_BEFORE_FROM")
	case slices.ContainsFunc(c.DaysOfMonth, func(d int) bool { return d < 1 || d > 31 }):
		return invalid("daysOfMonth", "1 to 31").WithCode(check.OutOfRange)
	case slices.ContainsFunc(c.Weekdays, func(d int) bool { return d < 0 || d > 6 }):
		return invalid("weekdays", "0 to 6").WithCode(check.OutOfRange)
	case c.MinAmount < 0 || c.MinAmount > 1_000_000_000:
		return invalid("minAmount", "0 to 1,000,000,000").WithCode(check.OutOfRange)
	case slices.Contains(c.SKUs, "") || slices.Contains(c.Categories, ""):
		return invalid("goods", "a code or category is empty").WithCode(check.Required)
	case max(len(c.SKUs), len(c.Categories), len(c.Stages), len(c.Segments), len(c.Shops), len(c.Malls), len(c.Forms)) > maxValues:
		return invalid("conditions", "at most %d values each", maxValues).WithCode("TOO_MANY")
	}
	return nil
}

func (r EarnRule) validCaps() error {
	if r.Kind == EarnBase && r.Caps != (Caps{}) {
		return invalid("caps", "another rate has no caps").WithCode("NOT_OF_BASE")
	}
	for _, c := range []struct {
		field string
		n     int64
	}{{"capOrder", r.Caps.Order}, {"capDay", r.Caps.Day}, {"capPerson", r.Caps.Person}, {"capTotal", r.Caps.Total}} {
		if c.n < 0 || c.n > 1_000_000_000 {
			return invalid(c.field, "0 to 1,000,000,000").WithCode(check.OutOfRange)
		}
	}
	return nil
}

// normal is the rule without what its kind does not ask for, in the one order
// that equal rules are written in.
func (r EarnRule) normal() EarnRule {
	out := EarnRule{
		ID: r.ID, Version: r.Version, Since: r.Since, Name: strings.TrimSpace(r.Name), Enabled: r.Enabled,
		Kind: r.Kind, Currency: r.Currency, Conditions: r.Conditions, Caps: r.Caps,
	}
	switch r.Kind {
	case EarnBase:
		out.Rate, out.Base, out.Rounding = r.Rate, r.Base, r.Rounding
	case EarnMultiplier:
		out.Multiplier = r.Multiplier
	case EarnBonus:
		out.Points, out.Per = r.Points, r.Per
	case EarnAction:
		out.Points, out.Action, out.ValidDays = r.Points, r.Action, r.ValidDays
		out.Often = cmp.Or(oftenOf[r.Action], r.Often)
		out.Caps.Order = 0
	}
	c := &out.Conditions
	tidy(&c.DaysOfMonth)
	tidy(&c.Weekdays)
	tidy(&c.Stages)
	tidy(&c.Segments)
	tidy(&c.Shops)
	tidy(&c.Malls)
	tidy(&c.Forms)
	tidy(&c.SKUs)
	tidy(&c.Categories)
	return out
}

func tidy[T cmp.Ordered](values *[]T) {
	*values = slices.Compact(slices.Sorted(slices.Values(*values)))
}

// Validate reports the first amount of a made-up purchase that makes no sense.
func (p Purchase) Validate() error {
	const most = 1_000_000_000_000
	for _, a := range []struct {
		field string
		n     int64
	}{{"goods", p.Goods}, {"shipping", p.Shipping}, {"shopCoupon", p.ShopCoupon}, {"pointsUsed", p.PointsUsed}} {
		if a.n < 0 || a.n > most {
			return invalid(a.field, "0 to %d", int64(most)).WithCode(check.OutOfRange)
		}
	}
	for _, l := range p.Lines {
		if l.Quantity < 0 || l.Amount < 0 || l.Amount > most {
			return invalid("lines", "no amount is below 0").WithCode(check.OutOfRange)
		}
	}
	return nil
}
