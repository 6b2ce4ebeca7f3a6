package speed

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
)

// How often a question is asked: at least so often, and until so much time went by.
const (
	atLeast = 5
	spent   = 300 * time.Millisecond
)

// BenchmarkPages asks every question of the application as a page does when it
// opens, and lists once in each of their orders. cpu-ms is the processor time of
// server and Postgres for one answer, wall-ms the middle of the waits, first-ms
// the first wait, with nothing at hand. Nothing of it should reach 100 ms.
func BenchmarkPages(b *testing.B) {
	m := open(b)
	known := m.known(b)
	questions, schema := documents(b)
	for _, q := range questions {
		v, missing := variables(q, schema)
		b.Run(q.name, func(b *testing.B) {
			if missing != "" {
				b.Skip(aside[q.name])
			}
			for _, order := range orders(q, schema) {
				b.Run(order, func(b *testing.B) {
					m.measure(b, q, in(order, q, v), known)
				})
			}
		})
	}
}

// orders are the orders of a list, by name; of what is none the only one.
func orders(q question, schema *ast.Schema) []string {
	d := q.VariableDefinitions.ForName("sort")
	if d == nil {
		return []string{"as it opens"}
	}
	var names []string
	for _, value := range schema.Types[d.Type.Name()].EnumValues {
		names = append(names, value.Name)
	}
	return names
}

// in are the variables of a list in one of its orders.
func in(order string, q question, v values) values {
	if !q.has("sort") {
		return v
	}
	v = maps.Clone(v)
	v["sort"] = order
	return v
}

// measure asks one question again and again.
func (m *merchant) measure(b *testing.B, q question, v values, known map[string]string) {
	b.Helper()
	filled, lacking := fill(v, known)
	if lacking != "" {
		b.Skip("the merchant has no ", lacking[1:])
	}
	v, _ = filled.(values) // it was one
	for b.Loop() {
		first := m.wait(b, q, v)
		var waits []time.Duration
		cpu := m.cost(b, func() int {
			for begun := time.Now(); len(waits) < atLeast || time.Since(begun) < spent; {
				waits = append(waits, m.wait(b, q, v))
			}
			return len(waits)
		})
		if m.meter != nil {
			b.ReportMetric(milliseconds(cpu), "cpu-ms")
		}
		b.ReportMetric(milliseconds(middle(waits)), "wall-ms")
		b.ReportMetric(milliseconds(first), "first-ms")
	}
	b.ReportMetric(0, "ns/op") // of the whole, which says nothing
}

// wait asks once.
func (m *merchant) wait(b *testing.B, q question, v values) time.Duration {
	b.Helper()
	begun := time.Now()
	if _, err := m.ask(q, v); err != nil {
		b.Fatal(err)
	}
	return time.Since(begun)
}

// cost is the processor time of one of the times that something is done.
func (m *merchant) cost(b *testing.B, do func() (times int)) time.Duration {
	b.Helper()
	if m.meter == nil {
		do()
		return 0
	}
	before, err := m.meter.used()
	if err != nil {
		b.Fatal(err)
	}
	times := do()
	after, err := m.meter.used()
	if err != nil {
		b.Fatal(err)
	}
	return (after - before) / time.Duration(times)
}

// middle is the median.
func middle(waits []time.Duration) time.Duration {
	slices.Sort(waits)
	return waits[len(waits)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
