package segment_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/segment"
)

// Units in English are plurals, so that the number one needs another word.
func TestUnitOfOne(t *testing.T) {
	for unit, want := range map[string]string{"orders": "order", "people": "person", "years": "year", "%": "%", "": ""} {
		field := segment.Field{Unit: segment.Words{JA: "回", EN: unit}}
		if got := field.UnitOfOne(); got != (segment.Words{JA: "回", EN: want}) {
			t.Errorf("one of %q is %q, want %q", unit, got.EN, want)
		}
	}
}
