package operation

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The price list. An object costs 1 and what @cost adds, a scalar 0, whatever
// hangs in a connection is taken first times, and what hangs in a list without
// first is taken plainList times. The actual cost is the number of objects that
// came, so that it never is above the requested one as long as lists without
// first stay short.
const (
	objectCost   = 1
	mutationCost = 10
	plainList    = 10
	chargeKey    = "meguri.charge"
)

// expr is a cost that may depend on variables: base + Σ times × each.
type expr struct {
	base  int
	terms []term
}

// term is a page: taken first times, where first is a literal or a variable.
type term struct {
	pages page
	each  *expr
}

type page struct {
	size     int    // when variable is ""
	variable string // coerced, with its default; absent or null: size
}

// measure prices an operation once, when its document enters the cache.
func (e *Executor) measure(p *plan) *expr {
	total := e.priceSet(p.operation.SelectionSet, nil)
	total.base += mutationCost * p.mutations()
	return total
}

func (p *plan) mutations() int {
	if p.operation.Operation != ast.Mutation {
		return 0
	}
	return len(p.roots)
}

// priceSet prices a selection set. pages is set inside a connection: it says
// how often its lists repeat.
func (e *Executor) priceSet(set ast.SelectionSet, pages *page) *expr {
	total := &expr{}
	for _, selection := range set {
		switch sel := selection.(type) {
		case *ast.Field:
			total.add(e.priceField(sel, pages))
		case *ast.InlineFragment:
			total.add(e.priceSet(sel.SelectionSet, pages))
		case *ast.FragmentSpread:
			total.add(e.priceSet(sel.Definition.SelectionSet, pages))
		}
	}
	return total
}

func (e *Executor) priceField(f *ast.Field, pages *page) *expr {
	if strings.HasPrefix(f.Name, "__") { // the schema itself, which is in memory
		return &expr{}
	}
	own := pageOf(f, e.cfg.Limits)
	each := e.priceSet(f.SelectionSet, own)
	if len(f.SelectionSet) > 0 {
		each.base += objectCost
	}
	each.base += weightOf(f.Definition)
	isList := f.Definition.Type.Elem != nil
	switch {
	case !isList || each.free():
		return each
	case pages != nil:
		return &expr{terms: []term{{*pages, each}}}
	case own != nil:
		return &expr{terms: []term{{*own, each}}}
	}
	return &expr{terms: []term{{page{size: plainList}, each}}}
}

func (x *expr) add(y *expr) {
	x.base += y.base
	x.terms = append(x.terms, y.terms...)
}

func (x *expr) free() bool { return x.base == 0 && len(x.terms) == 0 }

// pageOf is the argument first of a field, or nil when the field has none.
func pageOf(f *ast.Field, limits Limits) *page {
	def := f.Definition.Arguments.ForName("first")
	if def == nil {
		return nil
	}
	p := &page{size: limits.PageSize}
	if def.DefaultValue != nil {
		p.size = literal(def.DefaultValue, p.size)
	}
	arg := f.Arguments.ForName("first")
	switch {
	case arg == nil:
	case arg.Value.Kind == ast.Variable:
		p.variable = arg.Value.Raw
	default:
		p.size = literal(arg.Value, p.size)
	}
	return p
}

func literal(v *ast.Value, fallback int) int {
	if n, err := strconv.Atoi(v.Raw); err == nil {
		return n
	}
	return fallback
}

func weightOf(def *ast.FieldDefinition) int {
	if d := def.Directives.ForName("cost"); d != nil {
		return literal(d.Arguments.ForName("weight").Value, 0)
	}
	return 0
}

// value is the cost with the variables filled in. It also refuses pages that
// are too large or negative. It stops counting at tooMany.
func (x *expr) value(vars map[string]any, limits Limits) (int, *gqlerror.Error) {
	total := x.base
	for _, t := range x.terms {
		size, err := t.pages.value(vars)
		if err != nil || size < 0 || size > limits.PageSize {
			return 0, present(fault.New(fault.Invalid, "first is between 0 and %d", limits.PageSize).
				WithCode("PAGE_SIZE").At("first").With("max", limits.PageSize))
		}
		each, refused := t.each.value(vars, limits)
		if refused != nil {
			return 0, refused
		}
		total = min(total+size*min(each, tooMany/max(size, 1)), tooMany)
	}
	return total, nil
}

func (p page) value(vars map[string]any) (int, error) {
	if p.variable == "" {
		return p.size, nil
	}
	switch n := vars[p.variable].(type) {
	case nil:
		return p.size, nil
	case int64:
		return int(max(math.MinInt32, min(n, math.MaxInt32))), nil
	case int:
		return n, nil
	case json.Number:
		return strconv.Atoi(n.String())
	}
	return 0, strconv.ErrSyntax
}

// charge is what an operation was priced at, and what its caller has left.
type charge struct {
	caller    bucketKey
	rate      Rate
	requested int
	mutations int
	direct    Direct
	report    *CostReport

	deprecations []Deprecation // that the request uses
}

// charge takes the price of an operation from the caller's bucket before it
// runs. The charge comes with the error too: it tells when to try again.
func (e *Executor) charge(caller *access.Caller, p *plan, vars map[string]any) (*charge, *gqlerror.Error) {
	cost, refused := p.cost.value(vars, e.cfg.Limits)
	if refused != nil {
		return nil, refused
	}
	if cost > e.cfg.Limits.Cost {
		return nil, present(fault.New(fault.Invalid, "the operation costs %d, more than %d", cost, e.cfg.Limits.Cost).
			WithCode("COST_EXCEEDED").With("cost", cost).With("max", e.cfg.Limits.Cost))
	}
	key, rate := e.buckets.of(caller)
	c := &charge{caller: key, rate: rate, requested: cost, mutations: p.mutations(), direct: p.direct}
	left, ok := e.buckets.take(key, rate, cost, e.cfg.Clock.Now())
	c.report = &CostReport{Requested: cost, Actual: -1, Maximum: rate.Maximum, Available: left, Restore: rate.Restore}
	if !ok {
		return c, present(tooMuch(cost, left, rate))
	}
	return c, nil
}

// Charge takes the price of something that is no operation, a file for instance,
// from the bucket that the caller's operations are paid from.
// Errors: fault.Throttled with the parameter retryAfterSeconds.
func (e *Executor) Charge(caller *access.Caller, cost int) error {
	key, rate := e.buckets.of(caller)
	if left, ok := e.buckets.take(key, rate, cost, e.cfg.Clock.Now()); !ok {
		return tooMuch(cost, left, rate)
	}
	return nil
}

func tooMuch(cost, left int, rate Rate) *fault.Error {
	wait := float64(cost-left) / float64(max(rate.Restore, 1))
	return fault.New(fault.Throttled, "too much was asked in too short a time; try again later").
		With("retryAfterSeconds", int(math.Ceil(wait)))
}

// settle counts the objects that came and gives back what they did not cost.
func (c *charge) settle(b *buckets, now time.Time, data []byte) {
	c.report.Actual = min(objects(data)+c.mutations*mutationCost, c.requested)
	c.report.Available = b.giveBack(c.caller, c.rate, c.requested-c.report.Actual, now)
}

// objects counts the objects below the root of a JSON text.
func objects(data []byte) int {
	n, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == '{' && !quoted:
			n++
		}
	}
	return max(n-1, 0)
}

// CostReport is extensions.cost, in the form that Shopify's API made known.
type CostReport struct {
	Requested, Actual           int
	Maximum, Available, Restore int
}

// AppendJSON writes the report without reflection.
func (r *CostReport) AppendJSON(b []byte) []byte {
	b = strconv.AppendInt(append(b, `{"requestedQueryCost":`...), int64(r.Requested), 10)
	b = append(b, `,"actualQueryCost":`...)
	if r.Actual < 0 {
		b = append(b, "null"...)
	} else {
		b = strconv.AppendInt(b, int64(r.Actual), 10)
	}
	b = strconv.AppendInt(append(b, `,"throttleStatus":{"maximumAvailable":`...), int64(r.Maximum), 10)
	b = strconv.AppendInt(append(b, `,"currentlyAvailable":`...), int64(r.Available), 10)
	b = strconv.AppendInt(append(b, `,"restoreRate":`...), int64(r.Restore), 10)
	return append(b, "}}"...)
}

// MarshalJSON is AppendJSON for whoever marshals a whole response.
func (r *CostReport) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil), nil }

func present(err error) *gqlerror.Error { return &gqlerror.Error{Err: err, Message: err.Error()} }
