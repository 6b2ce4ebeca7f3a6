package gid

import (
	"encoding/base64"
	"math"
	"testing"

	"github.com/meguri-crm/meguri/crm/fault"
)

func TestRoundTrip(t *testing.T) {
	for _, id := range []int64{1, 42, math.MaxInt64} {
		got, err := Decode("Customer", Encode("Customer", id))
		if err != nil || got != id {
			t.Errorf("Decode(Encode(%d)) = %d, %v", id, got, err)
		}
	}
}

func TestDecodeRefusesWhatEncodeDoesNotMake(t *testing.T) {
	b64 := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	cases := map[string]string{
		"empty":          "",
		"no base64":      "***",
		"other type":     Encode("Order", 42),
		"no separator":   b64("Customer"),
		"no type":        b64(":42"),
		"not a number":   b64("Customer:4x"),
		"leading zero":   b64("Customer:042"),
		"plus sign":      b64("Customer:+42"),
		"zero":           b64("Customer:0"),
		"negative":       b64("Customer:-1"),
		"overflow":       b64("Customer:9223372036854775808"),
		"padded base64":  base64.URLEncoding.EncodeToString([]byte("Customer:4")),
		"trailing colon": b64("Customer:42:"),
	}
	for name, id := range cases {
		if _, err := Decode("Customer", id); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: Decode = %v, want fault.Invalid", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Encode("Customer", 42))
	f.Add("Q3VzdG9tZXI6NDI=")
	f.Fuzz(func(t *testing.T, id string) {
		kind, row, err := Parse(id)
		if err == nil && Encode(kind, row) != id {
			t.Errorf("Parse accepted %q, which Encode does not make", id)
		}
	})
}

func TestPair(t *testing.T) {
	customer, row, err := DecodePair("Order", EncodePair("Order", 7, 42))
	if err != nil || customer != 7 || row != 42 {
		t.Errorf("DecodePair(EncodePair(7, 42)) = %d, %d, %v", customer, row, err)
	}
	b64 := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	for name, id := range map[string]string{
		"other type":  EncodePair("Message", 7, 42),
		"single":      Encode("Order", 42),
		"empty half":  b64("Order:.42"),
		"zero":        b64("Order:0.42"),
		"three parts": b64("Order:7.42.1"),
	} {
		if _, _, err := DecodePair("Order", id); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: DecodePair = %v, want fault.Invalid", name, err)
		}
	}
}

func TestKind(t *testing.T) {
	for id, want := range map[string]string{
		Encode("Customer", 42): "Customer", EncodePair("Order", 42, 7): "Order", "": "", "***": "", "Q3VzdG9tZXI": "",
	} {
		if got := Kind(id); got != want {
			t.Errorf("Kind(%q) = %q, want %q", id, got, want)
		}
	}
}
