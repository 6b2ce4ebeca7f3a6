package segment

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Limits of a rule. They bound the SQL, its planning time and what a person
// can still read; what merchants build by hand stays far below.
const (
	MaxBytes = 64 << 10
	MaxDepth = 8   // groups within groups, the root is 1
	MaxNodes = 100 // groups and conditions together
	MaxList  = 200 // values of one condition
	MaxText  = 100 // characters of one free text
	MaxDays  = 3650
	// MaxAll is how many groups and conditions a rule has together with the
	// rules of the segments it names.
	MaxAll = 400
)

// Rule is a valid rule tree: every field, operator and value is known to the
// catalog that parsed it.
//
// In JSON a group is {"all": […]}, {"any": […]} or {"not": {…}}, a condition
// {"field": "orders", "op": "gte", "value": 2, "mall": "RAKUTEN"}. "mall"
// narrows fields that are PerMall, "within_days" those with a Period, "skus" and
// "categories" those about products, "events" those about sales; "as_of" asks of the end of a past day. The empty root {"all": []} is everybody.
type Rule struct{ root *Node }

// Root is the top of the tree.
func (r *Rule) Root() *Node { return r.root }

// Node is a group or a condition; exactly one of its parts is set.
type Node struct {
	All       []*Node
	Any       []*Node
	Not       *Node
	Condition *Condition
}

func (n *Node) children() []*Node {
	if n.Any != nil {
		return n.Any
	}
	return n.All
}

// everybody reports whether a node asks for nothing.
func (n *Node) everybody() bool { return n.Condition == nil && n.Not == nil && len(n.children()) == 0 }

// Condition is a leaf. Which of the values is set follows from the operator's
// shape and the field's type.
type Condition struct {
	Field   string
	Op      Operator
	Numbers []int64 // NUMBER, COUNT, NUMBER_RANGE, DAYS
	Dates   []Date  // DATE, DATE_RANGE
	Texts   []string
	Bool    bool
	Mall    string // empty: all malls
	Days    *int64 // nil: without a period
	// SKUs and Categories narrow to products; both empty: any.
	SKUs, Categories []string
	Events           []string // codes; none: all sales
	AsOf             *Date    // the day whose end is meant; nil: now

	field *Field
	named []*Node // the rules of the segments in Texts
}

// satisfiedByZero reports whether a figure of 0 meets the condition.
func (c *Condition) satisfiedByZero() bool { return c.satisfiedBy(0) }

// satisfiedBy reports whether a figure meets the condition.
func (c *Condition) satisfiedBy(figure int64) bool {
	switch c.Op {
	case AtLeast, CountLeast:
		return c.Numbers[0] <= figure
	case AtMost, CountAtMost:
		return c.Numbers[0] >= figure
	case Between:
		return c.Numbers[0] <= figure && c.Numbers[1] >= figure
	}
	return c.Numbers[0] == figure
}

// Date is a calendar day, without a zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Next is the day after.
func (d Date) Next() Date {
	y, m, day := time.Date(d.Year, d.Month, d.Day+1, 0, 0, 0, 0, time.UTC).Date()
	return Date{y, m, day}
}

func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

func (d Date) after(o Date) bool { return d.String() > o.String() }

// Parse reads and checks a rule. Its error is a *RuleError, with a stable code
// and the path of the node for every mistake, such as "all.0.not.value"; the
// root's path is empty.
func (c *Catalog) Parse(raw json.RawMessage) (*Rule, error) { return c.ParseFor("", raw) }

// ParseFor is Parse for the rule that a saved segment is about to get: it may
// not name that segment, neither itself nor through others.
func (c *Catalog) ParseFor(segmentID string, raw json.RawMessage) (*Rule, error) {
	p := &parser{catalog: c, most: MaxNodes, all: new(int)}
	if segmentID != "" {
		p.within = []string{segmentID}
	}
	if len(raw) > MaxBytes {
		p.report("", "RULE_TOO_LARGE", "a rule has at most %d bytes", MaxBytes)
		return nil, p.err()
	}
	root := p.node(raw, "", 1)
	if err := p.err(); err != nil {
		return nil, err
	}
	return &Rule{root: root}, nil
}

// parser walks the JSON once and keeps going after a mistake, so that a form
// can mark all of them.
type parser struct {
	catalog  *Catalog
	nodes    int
	most     int      // nodes of this rule
	all      *int     // nodes of this rule and of those it names
	within   []string // the segments whose rules are being read, the outermost first
	problems []*fault.Error
}

func (p *parser) report(path, code, message string, args ...any) {
	p.problems = append(p.problems, fault.New(fault.Invalid, message, args...).WithCode(code).At(path))
}

func (p *parser) err() error {
	if len(p.problems) == 0 {
		return nil
	}
	return &RuleError{p.problems}
}

func (p *parser) node(raw json.RawMessage, path string, depth int) *Node {
	if *p.all++; *p.all > MaxAll {
		return nil // reported where the segment is named
	}
	if p.nodes++; p.nodes > p.most {
		if p.nodes == p.most+1 {
			p.report(path, "RULE_TOO_LARGE", "a rule has at most %d groups and conditions", p.most)
		}
		return nil
	}
	if depth > MaxDepth {
		p.report(path, "RULE_TOO_DEEP", "groups nest at most %d deep", MaxDepth)
		return nil
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(raw, &keys); err != nil || keys == nil {
		p.report(path, "RULE_MALFORMED", "a group or a condition is expected")
		return nil
	}
	for _, group := range []string{"all", "any", "not"} {
		body, ok := keys[group]
		if !ok {
			continue
		}
		if len(keys) > 1 {
			p.report(path, "RULE_MALFORMED", "a group has no other key than %q", group)
			return nil
		}
		return p.group(group, body, join(path, group), depth)
	}
	return &Node{Condition: p.condition(keys, path)}
}

func (p *parser) group(kind string, body json.RawMessage, path string, depth int) *Node {
	if kind == "not" {
		return &Node{Not: p.node(body, path, depth+1)}
	}
	var members []json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil || members == nil {
		p.report(path, "RULE_MALFORMED", "a list of groups and conditions is expected")
		return nil
	}
	if everybody := kind == "all" && depth == 1; len(members) == 0 && !everybody {
		p.report(path, "RULE_GROUP_EMPTY", "a group needs at least one condition")
		return nil
	}
	children := make([]*Node, 0, len(members))
	for i, member := range members {
		children = append(children, p.node(member, fmt.Sprintf("%s.%d", path, i), depth+1))
		if p.nodes > p.most {
			return nil
		}
	}
	if kind == "any" {
		return &Node{Any: children}
	}
	return &Node{All: children}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// MarshalJSON writes the rule in its canonical form, which Parse reads back.
func (r *Rule) MarshalJSON() ([]byte, error) { return json.Marshal(r.root.document()) }

func (n *Node) document() map[string]any {
	switch {
	case n.Not != nil:
		return map[string]any{"not": n.Not.document()}
	case n.Condition != nil:
		return n.Condition.document()
	}
	list := make([]any, 0, len(n.children()))
	for _, child := range n.children() {
		list = append(list, child.document())
	}
	if n.Any != nil {
		return map[string]any{"any": list}
	}
	return map[string]any{"all": list}
}

// number is a number of the condition as the rule has it.
func (c *Condition) number(i int) json.RawMessage {
	return json.RawMessage(decimal(c.Numbers[i], c.field.Decimals))
}

func (c *Condition) document() map[string]any {
	doc := map[string]any{"field": c.Field, "op": c.Op}
	switch c.Op.Shape() {
	case ShapeNumber:
		doc["value"] = c.number(0)
	case ShapeCount, ShapeDays:
		doc["value"] = c.Numbers[0]
	case ShapeNumberRange:
		doc["value"] = []json.RawMessage{c.number(0), c.number(1)}
	case ShapeDate:
		doc["value"] = c.Dates[0].String()
	case ShapeDateRange:
		doc["value"] = []string{c.Dates[0].String(), c.Dates[1].String()}
	case ShapeList:
		doc["value"] = c.Texts
	case ShapeBoolean:
		doc["value"] = c.Bool
	case ShapeNone:
	}
	if c.Mall != "" {
		doc["mall"] = c.Mall
	}
	if c.Days != nil {
		doc["within_days"] = *c.Days
	}
	if c.AsOf != nil {
		doc["as_of"] = c.AsOf.String()
	}
	if len(c.SKUs) > 0 {
		doc["skus"] = c.SKUs
	}
	if len(c.Categories) > 0 {
		doc["categories"] = c.Categories
	}
	if len(c.Events) > 0 {
		doc["events"] = c.Events
	}
	return doc
}

// RuleError is what is wrong with a rule. It wraps one fault.Invalid for every
// mistake.
type RuleError struct{ Problems []*fault.Error }

func (e *RuleError) Error() string {
	return fmt.Sprintf("%d mistakes in the rule, the first at %q: %s", len(e.Problems), e.Problems[0].Field, e.Problems[0].Message)
}

// Unwrap lets errors.As find the first fault.
func (e *RuleError) Unwrap() []error {
	list := make([]error, len(e.Problems))
	for i, p := range e.Problems {
		list[i] = p
	}
	return list
}

// Problems are the mistakes when err is about a rule; otherwise there are none.
func Problems(err error) []*fault.Error {
	var e *RuleError
	if errors.As(err, &e) {
		return e.Problems
	}
	return nil
}
