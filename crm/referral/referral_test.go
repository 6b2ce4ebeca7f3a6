package referral_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestAMemberHasOneCodeThatFindsHimAlsoAfterAMerge(t *testing.T) {
	d := dbtest.New(t)
	s := &referral.Service{DB: d, Clock: clock.System{}}
	for _, sql := range []string{
		`INSERT INTO customers (id, member_since, member_via) VALUES (1, '2025-01-01', 'APP'), (2, '2025-01-01', 'APP')`,
		`INSERT INTO customers (id) VALUES (3)`,
	} {
		if _, err := d.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	codes := make([]string, 8)
	var wg sync.WaitGroup
	for i := range codes {
		wg.Go(func() { codes[i], _ = s.Code(t.Context(), 1) }) // an empty one fails below
	}
	wg.Wait()
	for _, code := range codes {
		if len(code) != 8 || code != codes[0] {
			t.Fatalf("codes asked for at once: %q", codes)
		}
	}
	if other, err := s.Code(t.Context(), 2); err != nil || other == codes[0] {
		t.Errorf("another member's code: %q, %v", other, err)
	}
	if _, err := s.Code(t.Context(), 3); !fault.Is(err, fault.Precondition) {
		t.Errorf("who is no member: %v", err)
	}
	spoken := strings.ToLower(codes[0][:4] + "-" + codes[0][4:])
	if _, err := d.Pool.Exec(t.Context(), "UPDATE customers SET merged_into = 2 WHERE id = 1"); err != nil {
		t.Fatal(err)
	}
	if who, err := s.Referrer(t.Context(), spoken); err != nil || who != 2 {
		t.Errorf("%s finds %d, %v; want 2", spoken, who, err)
	}
	if _, err := s.Referrer(t.Context(), "AAAAAAAA"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a code of nobody: %v", err)
	}
}
