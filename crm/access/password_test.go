package access

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

func TestHashRoundTrip(t *testing.T) {
	h := NewHasher(1, time.Minute)
	hash, err := h.Hash(t.Context(), "パスワードは長く")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"パスワードは長く": true, "パスワードは長": false, "": false} {
		if got, err := h.Verify(t.Context(), hash, password); got != want || err != nil {
			t.Errorf("Verify(%q) = %v, %v", password, got, err)
		}
	}
	if again, _ := h.Hash(t.Context(), "パスワードは長く"); again == hash {
		t.Error("two hashes of one password are equal: no salt")
	}
	if _, err := h.Verify(t.Context(), "$argon2id$v=19$m=8,t=1,p=1$AA$AA", "x"); err == nil {
		t.Error("a hash of another cost was accepted")
	}
}

// An account that does not exist takes the same way: it needs a slot, spends a
// hash of the same cost, and is refused like a busy one. Only the result differs.
func TestUnknownAccountsCostAHash(t *testing.T) {
	h := NewHasher(1, 10*time.Millisecond)
	if err := h.enter(t.Context()); err != nil {
		t.Fatal(err)
	}
	known, err := NewHasher(1, time.Minute).Hash(t.Context(), "a long enough password")
	if err != nil {
		t.Fatal(err)
	}
	for name, hash := range map[string]string{"known": known, "unknown": ""} {
		if _, err := h.Verify(t.Context(), hash, "x"); !fault.Is(err, fault.Throttled) {
			t.Errorf("%s, all slots taken: %v, want fault.Throttled", name, err)
		}
	}
	h.leave()
	if ok, err := h.Verify(t.Context(), "", ""); ok || err != nil {
		t.Errorf("unknown: %v, %v", ok, err)
	}
	if _, _, err := decodeHash(h.dummy); err != nil {
		t.Errorf("the stand-in is no hash of today's cost: %v", err)
	}
}

func TestHashesAtOnceAreBounded(t *testing.T) {
	const atOnce = 2
	h := NewHasher(atOnce, time.Minute)
	var running, most atomic.Int64
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if err := h.enter(t.Context()); err != nil {
				t.Error(err)
				return
			}
			defer h.leave()
			n := running.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			digest("x", make([]byte, saltLen))
			running.Add(-1)
		})
	}
	wg.Wait()
	if most.Load() > atOnce {
		t.Errorf("%d at once, want at most %d", most.Load(), atOnce)
	}
}
