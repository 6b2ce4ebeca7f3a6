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
	}, Properties: kept})
}

func parse(t testing.TB, c *segment.Catalog, text string) *segment.Rule {
	t.Helper()
	rule, err := c.Parse(json.RawMessage(text))
	if err != nil {
		t.Fatalf("Parse(%s): %v", text, err)
	}
	return rule
}
