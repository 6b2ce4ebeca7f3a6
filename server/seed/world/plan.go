package world

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// PlanFile is the file that says what is to be taken in, and when.
const PlanFile = "import.json"

// Plan says which shops there are, by which rules points are earned, and on which
// day which files are taken in.
type Plan struct {
	AsOf  string `json:"asOf"` // the last day
	Shops []Shop `json:"shops"`
	Rules []Rule `json:"rules"` // of the point programme
	Steps []Step `json:"steps"`
}

// Step is the files of one day, in their order.
type Step struct {
	Day   string `json:"day"`
	Files []File `json:"files"`
}

// File is a file beside the plan.
type File struct {
	Name    string `json:"name"`
	Shop    string `json:"shop"`
	Mapping string `json:"mapping,omitempty"` // file of the mapping that reads it; "": the file tells
}

// At is the instant of a step: the morning of its day.
func (s *Step) At() (time.Time, error) { return Morning(s.Day) }

// Morning is the instant on a day, YYYY-MM-DD, at which files are taken in.
func Morning(day string) (time.Time, error) {
	t, err := time.ParseInLocation(time.DateOnly, day, Japan)
	return t.Add(9 * time.Hour), err
}

// ReadPlan reads the plan of a folder that Write has filled.
func ReadPlan(dir string) (*Plan, error) {
	content, err := os.ReadFile(filepath.Join(dir, PlanFile))
	if err != nil {
		return nil, err
	}
	p := new(Plan)
	return p, json.Unmarshal(content, p)
}

// Truth is what the product must find in the files.
type Truth struct {
	Customers int
	Members   int
	Orders    map[string]int // by code of the shop; without rows that cannot be read
	Spoilt    int            // rows that cannot be read
}

// Write writes all files of the merchant into a folder, with their plan.
func (w *World) Write(dir string) (*Plan, *Truth, error) {
	out := &writer{w: w, dir: dir, truth: &Truth{Customers: w.Customers, Orders: map[string]int{}}}
	out.days = make([]day, len(w.ticks))
	from, told := w.Begin(), w.Begin()
	for i, tick := range w.ticks {
		out.days[i] = day{from: from, to: tick, sheets: map[*sheet]*rows{}}
		from = tick
		if w.tellsMembers(tick) {
			out.days[i].membersFrom, told = told, tick
		}
	}
	err := out.people()
	err = errors.Join(err, out.close())
	if err != nil {
		return nil, nil, err
	}
	plan := out.plan()
	return plan, out.truth, errors.Join(plan.write(dir), os.WriteFile(filepath.Join(dir, tillMapping), tillMappingJSON, 0o644)) //nolint:gosec // nothing secret
}

func (p *Plan) write(dir string) error {
	content, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, PlanFile), append(content, '\n'), 0o644) //nolint:gosec // nothing secret
}

// writer holds the files of all days open, so that one walk past the people
// fills them all.
type writer struct {
	w     *World
	dir   string
	days  []day
	truth *Truth
}

type day struct {
	from, to    time.Time
	membersFrom time.Time // since when its file of members tells; zero: it has none
	members     *lines
	sheets      map[*sheet]*rows
}

func (out *writer) people() error {
	for p := range out.w.People() {
		if !p.Joined.IsZero() {
			out.truth.Members++
		}
		for i := range out.days {
			if err := out.day(&out.days[i], p); err != nil {
				return err
			}
		}
		for _, o := range p.Orders {
			out.count(o)
		}
	}
	return nil
}

func (out *writer) count(o *Order) {
	if o.spoilt > 0 {
		out.truth.Spoilt++
		return
	}
	for _, s := range Shops {
		if s.Mall == o.Mall {
			out.truth.Orders[s.Code]++
		}
	}
}

// day writes what one day's files tell of a person.
func (out *writer) day(d *day, p *Person) error {
	if m := d.masterOf(p); m != nil {
		if d.members == nil {
			var err error
			if d.members, err = createLines(out.path(d.to, membersFile)); err != nil {
				return err
			}
		}
		if err := d.members.enc.Encode(m); err != nil {
			return err
		}
	}
	for _, o := range p.Orders {
		if !o.told(d.from, d.to) {
			continue
		}
		for _, s := range sheets {
			if s.of != o.Mall {
				continue
			}
			r, err := out.sheet(d, s)
			if err != nil {
				return err
			}
			s.rows(r, p, o)
		}
	}
	return nil
}

// masterOf is what the day's file of members tells of a person; nil: nothing.
func (d *day) masterOf(p *Person) *master {
	if d.membersFrom.IsZero() {
		return nil
	}
	return p.masterOf(d.membersFrom, d.to)
}

func (out *writer) sheet(d *day, s *sheet) (*rows, error) {
	if d.sheets[s] == nil {
		r, err := s.create(out.path(d.to, s.name), d.from, d.to)
		if err != nil {
			return nil, err
		}
		d.sheets[s] = r
	}
	return d.sheets[s], nil
}

func (out *writer) path(at time.Time, name string) string {
	return filepath.Join(out.dir, nameOn(at, name))
}

// nameOn is the name of a file of a day.
func nameOn(at time.Time, name string) string { return at.In(Japan).Format(time.DateOnly) + "_" + name }

func (out *writer) close() (err error) {
	for _, d := range out.days {
		if d.members != nil {
			err = errors.Join(err, d.members.close())
		}
		for _, r := range d.sheets {
			err = errors.Join(err, r.close())
		}
	}
	return err
}

func (out *writer) plan() *Plan {
	p := &Plan{AsOf: out.w.End.In(Japan).Format(time.DateOnly), Shops: slices.Clone(Shops), Rules: out.w.rules()}
	for _, d := range out.days {
		step := Step{Day: d.to.In(Japan).Format(time.DateOnly)}
		if d.members != nil {
			step.Files = append(step.Files, File{Name: nameOn(d.to, membersFile), Shop: OwnSite})
		}
		for _, s := range sheets {
			if d.sheets[s] != nil {
				step.Files = append(step.Files, File{Name: nameOn(d.to, s.name), Shop: s.shop, Mapping: s.mapping})
			}
		}
		p.Steps = append(p.Steps, step)
	}
	return p
}
