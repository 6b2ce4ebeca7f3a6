package speed

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// dear are the rules that have most to read: of a month, of a day long ago, of what
// only orders or keys tell, of nearly everybody. {…} are days and months before
// today.
var dear = map[string]string{
	"order inside a month":          `{"field":"order_date","op":"during","value":["{2 months}","{1 month}"]}`,
	"order inside a year":           `{"field":"order_date","op":"during","value":["{14 months}","{2 months}"]}`,
	"points a month ago":            `{"field":"points_outstanding","op":"gte","value":1,"as_of":"{1 month}"}`,
	"points a year ago":             `{"field":"points_outstanding","op":"gte","value":1,"as_of":"{12 months}"}`,
	"stage a year ago":              `{"field":"stage","op":"any_of","value":["GOLD","PLATINUM"],"as_of":"{12 months}"}`,
	"can be matched":                `{"field":"joinable","op":"is","value":true}`,
	"cannot be matched":             `{"field":"joinable","op":"is","value":false}`,
	"one of nearly everybody":       `{"any":[{"field":"orders","op":"gte","value":1},{"field":"net_sales","op":"gte","value":10000},{"field":"mail_consent","op":"is","value":true}]}`,
	"three filters":                 `{"all":[{"field":"malls","op":"any_of","value":["RAKUTEN"]},{"field":"member","op":"is","value":false},{"field":"mail_consent","op":"is","value":false}]}`,
	"bought in sales":               `{"field":"event_share","op":"gte","value":80}`,
	"looked at and did not buy":     `{"field":"viewed_not_bought","op":"is","value":true,"within_days":30}`,
	"got mails and opened none":     `{"all":[{"field":"mails_sent","op":"gte","value":1,"within_days":60},{"field":"mails_opened","op":"eq","value":0,"within_days":60}]}`,
	"recent, frequent and valuable": `{"all":[{"field":"last_order","op":"within_days","value":30},{"field":"orders","op":"gte","value":3},{"field":"net_sales","op":"gte","value":20000}]}`,
}

// BenchmarkRules previews rules as the segment builder does while one writes
// them: count, sample and sentence.
func BenchmarkRules(b *testing.B) {
	m := open(b)
	questions, _ := documents(b)
	var preview question
	for _, q := range questions {
		if q.name == "SegmentPreview" {
			preview = q
		}
	}
	for _, name := range slices.Sorted(maps.Keys(dear)) {
		b.Run(name, func(b *testing.B) {
			v := values{"rule": json.RawMessage(onDays(dear[name], m.app.Clock.Now())), "locale": "ja", "withMalls": true}
			m.understood(b, preview, v)
			m.measure(b, preview, v, nil)
		})
	}
}

// understood makes sure that a rule is one, and not told of as a mistake.
func (m *merchant) understood(b *testing.B, preview question, v values) {
	b.Helper()
	data, err := m.ask(preview, v)
	if err != nil {
		b.Fatal(err)
	}
	var answer struct{ SegmentPreview struct{ Errors []any } }
	if err := json.Unmarshal(data, &answer); err != nil {
		b.Fatal(err)
	}
	if len(answer.SegmentPreview.Errors) > 0 {
		b.Fatal(answer.SegmentPreview.Errors)
	}
}

// onDays puts days in the place of {…}.
func onDays(text string, now time.Time) string {
	for _, months := range []struct {
		name string
		n    int
	}{{"{1 month}", 1}, {"{2 months}", 2}, {"{12 months}", 12}, {"{14 months}", 14}} {
		text = strings.ReplaceAll(text, months.name, now.AddDate(0, -months.n, 0).Format(time.DateOnly))
	}
	return text
}
