package demo

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// playing is a play whose letters are known and opened one a second; what the
// server makes of each opening, tests say.
type playing struct {
	t       *testing.T
	db      *db.DB
	clock   *clock.Fixed
	url     string
	letters []*letter
	mu      sync.Mutex
	opened  map[string]int
	opening func(path string) (served bool)
}

func newPlaying(t *testing.T, letters int) *playing {
	t.Helper()
	p := &playing{
		t: t, db: dbtest.New(t), clock: &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)},
		opened: map[string]int{}, opening: func(string) bool { return true },
	}
	site := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		p.count(r.URL.Path)
		if !p.opening(r.URL.Path) {
			panic(http.ErrAbortHandler) // the answer gets lost
		}
	}))
	t.Cleanup(site.Close)
	p.url = site.URL
	for i := range letters {
		p.letters = append(p.letters, &letter{
			from: p.clock.T, pixel: fmt.Sprintf("/t/o/%d", i), upcoming: []act{{opening, time.Duration(i+1) * time.Second}},
		})
	}
	if err := Mark(t.Context(), p.db, p.clock.T); err != nil {
		t.Fatal(err)
	}
	if _, err := p.db.NewRaw("INSERT INTO mailbox_mails (received_at, mail_from, rcpt_to, raw) VALUES (?, '', '', '')", p.clock.T).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := p.db.NewRaw(`INSERT INTO settings (key, value, updated_at) VALUES (?, jsonb_build_object('round', 1, 'acted', ?::timestamptz, 'ordered', ?::timestamptz), now())`,
		stateKey, p.clock.T, p.clock.T).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p
}

// step lets a process that has just come do what is due.
func (p *playing) step(owner string) (bool, error) {
	s := New(Config{DB: p.db, Clock: p.clock, On: true, Log: slog.New(slog.DiscardHandler), Owner: owner})
	player := s.Player(p.url)
	player.letters = p.letters
	return player.Step(p.t.Context())
}

func (p *playing) count(path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.opened[path]++
}

func (p *playing) expect(letters int) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for path, times := range p.opened {
		if times != 1 {
			p.t.Errorf("%s was opened %d times", path, times)
		}
	}
	if len(p.opened) != letters {
		p.t.Errorf("%d letters were opened, want %d", len(p.opened), letters)
	}
}

// TestNobodyActsTwiceAfterAnError: the request had arrived, its answer was lost.
func TestNobodyActsTwiceAfterAnError(t *testing.T) {
	p := newPlaying(t, 11)
	p.opening = func(path string) bool { return path != "/t/o/5" }
	p.clock.Advance(30 * time.Second)
	if _, err := p.step("first"); err == nil {
		t.Fatal("nothing went wrong: it shows nothing")
	}
	p.expect(6)
	p.clock.Advance(time.Second)
	if _, err := p.step("first"); err != nil {
		t.Fatal(err)
	}
	p.expect(11)
}

// TestNobodyActsTwiceWhereRequestsAreSlow: while one process is at it, no other
// one takes over, however long all of it takes.
func TestNobodyActsTwiceWhereRequestsAreSlow(t *testing.T) {
	p := newPlaying(t, 11)
	p.clock.Advance(30 * time.Second)
	p.opening = func(string) bool {
		p.clock.Advance(actTimeout - time.Millisecond)
		if other, err := p.step("second"); other || err != nil {
			t.Errorf("another process plays: %v, %v", other, err)
		}
		return true
	}
	if _, err := p.step("first"); err != nil {
		t.Fatal(err)
	}
	p.expect(11)
}

// TestStoppingIsAtOnce, in the middle of what is due.
func TestStoppingIsAtOnce(t *testing.T) {
	p := newPlaying(t, 11)
	p.clock.Advance(30 * time.Second)
	p.opening = func(path string) bool {
		if path == "/t/o/1" {
			if _, err := New(Config{DB: p.db, Clock: p.clock, On: true}).Stop(t.Context()); err != nil {
				t.Error(err)
			}
		}
		return true
	}
	if over, err := p.step("first"); over || err != nil {
		t.Errorf("it goes on: %v, %v", over, err)
	}
	p.expect(actsPerSign)
}
