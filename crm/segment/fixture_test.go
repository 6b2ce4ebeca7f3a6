package segment_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/segment"
)

var tokyo = time.FixedZone("Asia/Tokyo", 9*3600)

// noon is an instant whose day differs between UTC and Tokyo.
var night = time.Date(2026, 11, 20, 16, 30, 0, 0, time.UTC)

func catalog() *segment.Catalog {
	return segment.NewCatalog(segment.Merchant{Zone: tokyo, Currency: "JPY", Stages: []segment.Choice{
		{Value: "REGULAR", Words: segment.Words{JA: "レギュラー", EN: "Regular"}},
		{Value: "SILVER", Words: segment.Words{JA: "シルバー", EN: "Silver"}},
		{Value: "GOLD", Words: segment.Words{JA: "ゴールド", EN: "Gold"}},
	}, Segments: []segment.Named{
		{ID: "twice", Name: "2回以上", Rule: json.RawMessage(`{"field":"orders","op":"gte","value":2}`)},
		{ID: "goldTwice", Name: "ゴールドで2回以上", Rule: json.RawMessage(`{"all":[{"field":"segment","op":"any_of","value":["twice"]},{"field":"stage","op":"any_of","value":["GOLD"]}]}`)},
		{ID: "everybody", Name: "全員", Rule: json.RawMessage(`{"all":[]}`)},
	}, Properties: kept, Tags: labels, EarnRules: earnRules, Events: someEvents})
}

// someEvents overlap, touch one another, and end as malls end theirs.
var someEvents = []segment.Event{
	{Code: "SUPER", Words: segment.Words{JA: "楽天スーパーSALE", EN: "Rakuten Super Sale"}, Mall: "RAKUTEN", Sale: true, Times: []segment.EventTime{
		eventTime("RAKUTEN", "11-10 20:00", "11-17 02:00"), eventTime("RAKUTEN", "10-04 20:00", "10-11 02:00"),
	}},
	{Code: "MARATHON", Words: segment.Words{JA: "お買い物マラソン", EN: "Shopping Marathon"}, Mall: "RAKUTEN", Sale: true, Times: []segment.EventTime{
		eventTime("RAKUTEN", "10-11 02:00", "10-13 00:00"), eventTime("RAKUTEN", "11-15 00:00", "11-18 00:00"),
	}},
	{Code: "FIVES", Words: segment.Words{JA: "5のつく日", EN: "Days with 5"}, Mall: "YAHOO", Times: []segment.EventTime{
		eventTime("YAHOO", "11-05 00:00", "11-06 00:00"), eventTime("YAHOO", "11-15 00:00", "11-16 00:00"),
	}},
	{Code: "OWN", Words: segment.Words{JA: "自店の予定", EN: "Own events"}, Sale: true, Times: []segment.EventTime{
		eventTime("", "10-20 10:00", "10-25 00:00"), eventTime("OWN_SITE", "11-01 00:00", "11-04 00:00"),
	}},
	{Code: "NEVER", Words: segment.Words{JA: "超PayPay祭", EN: "Super PayPay Festival"}, Mall: "YAHOO", Sale: true},
}

func eventTime(mall, from, until string) segment.EventTime {
	instant := func(text string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+text, tokyo)
		if err != nil {
			panic(err)
		}
		return at
	}
	return segment.EventTime{Mall: mall, Interval: segment.Interval{From: instant(from), Until: instant(until)}}
}

func parse(t testing.TB, c *segment.Catalog, text string) *segment.Rule {
	t.Helper()
	rule, err := c.Parse(json.RawMessage(text))
	if err != nil {
		t.Fatalf("Parse(%s): %v", text, err)
	}
	return rule
}
