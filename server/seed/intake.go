package seed

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/server/seed/world"
)

// Taker takes in the files of a plan, day by day, on a clock that it moves: what
// the seed does itself, and what `meguri import` does with a folder.
type Taker struct {
	Clock  *clock.Fixed
	Shops  *shop.Service
	Intake *intake.Service
	Points *points.Service
	Stages *stage.Service
	// Tell, if not nil, is told of each day that is in.
	Tell func(day string, done, of int)

	shops map[string]*db.Shop
	rules []world.Rule // that are to be made yet
}

// Take takes in a whole plan. Days after asOf are left out; at asOf points and
// stages are brought up to the day.
func (t *Taker) Take(ctx context.Context, dir string, plan *world.Plan, asOf time.Time) error {
	if err := t.Open(ctx, plan); err != nil {
		return err
	}
	for i, s := range plan.Steps {
		at, err := s.At()
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "the plan has no day %q", s.Day)
		}
		if at.After(asOf) {
			break
		}
		if err := t.Step(ctx, dir, s, at); err != nil {
			return err
		}
		t.tell(s.Day, i+1, len(plan.Steps))
	}
	return t.CatchUp(ctx, asOf)
}

func (t *Taker) tell(day string, done, of int) {
	if t.Tell != nil {
		t.Tell(day, done, of)
	}
}

// Open makes those shops of a plan that are not there; those of its rules that are
// not are made on their days.
func (t *Taker) Open(ctx context.Context, plan *world.Plan) error {
	t.shops = map[string]*db.Shop{}
	for _, s := range plan.Shops {
		row, err := t.Shops.FindByCode(ctx, s.Code)
		if fault.Is(err, fault.NotFound) {
			row, err = t.Shops.Create(ctx, shop.Draft{Code: s.Code, Name: s.Name, Mall: s.Mall, Currency: "JPY", URL: s.URL})
		}
		if err != nil {
			return step(err, "shop %s", s.Code)
		}
		t.shops[s.Code] = row
	}
	there, err := t.Points.EarnRules(ctx)
	if err != nil {
		return step(err, "the rules of the point programme")
	}
	t.rules = slices.DeleteFunc(slices.Clone(plan.Rules), func(r world.Rule) bool {
		return slices.ContainsFunc(there, func(made points.EarnRule) bool { return made.Name == r.Name })
	})
	return step(t.Intake.EnsureBuiltIn(ctx), "mappings")
}

// Step takes in the files of one day, and brings points and stages up to it.
func (t *Taker) Step(ctx context.Context, dir string, s world.Step, at time.Time) (err error) {
	if err := t.makeRules(ctx, at); err != nil {
		return step(err, "the rules of the point programme")
	}
	t.Clock.T = at
	files := make([]intake.File, len(s.Files))
	for i, f := range s.Files {
		content, err := os.Open(filepath.Join(dir, filepath.Base(f.Name)))
		if err != nil {
			return err
		}
		defer func() { _ = content.Close() }() // it is only read
		if files[i], err = t.file(ctx, dir, f, content); err != nil {
			return step(err, "%s", f.Name)
		}
	}
	if err := t.Intake.TakeFiles(ctx, files); err != nil {
		return err
	}
	return t.CatchUp(ctx, at)
}

// makeRules makes the rules of the point programme that are due by an instant,
// each on the morning of its day, in the order of the plan.
func (t *Taker) makeRules(ctx context.Context, by time.Time) error {
	var later []world.Rule
	for _, r := range t.rules {
		made, err := world.Morning(r.Made)
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "the plan has no day %q", r.Made)
		}
		if made.After(by) {
			later = append(later, r)
			continue
		}
		rule, err := t.rule(r)
		if err != nil {
			return err
		}
		t.Clock.T = made
		if _, err := (points.Desk{Service: t.Points}).CreateRule(ctx, rule); err != nil {
			return step(err, "%s", r.Name)
		}
	}
	t.rules = later
	return nil
}

// rule is a rule of the plan, with the shops it names as they are here.
func (t *Taker) rule(r world.Rule) (rule points.EarnRule, err error) {
	if err := json.Unmarshal(r.Definition, &rule); err != nil {
		return rule, fault.Wrap(fault.Invalid, err, "the rule %q cannot be read", r.Name)
	}
	rule.Name = r.Name
	for _, code := range r.Shops {
		at := t.shops[code]
		if at == nil {
			return rule, fault.New(fault.Invalid, "the plan has no shop %q", code)
		}
		rule.Shops = append(rule.Shops, at.ID)
	}
	return rule, nil
}

// CatchUp books what is due at an instant.
func (t *Taker) CatchUp(ctx context.Context, at time.Time) error {
	t.Clock.T = at
	if err := atOnce(func() error { _, err := t.Points.BookDue(ctx); return err }); err != nil {
		return err
	}
	_, err := t.Stages.ReviewDue(ctx)
	return err
}

// catchers is how many bring members up to the day at the same time; what becomes
// of each hangs on nobody else.
const catchers = 2

// atOnce lets several do the same.
func atOnce(do func() error) error {
	var all sync.WaitGroup
	errs := make([]error, catchers)
	for i := range errs {
		all.Go(func() { errs[i] = do() })
	}
	all.Wait()
	return errors.Join(errs...)
}

func (t *Taker) file(ctx context.Context, dir string, f world.File, content io.Reader) (intake.File, error) {
	to := t.shops[f.Shop]
	if to == nil {
		return intake.File{}, fault.New(fault.Invalid, "the plan has no shop %q", f.Shop)
	}
	mapping, err := t.mapping(ctx, dir, f.Mapping)
	return intake.File{Name: f.Name, Content: content, ShopID: to.ID, Mapping: mapping}, err
}

// mapping reads a mapping beside the plan, and keeps it by its name.
func (t *Taker) mapping(ctx context.Context, dir, name string) (*mall.Mapping, error) {
	if name == "" {
		return nil, nil //nolint:nilnil // the header row tells
	}
	content, err := os.ReadFile(filepath.Join(dir, filepath.Base(name)))
	if err != nil {
		return nil, err
	}
	m, err := mall.ParseMapping(content)
	if err != nil {
		return nil, err
	}
	_, err = t.Intake.SaveMapping(ctx, m.Name, content)
	return &m, err
}
