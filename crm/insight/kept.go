package insight

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/db"
)

// What becomes of an answer that crm/kept keeps. Nobody waits longer than
// kept.Fresh, and twenty times what it took, for a change to show while he looks;
// what nobody looks at is computed less often, but is at hand when somebody comes.
const (
	looking  = 15 * time.Minute // after a question
	atHand   = 8 * time.Minute
	believed = 15 * time.Minute // without a worker nothing is computed anew: then answers are computed as they are asked for
)

// RefreshEvery is how often kept answers are looked over.
const RefreshEvery = time.Minute

// RefreshJob asks for Refresh.
type RefreshJob struct{}

// Kind names the job in the queue.
func (RefreshJob) Kind() string { return "insight.refresh" }

// Taken is when an answer was computed: the instant all of its figures speak of.
type Taken struct{ AsOf time.Time }

func (t *Taken) take(at time.Time) { t.AsOf = at }

// taken is an answer.
type taken interface{ take(at time.Time) }

// question is what an answer is kept under.
type question struct {
	Report string
	Period int // days of the dashboard, months of the others
	Within int // days; conversion only
}

// expected are the questions of the home page and of the tabs of the analysis as
// they open: they are at hand before somebody asks.
var expected = func() []question {
	list := []question{{"dashboard", 7, 0}, {"dashboard", 30, 0}, {"dashboard", 90, 0}}
	for _, months := range []int{12, 6, 24} {
		list = append(list, question{"conversion", months, 90}, question{"repeat", months, 0}, question{"circulation", months, 0}, question{"events", months, 0},
			question{"stages", months, 0}, question{"liability", months, 0})
	}
	return list
}()

// compute answers a question from the tables.
func (s *Service) compute(ctx context.Context, q question) (taken, error) {
	at := s.clock.Now()
	a, err := s.report(ctx, q)
	if err != nil {
		return nil, err
	}
	a.take(at)
	return a, nil
}

func (s *Service) report(ctx context.Context, q question) (taken, error) {
	switch q.Report {
	case "dashboard":
		return s.dashboard(ctx, q.Period)
	case "conversion":
		return s.conversion(ctx, q.Period, q.Within)
	case "repeat":
		return s.repeat(ctx, q.Period)
	case "events":
		return s.events(ctx, q.Period)
	case "circulation":
		return s.circulation(ctx, q.Period)
	case "stages":
		return s.stages(ctx, q.Period)
	case "liability":
		return s.liability(ctx, q.Period)
	}
	return nil, fmt.Errorf("there is no report %q", q.Report)
}

// prefix begins the names of our questions on the shelf.
const prefix = "insight "

func (q question) name() string { return fmt.Sprintf(prefix+"%s %d %d", q.Report, q.Period, q.Within) }

// asked is a question of a day: what was computed on another is no answer.
func (s *Service) asked(q question, now time.Time) (kept.Question, error) {
	today, err := kept.Print(s.today(now))
	return kept.Question{Name: q.name(), Print: today, Fresh: believed}, err
}

// answered answers a question: by what is kept, or fresh.
func answered[T taken](ctx context.Context, s *Service, q question) (T, error) {
	var none T
	asked, err := s.asked(q, s.clock.Now())
	if err != nil {
		return none, err
	}
	a, err := kept.Ask(ctx, s.shelf, asked, kept.Now, func(ctx context.Context) (T, error) {
		computed, err := s.compute(ctx, q)
		if err != nil {
			return none, err
		}
		answer, ok := computed.(T)
		if !ok {
			return none, fmt.Errorf("the report %q is no %T", q.Report, none)
		}
		return answer, nil
	})
	return a.Value, err
}

// NetSalesChanged makes what was computed by the former definition too old to be
// believed; the next Refresh has it anew.
func (s *Service) NetSalesChanged(ctx context.Context, tx db.Tx) error {
	return kept.Doubt(ctx, tx, prefix)
}

// Refresh computes kept answers anew that are due, and, once a day, those that
// are expected to be asked for. One that fails does not keep the others back.
func (s *Service) Refresh(ctx context.Context) error {
	now := s.clock.Now()
	due, err := s.due(ctx, now)
	if err != nil {
		return err
	}
	var failed []error
	for _, q := range due {
		asked, err := s.asked(q, now)
		if err == nil {
			_, err = kept.Anew(ctx, s.shelf, asked, func(ctx context.Context) (taken, error) { return s.compute(ctx, q) })
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s of %d: %w", q.Report, q.Period, err))
		}
	}
	return errors.Join(failed...)
}

// due are the questions whose answers are to be computed anew: what somebody
// looks at first.
func (s *Service) due(ctx context.Context, now time.Time) ([]question, error) {
	held, err := s.shelf.Held(ctx, prefix)
	if err != nil {
		return nil, err
	}
	here := map[string]bool{}
	var list []question
	for _, h := range held {
		here[h.Name] = true
		var q question
		if _, err := fmt.Sscanf(h.Name, prefix+"%s %d %d", &q.Report, &q.Period, &q.Within); err != nil {
			return nil, fmt.Errorf("a kept answer is named %q: %w", h.Name, err)
		}
		asked, err := s.asked(q, now)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(h.Print, asked.Print) || now.Sub(h.AsOf) > pause(h, now) {
			list = append(list, q)
		}
	}
	if today := s.today(now); s.warmed.Swap(today.Unix()) != today.Unix() {
		for _, q := range expected {
			if !here[q.name()] {
				list = append(list, q)
			}
		}
	}
	return list, nil
}

// pause is how old an answer becomes before it is computed anew.
func pause(h kept.Held, now time.Time) time.Duration {
	if now.Sub(h.AskedAt) < looking {
		return max(kept.Fresh, 20*h.Took)
	}
	return atHand
}

// today is the day of an instant in the merchant's zone, as midnight UTC.
func (s *Service) today(now time.Time) time.Time {
	y, m, d := now.In(s.zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
