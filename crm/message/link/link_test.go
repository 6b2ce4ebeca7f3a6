package link_test

import (
	"encoding/base64"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/link"
)

func signer(t *testing.T, secret string) *link.Signer {
	t.Helper()
	s, err := link.NewSigner(secret, "https://crm.example/")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ref(kind link.Kind) link.Ref {
	r := link.Ref{Kind: kind, DeliveryMonth: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), DeliveryID: 42, CustomerID: 1_000_000, VariantID: 7}
	if kind == link.Click {
		r.Position = 300
	}
	return r
}

func TestATokenReadsBackAsWhatItNamed(t *testing.T) {
	s := signer(t, "secret")
	for _, kind := range []link.Kind{link.Click, link.Open, link.Unsubscribe} {
		got, err := s.Parse(kind, s.Token(ref(kind)))
		if err != nil || got != ref(kind) {
			t.Errorf("%c: got %+v, %v", kind, got, err)
		}
	}
	big := link.Ref{Kind: link.Open, DeliveryMonth: time.Date(2099, 12, 1, 0, 0, 0, 0, time.UTC), DeliveryID: math.MaxInt64, CustomerID: math.MaxInt64, VariantID: math.MaxInt64}
	if got, err := s.Parse(link.Open, s.Token(big)); err != nil || got != big {
		t.Errorf("largest ids: got %+v, %v", got, err)
	}
	if url := s.URL(ref(link.Click)); !strings.HasPrefix(url, "https://crm.example/t/c/") || len(s.Token(ref(link.Click))) > 60 {
		t.Errorf("url %s", url)
	}
}

func TestATokenOutlivesTheSecretItWasMadeWith(t *testing.T) {
	old := signer(t, "old").Token(ref(link.Unsubscribe))
	both := signer(t, "new, old")
	if got, err := both.Parse(link.Unsubscribe, old); err != nil || got != ref(link.Unsubscribe) {
		t.Errorf("got %+v, %v", got, err)
	}
	if both.Token(ref(link.Open)) != signer(t, "new").Token(ref(link.Open)) {
		t.Error("the newest secret does not sign")
	}
}

func TestATokenThatWasNotMadeHereIsNotFound(t *testing.T) {
	s := signer(t, "secret")
	token := s.Token(ref(link.Click))
	raw, _ := base64.RawURLEncoding.DecodeString(token)
	bad := map[string]string{
		"another installation": signer(t, "other").Token(ref(link.Click)),
		"another kind":         s.Token(ref(link.Open)),
		"empty":                "",
		"cut":                  token[:len(token)-4],
		"not base64":           "!!" + token,
		"padded":               token + "A",
		"very long":            strings.Repeat("A", 5000),
	}
	for i := range raw {
		flipped := append([]byte(nil), raw...)
		flipped[i] ^= 0x20
		bad["flipped byte "+string(rune('a'+i))] = base64.RawURLEncoding.EncodeToString(flipped)
	}
	for name, token := range bad {
		if _, err := s.Parse(link.Click, token); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: err = %v, want NotFound", name, err)
		}
	}
}
