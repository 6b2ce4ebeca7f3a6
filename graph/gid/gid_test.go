package gid_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/graph/gid"
)

func TestDecodeTakesOnlyIdsOfItsOwnType(t *testing.T) {
	id := gid.Encode("Customer", 42)
	if n, err := gid.Decode("Customer", id); err != nil || n != 42 {
		t.Fatalf("Decode = %d, %v; want 42", n, err)
	}
	bad := map[string]string{
		"another type":     gid.Encode("Shop", 42),
		"not base64":       "customer 42",
		"empty":            "",
		"no number":        gid.EncodeKey("Customer", "x"),
		"zero":             gid.Encode("Customer", 0),
		"negative":         gid.Encode("Customer", -1),
		"beyond 64 bits":   gid.EncodeKey("Customer", "9223372036854775808"),
		"trailing garbage": id + "A",
	}
	for name, id := range bad {
		if _, err := gid.Decode("Customer", id); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: Decode(%q) = %v, want fault.Invalid", name, id, err)
		}
	}
}
