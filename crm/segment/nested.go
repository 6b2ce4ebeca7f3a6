package segment

import (
	"encoding/json"
	"slices"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Named is a saved segment that other rules may name.
type Named struct {
	ID   string // as rules write it
	Name string
	Rule json.RawMessage
	// Fixed is the row of a segment whose people were chosen by hand; 0: it has a rule.
	Fixed int64
}

func segmentChoices(saved []Named) []Choice {
	list := make([]Choice, len(saved))
	for i, s := range saved {
		list[i] = Choice{s.ID, Words{s.Name, s.Name}}
	}
	return list
}

// segments reads the rules of the segments that a condition names. They are
// taken as they are now, not as membership was last computed, so that a rule
// always means what its sentence says.
func (p *parser) segments(c *Condition, path string) {
	for _, id := range c.Texts {
		at := slices.IndexFunc(p.catalog.merchant.Segments, func(s Named) bool { return s.ID == id })
		if at < 0 {
			continue // reported as an unknown value
		}
		if row := p.catalog.merchant.Segments[at].Fixed; row != 0 {
			c.named = append(c.named, &Node{Condition: &Condition{Numbers: []int64{row}, field: picked}})
			continue
		}
		if slices.Contains(p.within, id) {
			p.report(path, "SEGMENT_CYCLE", "this segment is defined by the one that names it")
			return
		}
		inner := &parser{catalog: p.catalog, most: MaxNodes, all: p.all, within: append(slices.Clone(p.within), id)}
		root := inner.node(p.catalog.merchant.Segments[at].Rule, "", 1)
		switch {
		case *p.all > MaxAll:
			p.report(path, "RULE_TOO_LARGE", "with the segments it names a rule has at most %d groups and conditions", MaxAll)
			return
		case slices.ContainsFunc(inner.problems, isCycle):
			p.report(path, "SEGMENT_CYCLE", "this segment is defined by the one that names it")
			return
		case len(inner.problems) > 0:
			p.report(path, "SEGMENT_INVALID", "the rule of this segment cannot be used any more")
			return
		}
		c.named = append(c.named, root)
	}
}

// picked is being in a fixed segment. It is no field of the catalog: rules name
// the segment.
var picked = &Field{sql: func(b *builder, c *Condition) predicate {
	return predicate{exists: true, sql: "SELECT 1 FROM segment_picks AS t WHERE t.customer_id = c.id AND t.segment_id = " + b.arg(c.Numbers[0])}
}}

// segments is the rules a condition names in place of the condition.
func (b *builder) segments(c *Condition, at place) string {
	parts := &Node{Any: c.named}
	if c.Op == AllOf {
		parts = &Node{All: c.named}
	}
	at.negated = at.negated != (c.Op == NoneOf)
	return b.node(parts, at)
}

// names reports whether the rule under a node names a segment.
func (n *Node) names(id string) bool {
	switch {
	case n.Not != nil:
		return n.Not.names(id)
	case n.Condition != nil:
		return n.Condition.Field == segmentField && slices.Contains(n.Condition.Texts, id)
	}
	return slices.ContainsFunc(n.children(), func(child *Node) bool { return child.names(id) })
}

func isCycle(f *fault.Error) bool { return f.Code == "SEGMENT_CYCLE" }
