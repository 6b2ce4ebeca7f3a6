package speed

import (
	"encoding/json"
	"errors"
	"maps"
	"testing"
	"time"
)

// A list is walked in its largest pages for so many rows at most, and asked for
// so many pages of the usual size at both ends. Of a list that ends before two
// of those far ends would fit there is nothing to tell.
const (
	depth     = 25_000
	largest   = 100
	pages     = 12
	usualPage = 50
)

// BenchmarkDepth asks every list that goes on for its first pages and for pages
// far behind. ratio is what a late page costs beside an early one, in processor
// time where that can be had; a list that is found by its place, and not counted
// off, stays near 1. rows is how far behind the late pages are.
func BenchmarkDepth(b *testing.B) {
	m := open(b)
	known := m.known(b)
	questions, schema := documents(b)
	for _, q := range questions {
		if !q.has("after") || !q.has("first") || q.member { // of one person there is never so much
			continue
		}
		v, missing := variables(q, schema)
		b.Run(q.name, func(b *testing.B) {
			filled, lacking := fill(v, known)
			if lacking += missing; lacking != "" {
				b.Skip("the merchant has no ", lacking)
			}
			all, _ := filled.(values) // it was one
			for _, order := range orders(q, schema) {
				b.Run(order, func(b *testing.B) { m.descend(b, q, in(order, q, unfiltered(all))) })
			}
		})
	}
}

// unfiltered are the variables without what is searched for.
func unfiltered(v values) values {
	v = maps.Clone(v)
	if v["search"] != nil {
		v["search"] = ""
	}
	return v
}

// descend compares both ends of a list.
func (m *merchant) descend(b *testing.B, q question, v values) {
	b.Helper()
	for b.Loop() {
		far, rows := m.walk(b, q, v)
		if rows < 2*pages*usualPage {
			b.Skipf("the list has %d rows", rows)
		}
		m.page(b, q, v, "") // whatever the first question of all has to make
		var early, late []time.Duration
		first := m.cost(b, func() int { early = m.turn(b, q, v, ""); return pages })
		last := m.cost(b, func() int { late = m.turn(b, q, v, far); return pages })
		if m.meter == nil {
			first, last = middle(early), middle(late)
		} else {
			b.ReportMetric(milliseconds(first), "early-cpu-ms")
			b.ReportMetric(milliseconds(last), "late-cpu-ms")
		}
		b.ReportMetric(float64(last)/float64(first), "ratio")
		b.ReportMetric(float64(rows), "rows")
	}
	b.ReportMetric(0, "ns/op") // of the whole, which says nothing
}

// walk goes down a list in pages as large as may be asked for, to where some
// usual pages are left.
func (m *merchant) walk(b *testing.B, q question, v values) (cursor string, rows int) {
	b.Helper()
	v = maps.Clone(v)
	size := m.largestPage(b, q, v)
	v["first"] = size
	var behind []string
	for rows < depth {
		after := ""
		if len(behind) > 0 {
			after = behind[len(behind)-1]
		}
		end, more := m.page(b, q, v, after)
		if !more {
			break
		}
		behind, rows = append(behind, end), rows+size
	}
	left := pages*usualPage/size + 1
	if len(behind) <= left {
		return "", rows
	}
	return behind[len(behind)-left], rows - left*size
}

// largestPage is how many rows of a list may be asked for at once.
func (m *merchant) largestPage(b *testing.B, q question, v values) int {
	b.Helper()
	for size := largest; ; size /= 2 {
		v["first"] = size
		if _, err := m.ask(q, v); !errors.Is(err, errTooMuch) || size == 1 {
			return size
		}
	}
}

// turn asks for some pages of a list from a place on.
func (m *merchant) turn(b *testing.B, q question, v values, cursor string) []time.Duration {
	b.Helper()
	waits := make([]time.Duration, 0, pages)
	for range pages {
		begun := time.Now()
		cursor, _ = m.page(b, q, v, cursor)
		waits = append(waits, time.Since(begun))
	}
	return waits
}

// page asks for one page of a list and tells where it ends.
func (m *merchant) page(b *testing.B, q question, v values, after string) (end string, more bool) {
	b.Helper()
	v = maps.Clone(v)
	if after != "" {
		v["after"] = after
	}
	data, err := m.ask(q, v)
	if err != nil {
		b.Fatal(err)
	}
	var answer any
	if err := json.Unmarshal(data, &answer); err != nil {
		b.Fatal(err)
	}
	info := pageInfo(answer)
	if info == nil {
		b.Fatal(q.name, " has no pageInfo")
	}
	end, _ = info["endCursor"].(string) // null after the last
	more, _ = info["hasNextPage"].(bool)
	return end, more
}

// pageInfo is the first one in an answer; a question has one list that goes on.
func pageInfo(answer any) map[string]any {
	switch answer := answer.(type) {
	case map[string]any:
		if info, ok := answer["pageInfo"].(map[string]any); ok {
			return info
		}
		for _, inner := range answer {
			if info := pageInfo(inner); info != nil {
				return info
			}
		}
	case []any:
		for _, inner := range answer {
			if info := pageInfo(inner); info != nil {
				return info
			}
		}
	}
	return nil
}
