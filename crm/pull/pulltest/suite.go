package pulltest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/pull"
	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/db"
)

// Subject is a service under test, with a fake that answers for it.
type Subject struct {
	Mall   mall.Mall
	Values map[string]string // what staff enters
	Fake   *Fake
	source.Service
	// Files says which kinds of file tell what the service tells; nil: all.
	Files []string
	// Refuse makes the service refuse what was entered, and says as what.
	Refuse func() source.Code
	// Spoil breaks one order within the answers: its number, and what its refused
	// row has to say: code and column.
	Spoil func() (no, code, column string)
}

// New makes a subject with a merchant's orders.
type New func(t testing.TB, c *Clock, m *merchant.Merchant) *Subject

// Begin is after the last order of the merchants, and their first is not so far
// back that a service would not tell it.
var Begin = time.Date(2024, 12, 31, 12, 0, 0, 0, time.UTC)

// SomeMerchant is a merchant whose orders lie within what every service tells.
func SomeMerchant(people int) *merchant.Merchant {
	m := Since(merchant.New(7, people), Begin.Add(-725*24*time.Hour))
	m.Orders = slices.DeleteFunc(m.Orders, func(o merchant.Order) bool { return o.At.After(Begin.Add(-time.Hour)) })
	return m
}

// Run is what every service has to stand.
func Run(t *testing.T, fresh New) {
	t.Run("comes out as the files do", func(t *testing.T) { asFiles(t, fresh) })
	t.Run("goes on after its process died", func(t *testing.T) { interrupted(t, fresh) })
	t.Run("waits when it is asked to", func(t *testing.T) { throttled(t, fresh) })
	t.Run("survives an hour without the service", func(t *testing.T) { down(t, fresh) })
	t.Run("says what staff has to mend", func(t *testing.T) { keyRefused(t, fresh) })
	t.Run("holds back what cannot be read", func(t *testing.T) { spoilt(t, fresh) })
}

// connected is a world with a connection that pulls from the merchant's first day.
func connected(t *testing.T, fresh New, people int) (*World, *Subject, *db.PullConnection, *merchant.Merchant) {
	t.Helper()
	m, c := SomeMerchant(people), NewClock(Begin)
	s := fresh(t, c, m)
	w := NewWorld(t, s.Mall, c, s.Service)
	return w, s, w.connect(t, s), m
}

func (w *World) connect(t *testing.T, s *Subject) *db.PullConnection {
	t.Helper()
	row, err := w.Pull.Connect(t.Context(), pull.Draft{
		ShopID: w.ShopID, Service: string(s.Name()), Values: s.Values, EveryMinutes: 15, FirstFrom: Begin.Add(-726 * 24 * time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// byFile is what the merchant's files come out as.
func byFile(t *testing.T, s *Subject, m *merchant.Merchant) (*World, []string) {
	t.Helper()
	w := NewWorld(t, s.Mall, NewClock(Begin))
	if w.TakeFiles(t, m, s) == 0 {
		t.Fatal("the files hold nothing")
	}
	return w, w.Told(t)
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d orders, want %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("an order is\n%s, want\n%s", got[i], want[i])
		}
	}
}

func (s *Subject) clean(t *testing.T, w *World) {
	t.Helper()
	if b := s.Fake.Breaches(); len(b) > 0 {
		t.Errorf("the client broke the service's rules %d times: %s", len(b), b[0])
	}
	log := w.Log.String()
	var kept []string
	if err := w.DB.NewRaw("SELECT row_to_json(c)::text FROM pull_connections c UNION ALL SELECT row_to_json(p)::text FROM pulls p UNION ALL SELECT row_to_json(a)::text FROM audit_log a").
		Scan(t.Context(), &kept); err != nil {
		t.Fatal(err)
	}
	for _, f := range s.Fields() {
		if v := s.Values[f.Name]; f.Secret && v != "" && (strings.Contains(log, v) || strings.Contains(strings.Join(kept, "\n"), v)) {
			t.Errorf("the secret %s lies open", f.Name)
		}
	}
}

// asFiles pulls everything and compares it with the import of the same orders'
// files; then each comes over the other and changes nothing.
func asFiles(t *testing.T, fresh New) {
	w, s, row, m := connected(t, fresh, 300)
	w.PullAll(t, row.ID)
	filed, want := byFile(t, s, m)
	same(t, w.Told(t), want)
	s.clean(t, w)

	pulls, err := w.Pull.Pulls(t.Context(), row.ID, 0, 10)
	if err != nil || len(pulls) != 1 || pulls[0].Fetched < int64(len(want)) || pulls[0].Orders < int64(len(want)) || pulls[0].Quarantined != 0 || pulls[0].Unfinished != 0 {
		t.Errorf("the pull is told as %+v, %v", pulls, err)
	}
	if changed := w.TakeFiles(t, m, s); changed != 0 {
		t.Errorf("the files over the pull changed %d rows", changed)
	}
	w.Due(t, row.ID)
	w.PullAll(t, row.ID) // the next turn brings nothing new, and no import
	if n := imports(t, w); n != pulls[0].Imports {
		t.Errorf("%d imports of pulls after a turn without news, want %d", n, pulls[0].Imports)
	}

	over := NewClock(Begin)
	again := fresh(t, over, m)
	filed.Clock, filed.Pull = over, (&World{DB: filed.DB, Intake: filed.Intake, Clock: over, Log: filed.Log}).Process(t, again.Service)
	filed.PullAll(t, filed.connect(t, again).ID)
	same(t, filed.Told(t), want)
	var changed int64
	if err := filed.DB.NewRaw("SELECT coalesce(sum(rows_inserted + rows_updated), 0) FROM imports WHERE pull_id IS NOT NULL").Scan(t.Context(), &changed); err != nil || changed != 0 {
		t.Errorf("the pull over the files changed %d rows, %v", changed, err)
	}
}

func imports(t *testing.T, w *World) (n int64) {
	t.Helper()
	if err := w.DB.NewRaw("SELECT count(*) FROM imports WHERE pull_id IS NOT NULL").Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// interrupted lets the process die at every third call: its lease stays behind,
// and another process goes on once that is over.
func interrupted(t *testing.T, fresh New) {
	w, s, row, m := connected(t, fresh, 200)
	dead := 0
	s.Fake.Instead(func(_ string, n int) *Answer {
		if n%3 == 0 && dead < 40 {
			dead++
			panic(http.ErrAbortHandler) // the connection breaks off in the middle
		}
		return nil
	})
	for range 400 {
		dying := w.Process(t, s.Service)
		ctx, kill := withDeath(t, s.Fake)
		_ = dying.Work(ctx) // whatever it says: nobody hears it
		kill()
		if _, err := w.DB.NewRaw("UPDATE pull_connections SET lease_owner = 'the dead', lease_until = now() - interval '1 second', next_at = ? WHERE lease_owner IS NOT NULL OR pulled_to IS NULL", w.Clock.Now()).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
		found, err := w.Pull.Find(t.Context(), row.ID)
		if err != nil {
			t.Fatal(err)
		}
		if found.PulledTo != nil {
			break
		}
	}
	w.PullAll(t, row.ID)
	if dead == 0 {
		t.Fatal("nothing was interrupted")
	}
	_, want := byFile(t, s, m)
	same(t, w.Told(t), want)
}

// throttled lets the service refuse every fourth call and name a pause.
func throttled(t *testing.T, fresh New) {
	w, s, row, m := connected(t, fresh, 60)
	refusals, begun := 0, time.Time{}
	s.Fake.Instead(func(_ string, n int) *Answer {
		if n%4 == 0 {
			refusals, begun = refusals+1, s.Fake.Clock.Now()
			return &Answer{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"7"}}}
		}
		if !begun.IsZero() && s.Fake.Clock.Now().Sub(begun) < 7*time.Second {
			t.Errorf("asked again after %s", s.Fake.Clock.Now().Sub(begun))
		}
		return nil
	})
	w.PullAll(t, row.ID)
	if refusals == 0 {
		t.Fatal("nothing was refused")
	}
	_, want := byFile(t, s, m)
	same(t, w.Told(t), want)
}

// down takes the service away for an hour in the middle of a pull.
func down(t *testing.T, fresh New) {
	w, s, row, m := connected(t, fresh, 60)
	calls := s.Fake.Calls("")
	var since time.Time
	asked := 0
	s.Fake.Instead(func(_ string, n int) *Answer {
		if n <= calls+1 {
			return nil
		}
		if since.IsZero() {
			since = s.Fake.Clock.Now()
		}
		if s.Fake.Clock.Now().Sub(since) < time.Hour {
			asked++
			return &Answer{Status: http.StatusServiceUnavailable, Body: "<html>Sorry</html>"}
		}
		return nil
	})
	w.Settle(t)
	told := func() (*db.PullConnection, pull.Kept) {
		found, err := w.Pull.Find(t.Context(), row.ID)
		if err != nil {
			t.Fatal(err)
		}
		var kept pull.Kept
		if len(found.Trouble) > 0 {
			if err := json.Unmarshal(found.Trouble, &kept); err != nil {
				t.Fatal(err)
			}
		}
		return found, kept
	}
	if found, kept := told(); kept.Code != source.Down || !kept.Passing || found.Failures != 1 {
		t.Fatalf("the connection says %+v after %d failures", kept, found.Failures)
	}
	if causes, err := w.Pull.Troubled(t.Context()); err != nil || len(causes) != 0 {
		t.Errorf("a moment's absence is an alert: %v, %v", causes, err)
	}
	for w.Clock.Now().Sub(since) < 50*time.Minute {
		w.Due(t, row.ID)
		w.Settle(t)
	}
	w.Clock.Advance(time.Hour - w.Clock.Now().Sub(since) + 2*time.Minute)
	if causes, err := w.Pull.Troubled(t.Context()); err != nil || len(causes) != 1 || causes[0].Severity != alert.Critical || causes[0].Figures["code"] != source.Down {
		t.Errorf("an hour's absence is told as %v, %v", causes, err)
	}
	if asked > 60 {
		t.Errorf("asked %d times within the hour", asked)
	}
	w.Due(t, row.ID)
	w.PullAll(t, row.ID)
	if found, kept := told(); kept.Code != "" || found.Failures != 0 || found.TroubleSince != nil {
		t.Errorf("the trouble stays: %+v, %d failures", kept, found.Failures)
	}
	_, want := byFile(t, s, m)
	same(t, w.Told(t), want)
}

// keyRefused lets the service refuse what was entered.
func keyRefused(t *testing.T, fresh New) {
	w, s, row, _ := connected(t, fresh, 20)
	w.PullAll(t, row.ID)
	code := s.Refuse()
	w.Due(t, row.ID)
	before := s.Fake.Calls("")
	w.Settle(t)
	found, err := w.Pull.Find(t.Context(), row.ID)
	if err != nil || !strings.Contains(string(found.Trouble), `"`+string(code)+`"`) {
		t.Fatalf("the connection says %s, %v; want %s", found.Trouble, err, code)
	}
	if asked := s.Fake.Calls("") - before; asked > 3 {
		t.Errorf("asked %d times with a key that is refused", asked)
	}
	if pause := found.NextAt.Sub(w.Clock.Now()); pause < 30*time.Minute {
		t.Errorf("asked again after %s", pause)
	}
	if causes, err := w.Pull.Troubled(t.Context()); err != nil || len(causes) != 1 {
		t.Errorf("no alert: %v, %v", causes, err)
	}
	_, err = w.Pull.Update(t.Context(), row.ID, pull.Draft{EveryMinutes: 15, FirstFrom: row.FirstFrom})
	if !fault.Is(err, fault.Precondition) || fault.KindOf(err) == fault.Internal {
		t.Errorf("what is refused was kept: %v", err)
	}
	a, err := w.Pull.Try(t.Context(), row.ID, pull.Draft{EveryMinutes: 15, FirstFrom: row.FirstFrom})
	if err != nil || a.Trouble == nil || a.Trouble.Code != code {
		t.Errorf("trying it says %+v, %v; want %s", a.Trouble, err, code)
	}
	s.clean(t, w)
}

// spoilt breaks one order of an answer, and once an answer as a whole.
func spoilt(t *testing.T, fresh New) {
	w, s, row, m := connected(t, fresh, 40)
	no, code, column := s.Spoil()
	broken := 0
	s.Fake.Instead(func(_ string, n int) *Answer {
		if n%5 == 4 && broken < 3 {
			broken++
			return &Answer{Status: http.StatusOK, Body: `{"half": [`}
		}
		return nil
	})
	w.PullAll(t, row.ID)
	_, want := byFile(t, s, m)
	want = slices.DeleteFunc(want, func(o string) bool { return strings.HasPrefix(o, no+" ") })
	got := w.Told(t)
	if len(got) != len(want) {
		t.Errorf("%d orders came, want %d", len(got), len(want))
	}
	var rows []struct{ Code, Field, Raw string }
	if err := w.DB.NewRaw("SELECT DISTINCT code, field, raw FROM import_quarantine").Scan(t.Context(), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		t.Fatal("nothing is held back")
	}
	told := false
	for _, r := range rows { // an order's further rows go with its first
		if !strings.Contains(r.Raw, no) || r.Field != column {
			t.Errorf("held back is %+v; want %s in %s", r, no, column)
		}
		told = told || r.Code == code
	}
	if !told {
		t.Errorf("held back are %+v; want one as %s", rows, code)
	}
}
