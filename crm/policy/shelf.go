package policy

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Shelf gives the rules of the day without reading them all each time: versions
// are only ever added, so that their number tells whether anything is new. It is
// safe for concurrent use; the zero value is ready. One shelf belongs to one
// database.
type Shelf struct {
	mu    sync.Mutex
	count int
	rules []Rule
	sets  map[shelved]*Set
}

type shelved struct {
	channel string
	day     time.Time
}

// Set is the rules in force on day for channel; the same pointer as long as
// they are the same. Errors: fault.Internal as of Load.
func (s *Shelf) Set(ctx context.Context, idb bun.IDB, channel string, day time.Time) (*Set, error) {
	counts, err := db.Prepared(ctx, idb, pgx.RowTo[int], `SELECT count(*) FROM policy_rules`)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if count := counts[0]; count == 0 || count != s.count {
		rules, err := load(ctx, idb)
		if err != nil {
			return nil, err
		}
		s.count, s.rules, s.sets = len(rules), rules, map[shelved]*Set{}
	}
	at := shelved{channel, day}
	if set, ok := s.sets[at]; ok {
		return set, nil
	}
	set, err := newSet(s.rules, channel, day)
	if err != nil {
		return nil, err
	}
	if len(s.sets) >= len(Channels) {
		clear(s.sets) // another day
	}
	s.sets[at] = set
	return set, nil
}
