package pulltest

import (
	"context"
	"testing"
)

// withDeath is a context that ends in the middle of one of the next calls.
func withDeath(t testing.TB, f *Fake) (context.Context, context.CancelFunc) {
	t.Helper()
	ctx, kill := context.WithCancel(t.Context())
	at := f.Calls("") + 2
	f.mu.Lock()
	before := f.before
	f.before = func(call string, n int) *Answer {
		if n >= at {
			kill()
		}
		if before != nil {
			return before(call, n)
		}
		return nil
	}
	f.mu.Unlock()
	return ctx, func() {
		kill()
		f.Instead(before)
	}
}
