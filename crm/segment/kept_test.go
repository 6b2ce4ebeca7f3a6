package segment_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/segment"
)

// kept are what the merchant of the tests keeps of customers, one of each kind.
var kept = []segment.Property{
	{ID: 1, Key: "memo", Words: segment.Words{JA: "ひとこと", EN: "Remark"}, Kind: segment.PropertyText},
	{ID: 2, Key: "size", Words: segment.Words{JA: "足のサイズ", EN: "Size"}, Kind: segment.PropertyNumber, Decimals: 1},
	{ID: 3, Key: "walk", Words: segment.Words{JA: "記念日", EN: "Anniversary"}, Kind: segment.PropertyDate},
	{ID: 4, Key: "pet", Words: segment.Words{JA: "ペット", EN: "Pet"}, Kind: segment.PropertyChoice, Choices: pets},
	{ID: 5, Key: "likes", Words: segment.Words{JA: "趣味", EN: "Likes"}, Kind: segment.PropertyChoices, Choices: pets},
	{ID: 6, Key: "gift", Words: segment.Words{JA: "ギフト希望", EN: "Gift"}, Kind: segment.PropertyBoolean},
}

var pets = []segment.Choice{
	{Value: "dog", Words: segment.Words{JA: "犬", EN: "Dog"}}, {Value: "cat", Words: segment.Words{JA: "猫", EN: "Cat"}}, {Value: "c2", Words: segment.Words{JA: "鳥", EN: "Bird"}},
}

// labels are the tags of the tests: the third is on nobody.
var labels = []segment.Choice{
	{Value: gid.Encode("CustomerTag", 1), Words: segment.Words{JA: "VIP", EN: "VIP"}},
	{Value: gid.Encode("CustomerTag", 2), Words: segment.Words{JA: "要対応", EN: "Care"}},
	{Value: gid.Encode("CustomerTag", 3), Words: segment.Words{JA: "卸", EN: "Trade"}},
}

// earnRules are the rules of the tests: the third has given nobody anything.
var earnRules = []segment.Choice{
	{Value: gid.Encode("EarnRule", 1), Words: segment.Words{JA: "入会特典", EN: "Welcome"}},
	{Value: gid.Encode("EarnRule", 2), Words: segment.Words{JA: "楽天2倍", EN: "Twice"}},
	{Value: gid.Encode("EarnRule", 3), Words: segment.Words{JA: "誕生日", EN: "Birthday"}},
}

var someTexts = []string{"100%_の", "いつも A-1", "a-1 b"}

// knowing is what is kept of a person; a zero field: nothing.
type knowing struct {
	memo  string
	size  *int64 // tenths
	walk  *time.Time
	pet   string
	likes []string
	gift  *bool
	tags  []string
	rules []string // that gave points
}

func randomKnowing(r *rand.Rand) (k knowing) {
	some := func() bool { return r.IntN(3) > 0 }
	if some() {
		k.memo = pick(r, someTexts)
	}
	if some() {
		n := int64(r.IntN(9)*5 - 20)
		k.size = &n
	}
	if some() {
		day := time.Date(2026, 11, 21-r.IntN(120)+60, 0, 0, 0, 0, time.UTC)
		k.walk = &day
	}
	if some() {
		k.pet = pick(r, []string{"dog", "cat", "c2"})
	}
	for _, v := range []string{"dog", "cat", "c2"} {
		if r.IntN(3) == 0 {
			k.likes = append(k.likes, v)
		}
	}
	for _, l := range labels[:2] {
		if r.IntN(3) == 0 {
			k.tags = append(k.tags, l.Value)
		}
	}
	for _, rule := range earnRules[:2] {
		if r.IntN(3) == 0 {
			k.rules = append(k.rules, rule.Value)
		}
	}
	if some() {
		yes := r.IntN(2) == 0
		k.gift = &yes
	}
	return k
}

func insertKnowing(t *testing.T, tx pgx.Tx, crowd []*person) {
	t.Helper()
	exec := func(sql string, args ...any) {
		if _, err := tx.Exec(context.Background(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	for i, p := range kept {
		exec(`INSERT INTO properties (id, key, name, type, position, created_at, updated_at, decimals) VALUES ($1, $2, $3, $4, $5, now(), now(), $6)`,
			p.ID, p.Key, p.Words.JA, string(p.Kind), i, p.Decimals)
	}
	for i, l := range labels {
		exec("INSERT INTO customer_tags (id, name, created_at) VALUES ($1, $2, now())", i+1, l.Words.JA)
	}
	for i := range earnRules {
		exec("INSERT INTO earn_rules (id, created_at) OVERRIDING SYSTEM VALUE VALUES ($1, now())", i+1)
	}
	put := func(id int64, property int, column, cast string, value any) {
		exec(fmt.Sprintf("INSERT INTO property_values (customer_id, property_id, %s, updated_at) VALUES ($1, $2, $3%s, now())", column, cast), id, property, value)
	}
	for _, p := range crowd {
		k := p.knowing
		for i, l := range labels {
			if slices.Contains(k.tags, l.Value) {
				exec("INSERT INTO customer_taggings (customer_id, tag_id, tagged_at) VALUES ($1, $2, now())", p.id, i+1)
			}
		}
		for i, rule := range earnRules {
			if slices.Contains(k.rules, rule.Value) { // twice, as by two orders
				exec("INSERT INTO earn_uses (customer_id, rule_id, source, day, points) SELECT $1, $2, 'order:' || n, '2026-11-01', 1 FROM generate_series(1, 2) AS n", p.id, i+1)
			}
		}
		if k.memo != "" {
			put(p.id, 1, "text", "", k.memo)
		}
		if k.size != nil {
			put(p.id, 2, "number", "::bigint::numeric / 10", *k.size)
		}
		if k.walk != nil {
			put(p.id, 3, "day", "", *k.walk)
		}
		if k.pet != "" {
			put(p.id, 4, "text", "", k.pet)
		}
		if len(k.likes) > 0 {
			put(p.id, 5, "choices", "", k.likes)
		}
		if k.gift != nil {
			put(p.id, 6, "flag", "", *k.gift)
		}
	}
}

// keeps says what a condition on a property means, value by value.
func (p *person) keeps(c *segment.Condition, now time.Time) bool {
	k := p.knowing
	there := map[string]bool{
		"property.memo": k.memo != "", "property.size": k.size != nil, "property.walk": k.walk != nil,
		"property.pet": k.pet != "", "property.likes": len(k.likes) > 0, "property.gift": k.gift != nil,
		"tag": len(k.tags) > 0, "earn_rule": len(k.rules) > 0,
	}[c.Field]
	switch {
	case c.Op == segment.Known:
		return there
	case c.Op == segment.Unknown:
		return !there
	case !there:
		return c.Op == segment.NoneOf
	}
	switch c.Field {
	case "property.size":
		return number(c, *k.size)
	case "property.walk":
		return onDay(c, *k.walk, now)
	case "property.gift":
		return *k.gift == c.Bool
	case "property.likes", "tag", "earn_rule":
		held := map[string][]string{"property.likes": k.likes, "tag": k.tags, "earn_rule": k.rules}[c.Field]
		has := func(v string) bool { return slices.Contains(held, v) }
		if c.Op == segment.AllOf {
			return !slices.ContainsFunc(c.Texts, func(v string) bool { return !has(v) })
		}
		return slices.ContainsFunc(c.Texts, has) == (c.Op == segment.AnyOf)
	case "property.pet":
		return slices.Contains(c.Texts, k.pet) == (c.Op == segment.AnyOf)
	}
	if c.Op == segment.Contains {
		return slices.ContainsFunc(c.Texts, func(part string) bool { return strings.Contains(strings.ToLower(k.memo), strings.ToLower(part)) })
	}
	return slices.Contains(c.Texts, k.memo) == (c.Op == segment.AnyOf)
}

func onDay(c *segment.Condition, day, now time.Time) bool {
	y, m, d := now.In(tokyo).Date()
	ahead := int64(day.Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
	text := day.Format(time.DateOnly)
	switch c.Op {
	case segment.WithinDays:
		return ahead <= 0 && -ahead <= c.Numbers[0]
	case segment.BeforeDays:
		return -ahead > c.Numbers[0]
	case segment.NextDays:
		return ahead >= 0 && ahead <= c.Numbers[0]
	case segment.Since:
		return text >= c.Dates[0].String()
	case segment.Before:
		return text < c.Dates[0].String()
	case segment.ThisMonth:
		return day.Month() == m
	case segment.NextMonth:
		return day.Month() == m%12+1
	}
	return text >= c.Dates[0].String() && text <= c.Dates[1].String()
}

func TestPropertyNumbersKeepTheirDigits(t *testing.T) {
	c := catalog()
	for text, want := range map[string]string{
		`{"field":"property.size","op":"gte","value":24.5}`:           `{"field":"property.size","op":"gte","value":24.5}`,
		`{"field":"property.size","op":"eq","value":-0.5}`:            `{"field":"property.size","op":"eq","value":-0.5}`,
		`{"field":"property.size","op":"between","value":[1.0,1200]}`: `{"field":"property.size","op":"between","value":[1,1200]}`,
	} {
		got, err := json.Marshal(parse(t, c, text))
		if err != nil || string(got) != want {
			t.Errorf("%s reads back as %s, %v", text, got, err)
		}
	}
	for _, text := range []string{`24.55`, `1e3`, `"24"`, `9999999999999`, `1.-5`, `.5.5`} {
		if _, err := c.Parse(json.RawMessage(`{"field":"property.size","op":"gte","value":` + text + `}`)); err == nil {
			t.Errorf("%s was taken for a number with one digit after the point", text)
		}
	}
	if got := c.Sentence(parse(t, c, `{"field":"property.size","op":"between","value":[-0.5,1234.5]}`)).JA; got != "足のサイズが-0.5〜1,234.5の顧客" {
		t.Error(got)
	}
}
