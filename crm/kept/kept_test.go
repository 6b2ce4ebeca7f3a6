package kept_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/db"
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
			got, err := kept.Ask(t.Context(), s, kept.Question{Name: name, Print: []byte("p")}, kept.Last, count.next)
			if err != nil || got.Value != want+1 || got.Stale {
				t.Errorf("%s: %+v, %v; want %d", name, got, err, want+1)
			}
		}
	}
}

func TestWhatIsHeldIsLetGoWhenNobodyAsksForIt(t *testing.T) {
	d, c, count := dbtest.New(t), &clock.Fixed{T: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)}, &counter{}
	s := kept.NewFrom(d, c, 0, -1)
	ask := func(name string, fresh time.Duration) int {
		t.Helper()
		got, err := kept.Ask(t.Context(), s, kept.Question{Name: name, Print: []byte("p"), Fresh: fresh}, kept.Now, count.next)
		if err != nil {
			t.Fatal(err)
		}
		return got.Value
	}
	held := func() (names []string) {
		t.Helper()
		list, err := s.Held(t.Context(), "a ")
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range list {
			names = append(names, h.Name)
		}
		return names
	}
	ask("a old", time.Hour)
	ask("b", 0)
	c.T = c.T.Add(30 * time.Minute)
	ask("a new", 0)
	if got := held(); !slices.Equal(got, []string{"a new", "a old"}) {
		t.Errorf("held are %q", got)
	}
	c.T = c.T.Add(2 * time.Minute)
	if n := ask("a old", time.Hour); n != 1 {
		t.Errorf("within its hour it was computed anew: %d", n)
	}
	if got := held(); !slices.Equal(got, []string{"a old", "a new"}) {
		t.Errorf("after somebody asked, held are %q", got)
	}
	c.T = c.T.Add(7*24*time.Hour - 30*time.Minute)
	ask("b", 0)
	c.T = c.T.Add(32 * time.Minute)
	if got := held(); len(got) != 0 {
		t.Errorf("a week later %q are held", got)
	}
	if n := ask("b", time.Hour); n != 4 {
		t.Errorf("what somebody asked for in this week was let go: %d", n)
	}
}

func TestWhatIsDoubtedIsNoAnswerOfNow(t *testing.T) {
	d, c, count := dbtest.New(t), &clock.Fixed{T: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)}, &counter{}
	s := kept.NewFrom(d, c, 0, -1)
	for _, name := range []string{"a 1", "b"} {
		if _, err := kept.Ask(t.Context(), s, kept.Question{Name: name, Print: []byte("p")}, kept.Now, count.next); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.RunInTx(t.Context(), d, func(ctx context.Context, tx db.Tx) error { return kept.Doubt(ctx, tx, "a ") }); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"a 1": 3, "b": 2} {
		got, err := kept.Ask(t.Context(), s, kept.Question{Name: name, Print: []byte("p")}, kept.Now, count.next)
		if err != nil || got.Value != want {
			t.Errorf("%s: %+v, %v; want %d", name, got, err, want)
		}
	}
}
