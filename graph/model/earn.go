package model

import (
	"cmp"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/points"
)

// NewEarnRule maps a version of a rule; today is midnight in the merchant's zone.
func NewEarnRule(r points.EarnRule, today points.Day) *EarnRule {
	m := &EarnRule{
		ID: gid.Encode("EarnRule", r.ID), Version: int(r.Version), Name: r.Name, Kind: EarnRuleKind(r.Kind), Status: earnStatus(r, today), Since: r.Since,
		PerAmount: r.Rate.PerAmount, Points: cmp.Or(r.Rate.Points, r.Points), Multiplier: r.Multiplier,
		Conditions: newEarnConditions(r.Conditions),
		Caps:       &EarnCaps{Order: r.Caps.Order, Day: r.Caps.Day, Person: r.Caps.Person, Total: r.Caps.Total},
	}
	m.ValidDays, m.Often = int(r.ValidDays), optional(EarnOften(r.Often))
	m.Base, m.Rounding = optional(PointBase(r.Base)), optional(PointRounding(r.Rounding))
	m.Per, m.Action = optional(EarnBonusPer(r.Per)), optional(EarnAction(r.Action))
	return m
}

func optional[T ~string](v T) *T {
	if v == "" {
		return nil
	}
	return &v
}

func earnStatus(r points.EarnRule, today points.Day) EarnRuleStatus {
	switch {
	case !r.Enabled:
		return EarnRuleStatusStopped
	case r.From != "" && today < r.From:
		return EarnRuleStatusPlanned
	case r.To != "" && today > r.To:
		return EarnRuleStatusEnded
	default:
		return EarnRuleStatusActive
	}
}

func newEarnConditions(c points.Conditions) *EarnConditions {
	m := &EarnConditions{
		From: dayTime(c.From), To: dayTime(c.To), DaysOfMonth: list(c.DaysOfMonth), Weekdays: list(c.Weekdays), BirthMonth: c.BirthMonth,
		StageIds: encoded("Stage", c.Stages), SegmentIds: encoded("Segment", c.Segments), ShopIds: encoded("Shop", c.Shops),
		Malls: []Mall{}, Skus: list(c.SKUs), Categories: list(c.Categories), MinAmount: c.MinAmount,
		FormIds: encoded("SignUpForm", c.Forms),
	}
	for _, mall := range c.Malls {
		m.Malls = append(m.Malls, Mall(mall))
	}
	return m
}

func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

func encoded(kind string, ids []int64) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = gid.Encode(kind, id)
	}
	return out
}

func dayTime(d points.Day) *time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return nil
	}
	return &t
}

func ruleDay(t *time.Time) points.Day {
	if t == nil {
		return ""
	}
	return points.Day(t.Format(time.DateOnly))
}

// Rule is the rule that the input describes; amounts are in currency.
func (in SaveEarnRuleInput) Rule(currency string) (r points.EarnRule, err error) {
	r = points.EarnRule{Name: in.Name, Kind: points.EarnKind(in.Kind), Currency: currency, Enabled: true}
	if in.ID != nil {
		if r.ID, err = idAt("id", "EarnRule", *in.ID); err != nil {
			return r, err
		}
		if in.Version != nil {
			r.Version = int64(*in.Version)
		}
	}
	given(&r.Points, in.Points)
	given(&r.Rate.Points, in.Points)
	given(&r.Rate.PerAmount, in.PerAmount)
	given(&r.Multiplier, in.Multiplier)
	r.Base, r.Rounding = points.BaseNetGoods, points.RoundDown
	given(&r.Base, (*points.Base)(in.Base))
	given(&r.Rounding, (*points.Rounding)(in.Rounding))
	given(&r.Per, (*points.BonusPer)(in.Per))
	given(&r.Action, (*points.Action)(in.Action))
	given(&r.Often, (*points.Often)(in.Often))
	if in.ValidDays != nil {
		r.ValidDays = int64(*in.ValidDays)
	}
	r.Caps = points.Caps{Order: in.Caps.Order, Day: in.Caps.Day, Person: in.Caps.Person, Total: in.Caps.Total}
	r.Conditions, err = in.Conditions.conditions()
	return r, err
}

func (in EarnConditionsInput) conditions() (c points.Conditions, err error) {
	c = points.Conditions{
		From: ruleDay(in.From), To: ruleDay(in.To), DaysOfMonth: in.DaysOfMonth, Weekdays: in.Weekdays, BirthMonth: in.BirthMonth,
		SKUs: in.Skus, Categories: in.Categories, MinAmount: in.MinAmount,
	}
	for _, mall := range in.Malls {
		c.Malls = append(c.Malls, string(mall))
	}
	for _, ids := range []struct {
		field, kind string
		from        []string
		to          *[]int64
	}{{"stageIds", "Stage", in.StageIds, &c.Stages}, {"segmentIds", "Segment", in.SegmentIds, &c.Segments}, {"shopIds", "Shop", in.ShopIds, &c.Shops}, {"formIds", "SignUpForm", in.FormIds, &c.Forms}} {
		for _, id := range ids.from {
			row, err := idAt(ids.field, ids.kind, id)
			if err != nil {
				return c, err
			}
			*ids.to = append(*ids.to, row)
		}
	}
	return c, nil
}

// Request is what the input asks; now is its instant where it names none.
func (in EarnPreviewInput) Request(currency string, now time.Time) (r points.PreviewRequest, err error) {
	r = points.PreviewRequest{Currency: currency, At: now}
	given(&r.At, in.At)
	given(&r.Purchase.Goods, in.Goods)
	r.Purchase.Shipping, r.Purchase.ShopCoupon, r.Purchase.PointsUsed = in.Shipping, in.ShopCoupon, in.PointsUsed
	if len(in.Lines) > 100 {
		return r, fault.New(fault.Invalid, "at most 100 lines").WithCode("TOO_MANY").At("lines")
	}
	for _, l := range in.Lines {
		r.Purchase.Lines = append(r.Purchase.Lines, points.Line{SKU: l.Sku, Quantity: int64(l.Quantity), Amount: l.Amount})
	}
	if err := r.Purchase.Validate(); err != nil {
		return r, err
	}
	for _, id := range []struct {
		field, kind string
		from        *string
		to          *int64
	}{{"customerId", "Customer", in.CustomerID, &r.CustomerID}, {"shopId", "Shop", in.ShopID, &r.ShopID}} {
		if id.from != nil {
			if *id.to, err = idAt(id.field, id.kind, *id.from); err != nil {
				return r, err
			}
		}
	}
	if in.OrderNo != nil {
		r.OrderNo = strings.TrimSpace(*in.OrderNo)
		if n := len(r.OrderNo); n == 0 || n > 100 {
			return r, fault.New(fault.Invalid, "a number of 1 to 100 bytes").WithCode("OUT_OF_RANGE").At("orderNo")
		}
	}
	if in.OrderID != nil {
		if _, r.OrderID, err = gid.DecodePair("Order", *in.OrderID); err != nil {
			return r, badID("orderId")
		}
	}
	return r, nil
}

// NewEarnPreview maps a preview; days are those of zone.
func NewEarnPreview(p points.Preview, zone *time.Location) *EarnPreview {
	m := &EarnPreview{Points: p.Total, Earned: p.Earned, Nothing: optional(string(p.Nothing)), Parts: NewEarnParts(p.Breakdown, p.Names), Lines: NewPointLines(p.Goods), NotApplied: []*EarnNotApplied{}, UsableAt: p.UsableAt}
	for _, not := range p.Not {
		one := &EarnNotApplied{Kind: EarnPartKind(not.Kind), Reason: string(not.Why)}
		if not.Rule != 0 {
			one.RuleID, one.RuleName = earnRuleRef(not.Rule, p.Names)
		}
		m.NotApplied = append(m.NotApplied, one)
	}
	if p.ExpiresAt != nil {
		day := points.LastDay(*p.ExpiresAt, zone)
		m.ExpiresOn = &day
	}
	return m
}

func earnRuleRef(rule int64, names map[int64]string) (id, name *string) {
	ref, called := gid.Encode("EarnRule", rule), names[rule]
	return &ref, &called
}

// NewEarnParts maps the parts of a breakdown; names are those of the rules.
func NewEarnParts(b points.Breakdown, names map[int64]string) []*EarnPart {
	parts := make([]*EarnPart, len(b.Parts))
	for i, p := range b.Parts {
		parts[i] = newEarnPart(p, names[p.Rule])
	}
	return parts
}

// NewPointLines maps what lines of an order earned or took back.
func NewPointLines(told []points.LineTold) []*PointLine {
	lines := make([]*PointLine, len(told))
	for i, l := range told {
		lines[i] = &PointLine{LineKey: l.Key, Sku: l.SKU, Name: l.Name, Quantity: l.Quantity, Points: l.Points}
	}
	return lines
}

// NewEarned maps what gave the points of a booking.
func NewEarned(named []points.NamedPart) []*EarnPart {
	parts := make([]*EarnPart, len(named))
	for i, p := range named {
		parts[i] = newEarnPart(p.Part, p.Name)
	}
	return parts
}

func newEarnPart(p points.Part, name string) *EarnPart {
	m := &EarnPart{Kind: EarnPartKind(p.Kind), Points: p.Points, Multiplier: p.Multiplier, Cap: optional(p.Cap)}
	if p.Cap != "" {
		m.WholePoints = &p.Whole
	}
	if p.Rule != 0 {
		id, version := gid.Encode("EarnRule", p.Rule), int(p.Version)
		m.RuleID, m.RuleName, m.Version = &id, &name, &version
	}
	return m
}

// Act is what the input says was done.
func (in AwardActionInput) Act() (a points.Act, err error) {
	a = points.Act{Action: points.Action(in.Action), Ref: in.Reference}
	if in.ShopID != nil {
		if a.ShopID, err = idAt("shopId", "Shop", *in.ShopID); err != nil {
			return a, err
		}
	}
	a.CustomerID, err = idAt("customerId", "Customer", in.CustomerID)
	return a, err
}
