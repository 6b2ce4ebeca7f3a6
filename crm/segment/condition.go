package segment

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

var conditionKeys = []string{"field", "op", "value", "mall", "within_days", "skus", "categories", "as_of", "events"}

// condition checks one leaf against the catalog.
func (p *parser) condition(keys map[string]json.RawMessage, path string) *Condition {
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !slices.Contains(conditionKeys, key) {
			p.report(path, "RULE_MALFORMED", "a condition has %s, nothing else", strings.Join(conditionKeys, ", "))
			return nil
		}
	}
	var name string
	if json.Unmarshal(keys["field"], &name) != nil || name == "" {
		p.report(join(path, "field"), "FIELD_REQUIRED", "a condition names its field")
		return nil
	}
	field := p.catalog.byName[name]
	if field == nil {
		p.report(join(path, "field"), "FIELD_UNKNOWN", "the catalog has no such field")
		return nil
	}
	c := &Condition{Field: name, field: field}
	if json.Unmarshal(keys["op"], &c.Op) != nil || !field.Takes(c.Op) {
		p.report(join(path, "op"), "OPERATOR_UNKNOWN", "%s does not have this operator", name)
		return nil
	}
	p.value(c, keys["value"], join(path, "value"))
	p.mall(c, keys["mall"], join(path, "mall"))
	p.period(c, keys["within_days"], join(path, "within_days"))
	c.SKUs = p.products(c, keys["skus"], join(path, "skus"))
	c.Categories = p.products(c, keys["categories"], join(path, "categories"))
	p.asOf(c, keys["as_of"], join(path, "as_of"))
	c.Events = p.events(c, keys["events"], join(path, "events"))
	if name == segmentField {
		p.segments(c, join(path, "value"))
	}
	return c
}

// products reads a list of codes or categories.
func (p *parser) products(c *Condition, raw json.RawMessage, path string) (out []string) {
	if absent(raw) {
		return nil
	}
	if !c.field.Product {
		p.report(path, "PRODUCT_NOT_ALLOWED", "%s cannot be narrowed to products", c.Field)
		return nil
	}
	items, ok := list(raw)
	if !ok || len(items) > MaxList {
		p.report(path, "LIST_INVALID", "a list of up to %d values is expected", MaxList)
		return nil
	}
	for i, item := range items {
		var text string
		if json.Unmarshal(item, &text) != nil || absent(item) || !free(strings.TrimSpace(text)) {
			p.report(join(path, strconv.Itoa(i)), "VALUE_INVALID", "a text of at most %d characters is expected", MaxText)
			continue
		}
		if text = strings.TrimSpace(text); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// events reads a list of codes of events.
func (p *parser) events(c *Condition, raw json.RawMessage, path string) (out []string) {
	if absent(raw) {
		return nil
	}
	if !c.field.Event {
		p.report(path, "EVENT_NOT_ALLOWED", "%s cannot be narrowed to events", c.Field)
		return nil
	}
	var codes []string
	if json.Unmarshal(raw, &codes) != nil || len(codes) > MaxList {
		p.report(path, "LIST_INVALID", "a list of up to %d values is expected", MaxList)
		return nil
	}
	for i, code := range codes {
		switch {
		case !has(p.catalog.eventChoices, code):
			p.report(join(path, strconv.Itoa(i)), "EVENT_UNKNOWN", "there is no such event")
		case !slices.Contains(out, code):
			out = append(out, code)
		}
	}
	return out
}

func (p *parser) mall(c *Condition, raw json.RawMessage, path string) {
	if absent(raw) {
		return
	}
	if !c.field.PerMall {
		p.report(path, "MALL_NOT_ALLOWED", "%s cannot be narrowed to a mall", c.Field)
		return
	}
	if json.Unmarshal(raw, &c.Mall) != nil || !has(p.catalog.Malls(), c.Mall) {
		p.report(path, "MALL_UNKNOWN", "there is no such mall")
	}
}

func (p *parser) period(c *Condition, raw json.RawMessage, path string) {
	if absent(raw) {
		return
	}
	if !c.field.Period {
		p.report(path, "PERIOD_NOT_ALLOWED", "%s cannot be narrowed to a period", c.Field)
		return
	}
	n, ok := integer(raw)
	if !ok || n < 0 || n > MaxDays {
		p.report(path, "DAYS_INVALID", "a whole number of days from 0 to %d is expected", MaxDays)
		return
	}
	c.Days = &n
}

func (p *parser) asOf(c *Condition, raw json.RawMessage, path string) {
	if absent(raw) {
		return
	}
	if !c.field.AsOf {
		p.report(path, "AS_OF_NOT_ALLOWED", "%s cannot be asked of a past day", c.Field)
		return
	}
	if dates := p.dates([]json.RawMessage{raw}, path); dates != nil {
		c.AsOf = &dates[0]
	}
}

// value reads the value in the operator's shape.
func (p *parser) value(c *Condition, raw json.RawMessage, path string) {
	switch c.Op.Shape() {
	case ShapeNone:
		if !absent(raw) {
			p.report(path, "VALUE_INVALID", "this operator takes no value")
		}
	case ShapeNumber, ShapeCount:
		c.Numbers = p.numbers(c, []json.RawMessage{raw}, path)
	case ShapeNumberRange:
		pair, ok := list(raw)
		if !ok || len(pair) != 2 {
			p.report(path, "VALUE_INVALID", "two numbers are expected")
			return
		}
		c.Numbers = p.numbers(c, pair, path)
		if c.Numbers != nil && c.Numbers[0] > c.Numbers[1] {
			p.report(path, "RANGE_REVERSED", "the first number is at most the second")
		}
	case ShapeDays:
		n, ok := integer(raw)
		if !ok || n < 0 || n > MaxDays {
			p.report(path, "DAYS_INVALID", "a whole number of days from 0 to %d is expected", MaxDays)
			return
		}
		c.Numbers = []int64{n}
	case ShapeDate:
		c.Dates = p.dates([]json.RawMessage{raw}, path)
	case ShapeDateRange:
		pair, ok := list(raw)
		if !ok || len(pair) != 2 {
			p.report(path, "VALUE_INVALID", "two dates are expected")
			return
		}
		c.Dates = p.dates(pair, path)
		if c.Dates != nil && c.Dates[0].after(c.Dates[1]) {
			p.report(path, "RANGE_REVERSED", "the first date is not after the second")
		}
	case ShapeList:
		p.texts(c, raw, path)
	case ShapeBoolean:
		if absent(raw) || json.Unmarshal(raw, &c.Bool) != nil {
			p.report(path, "VALUE_INVALID", "true or false is expected")
		}
	}
}

func (p *parser) numbers(c *Condition, raws []json.RawMessage, path string) []int64 {
	least := int64(0)
	if c.field.Type == TypeMoney || c.field.Signed {
		least = -c.field.Max // returns can outweigh sales
	}
	decimals := c.field.Decimals
	var out []int64
	for _, raw := range raws {
		n, ok := units(string(bytes.TrimSpace(raw)), decimals)
		if !ok || n < least || n > c.field.Max {
			p.report(path, "NUMBER_INVALID", "a number from %s to %s with at most %d digits after the point is expected",
				decimal(least, decimals), decimal(c.field.Max, decimals), decimals)
			return nil
		}
		out = append(out, n)
	}
	return out
}

func (p *parser) dates(raws []json.RawMessage, path string) []Date {
	var out []Date
	for _, raw := range raws {
		var text string
		t, err := time.Time{}, json.Unmarshal(raw, &text)
		if err == nil {
			t, err = time.Parse(time.DateOnly, text)
		}
		if err != nil || t.Year() < 1900 || t.Year() > 2999 {
			p.report(path, "DATE_INVALID", "a date such as 2026-11-21 is expected")
			return nil
		}
		y, m, d := t.Date()
		out = append(out, Date{y, m, d})
	}
	return out
}

func (p *parser) texts(c *Condition, raw json.RawMessage, path string) {
	items, ok := list(raw)
	if !ok || len(items) == 0 || len(items) > MaxList {
		p.report(path, "LIST_INVALID", "a list of 1 to %d values is expected", MaxList)
		return
	}
	for i, item := range items {
		var text string
		if json.Unmarshal(item, &text) != nil || absent(item) {
			p.report(join(path, strconv.Itoa(i)), "VALUE_INVALID", "a text is expected")
			continue
		}
		if text = strings.TrimSpace(text); !p.allowed(c, text) {
			p.report(join(path, strconv.Itoa(i)), "VALUE_UNKNOWN", "%s has no such value", c.Field)
			continue
		}
		if !slices.Contains(c.Texts, text) {
			c.Texts = append(c.Texts, text)
		}
	}
}

// allowed reports whether a text is a choice of the field or, where it is free,
// short and printable; Postgres has no place for NUL.
func (p *parser) allowed(c *Condition, text string) bool {
	if c.field.Type != TypeText {
		return has(c.field.Choices, text)
	}
	return free(text)
}

func free(text string) bool {
	return text != "" && utf8.RuneCountInString(text) <= MaxText && strings.IndexFunc(text, unicode.IsControl) < 0
}

func has(choices []Choice, value string) bool {
	return slices.ContainsFunc(choices, func(c Choice) bool { return c.Value == value })
}

func absent(raw json.RawMessage) bool {
	return len(raw) == 0 || bytes.Equal(bytes.TrimSpace(raw), []byte("null"))
}

func list(raw json.RawMessage) ([]json.RawMessage, bool) {
	var items []json.RawMessage
	err := json.Unmarshal(raw, &items)
	return items, err == nil && items != nil
}

// integer reads a whole JSON number of 64 bits; 2.0 and 2e0 are not accepted.
func integer(raw json.RawMessage) (int64, bool) {
	n, err := strconv.ParseInt(string(bytes.TrimSpace(raw)), 10, 64)
	return n, err == nil
}
