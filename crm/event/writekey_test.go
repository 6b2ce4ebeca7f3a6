package event_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
)

func TestOriginsOfAKey(t *testing.T) {
	w := newWorld(t)
	key, err := w.CreateKey(t.Context(), shopID, []string{" https://WWW.Example.com/ ", "https://www.example.com", "http://localhost:3000"})
	if err != nil || !slices.Equal(key.Origins, []string{"https://www.example.com", "http://localhost:3000"}) {
		t.Errorf("%v, %v", key, err)
	}
	for _, bad := range [][]string{nil, {"www.example.com"}, {"https://example.com/shop"}, {"ftp://example.com"}, {"https://user@example.com"}, {"*"}, make([]string, 21)} {
		if _, err := w.CreateKey(t.Context(), shopID, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := w.CreateKey(t.Context(), 99, key.Origins); !fault.Is(err, fault.NotFound) {
		t.Errorf("no shop: %v", err)
	}
}

// TestCollectJoinsPages has many pages send at once: nothing is lost.
func TestCollectJoinsPages(t *testing.T) {
	w := newWorld(t)
	var pages sync.WaitGroup
	for n := range 200 {
		pages.Go(func() {
			b := view(string(rune('a'+n%26))+string(rune('a'+n/26)), 0, "TEA", 0)
			b.VisitorID = "v"
			if err := w.Collect(t.Context(), shopID, []event.Behaviour{b}); err != nil {
				t.Error(err)
			}
		})
	}
	pages.Wait()
	w.expect("stored", w.rows("SELECT count(*)::text FROM visitor_events"), "200")
}
