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
	}})
}

func parse(t testing.TB, c *segment.Catalog, text string) *segment.Rule {
	t.Helper()
	rule, err := c.Parse(json.RawMessage(text))
	if err != nil {
		t.Fatalf("Parse(%s): %v", text, err)
	}
	return rule
}
