package kept_test

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// counter answers with how often it was asked.
type counter struct{ n int }

func (c *counter) next(context.Context) (int, error) {
	c.n++
	return c.n, nil
}

func TestAnAnswerIsGivenAgainOnlyToWhoAsksTheSameSoon(t *testing.T) {
	c, count := &clock.Fixed{T: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)}, &counter{}
	s := kept.NewFrom(dbtest.New(t), c, 0, -1)
	for _, turn := range []struct {
		name  string
		later time.Duration
		print string
		want  kept.Wanted
		value int
		stale bool
	}{
		{"the first", 0, "a", kept.Last, 1, false},
		{"at once", 0, "a", kept.Now, 1, false},
		{"soon", 50 * time.Second, "a", kept.Now, 1, false},
		{"the last, with something else", 0, "b", kept.Last, 1, true},
		{"with something else", 0, "b", kept.Now, 2, false},
		{"the last, later", 51 * time.Second, "b", kept.Last, 2, true},
		{"later", 0, "b", kept.Now, 3, false},
	} {
		c.T = c.T.Add(turn.later)
		got, err := kept.Ask(t.Context(), s, kept.Question{Name: "n", Print: []byte(turn.print)}, turn.want, count.next)
		if err != nil || got.Value != turn.value || got.Stale != turn.stale {
			t.Errorf("%s: %+v, %v; want %d, stale %v", turn.name, got, err, turn.value, turn.stale)
		}
	}
}

func TestWhatIsCheapOrOfFewPeopleIsAlwaysFresh(t *testing.T) {
	d, c := dbtest.New(t), &clock.Fixed{T: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)}
	for name, s := range map[string]*kept.Shelf{
		"cheap": kept.NewFrom(d, c, time.Hour, -1), "of few": kept.NewFrom(d, c, 0, 1_000_000), "without a shelf": nil,
	} {
		count := &counter{}
		for want := range 3 {
			got, err := kept.Ask(t.Context(), s, kept.Question{Name: name}, kept.Last, count.next)
			if err != nil || got.Value != want+1 || got.Stale {
				t.Errorf("%s: %+v, %v; want %d", name, got, err, want+1)
			}
		}
	}
}
