package link_test

import (
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/link"
)

func TestBounceAddresses(t *testing.T) {
	s, _ := link.NewSigner("one", "https://crm.example")
	rotated, _ := link.NewSigner("two,one", "https://crm.example")
	other, _ := link.NewSigner("three", "https://crm.example")
	for _, ref := range []link.BounceRef{
		{DeliveryMonth: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), DeliveryID: 1, CustomerID: 1, Address: link.AddressMark(" Hanako@Example.com")},
		{DeliveryMonth: time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC), DeliveryID: 1 << 28, CustomerID: 1 << 34, Address: link.AddressMark("hanako@example.com")},
	} {
		local := s.BounceLocal(ref)
		if len(local) > 64 || local != strings.ToLower(local) || !link.IsBounceLocal(local) {
			t.Errorf("the local part %q does not do", local)
		}
		for _, spelt := range []string{local, strings.ToUpper(local)} {
			if got, err := rotated.ParseBounce(spelt); err != nil || got != ref {
				t.Errorf("%+v came back as %+v, %v", ref, got, err)
			}
		}
		if _, err := other.ParseBounce(local); !fault.Is(err, fault.NotFound) {
			t.Errorf("another installation's: %v", err)
		}
		for i := 2; i < len(local); i++ {
			forged := local[:i] + map[bool]string{true: "b", false: "a"}[local[i] == 'a'] + local[i+1:]
			if got, err := s.ParseBounce(forged); err == nil && got != ref {
				t.Errorf("a forged address reads as %+v", got)
			}
		}
	}
	if link.AddressMark(" Hanako@Example.com") != link.AddressMark("hanako@example.com") {
		t.Error("the mark of an address depends on its spelling")
	}
	for _, none := range []string{"", "b-", "news", "b-short", "b-" + strings.Repeat("1", 40), "info-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		if _, err := s.ParseBounce(none); err == nil || link.IsBounceLocal(none) {
			t.Errorf("%q passes for a bounce address", none)
		}
	}
}
