package intake

import (
	"context"
	"time"

	"github.com/uptrace/bun"
)

// Erased tells which mail addresses are of people who were erased, and when.
type Erased interface {
	Erased(ctx context.Context, idb bun.IDB) (func(address string) (at time.Time, erased bool), error)
}

// erased asks the hook; without one nobody was.
func (h Hooks) erased(ctx context.Context, idb bun.IDB) (func(address string) (time.Time, bool), error) {
	if h.Erased == nil {
		return func(string) (time.Time, bool) { return time.Time{}, false }, nil
	}
	return h.Erased.Erased(ctx, idb)
}
