package link_test

import (
	"math"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/link"
)

func TestAPassReadsBackUntilItExpires(t *testing.T) {
	s, now := signer(t, "secret"), time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	p := link.Pass{Kind: link.Confirm, ID: math.MaxInt64, ExpiresAt: now.Add(time.Hour)}
	token := s.Pass(p)
	if got, err := s.ReadPass(token, now, link.Resend, link.Confirm); err != nil || got != p {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, err := s.ReadPass(token, now.Add(time.Hour), link.Confirm); !fault.Is(err, fault.Precondition) || got != p {
		t.Errorf("after its time: %+v, %v", got, err)
	}
	if _, err := signer(t, "new, secret").ReadPass(token, now, link.Confirm); err != nil {
		t.Errorf("a secret was rotated: %v", err)
	}
	if len(token) > 56 {
		t.Errorf("%d characters", len(token))
	}
}

func TestAPassThatWasNotMadeHereIsNotFound(t *testing.T) {
	s, now := signer(t, "secret"), time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	token := s.Pass(link.Pass{Kind: link.Confirm, ID: 7, ExpiresAt: now.Add(time.Hour)})
	for name, forged := range map[string]string{
		"nothing": "", "cut": token[:len(token)-2], "longer": token + "AA", "another secret": signer(t, "other").Pass(link.Pass{Kind: link.Confirm, ID: 7, ExpiresAt: now.Add(time.Hour)}),
		"of a message": s.Token(ref(link.Unsubscribe)),
	} {
		if _, err := s.ReadPass(forged, now, link.Confirm); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.ReadPass(token, now, link.Preferences); !fault.Is(err, fault.NotFound) {
		t.Errorf("for another purpose: %v", err)
	}
	for i := range len(token) {
		if b := []byte(token); b[i] != 'x' {
			b[i] = 'x'
			if _, err := s.ReadPass(string(b), now, link.Confirm); !fault.Is(err, fault.NotFound) {
				t.Errorf("letter %d changed: %v", i, err)
			}
		}
	}
}
