package graph

import (
	"encoding/base64"
	"encoding/json"
	"slices"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/graph/model"
	"github.com/meguri-crm/meguri/graph/operation"
)

// page is where a connection begins and how much of it is asked for. K is the
// key of the list's order: what the last row of a page is told by, e.g. an id,
// or an instant with an id.
type page[K any] struct {
	Limit int // rows to read: one more than asked for, which tells whether more follows
	After *K  // the row after which the page begins; nil: from the start
	sort  string
	// Back says that the page ends before After and is read in the other direction.
	Back bool
}

// cursor is what stands in an opaque cursor. The sort belongs to it, so that a
// cursor of one order is not taken for a place in another.
type cursor[K any] struct {
	Sort string `json:"s"`
	Key  K      `json:"k"`
}

// newPage reads the arguments of a connection. sort names the list and its
// order, e.g. "auditLog:id:DESC".
// Errors: fault.Invalid with code PAGE_SIZE or INVALID_CURSOR.
func newPage[K any](sort string, first int, after *string) (page[K], error) {
	if first < 0 || first > operation.DefaultLimits.PageSize {
		return page[K]{}, fault.New(fault.Invalid, "first is between 0 and %d", operation.DefaultLimits.PageSize).
			WithCode("PAGE_SIZE").At("first").With("max", operation.DefaultLimits.PageSize)
	}
	p := page[K]{Limit: first + 1, sort: sort}
	if after == nil || *after == "" {
		return p, nil
	}
	var c cursor[K]
	raw, err := base64.RawURLEncoding.Strict().DecodeString(*after)
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil || c.Sort != sort {
		return page[K]{}, fault.New(fault.Invalid, "this cursor is not one of this list in this order; begin again without it").
			WithCode("INVALID_CURSOR").At("after")
	}
	p.After = &c.Key
	return p, nil
}

// newPageAround is newPage for a list that can be turned back: before is where
// the page ends. Errors: as newPage; fault.Invalid for both ends at once.
func newPageAround[K any](sort string, first int, after, before *string) (page[K], error) {
	if before == nil || *before == "" {
		return newPage[K](sort, first, after)
	}
	if after != nil && *after != "" {
		return page[K]{}, fault.New(fault.Invalid, "give after or before, not both").WithCode("INVALID_CURSOR").At("before")
	}
	p, err := newPage[K](sort, first, before)
	p.Back = true
	return p, err
}

// cut drops the row too many from what was read with Limit, and describes the
// page. cursors are those of the rows that stay.
func cut[K, R any](p page[K], rows []R, key func(R) K) (kept []R, cursors []string, info *model.PageInfo) {
	more := len(rows) == p.Limit
	info = &model.PageInfo{HasNextPage: more, HasPreviousPage: p.After != nil}
	kept = rows[:min(len(rows), p.Limit-1)]
	if p.Back {
		info.HasNextPage, info.HasPreviousPage = true, more
		slices.Reverse(kept)
	}
	cursors = make([]string, len(kept))
	for i, row := range kept {
		cursors[i] = p.cursor(key(row))
	}
	if len(cursors) > 0 {
		info.StartCursor, info.EndCursor = &cursors[0], &cursors[len(cursors)-1]
	}
	return kept, cursors, info
}

func (p page[K]) cursor(key K) string {
	raw, err := json.Marshal(cursor[K]{Sort: p.sort, Key: key})
	if err != nil {
		panic(err) // a key type that JSON cannot hold is a mistake in the program
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// directionOf names the direction of a list in its cursors.
func directionOf(descending bool) string {
	if descending {
		return string(model.SortDirectionDesc)
	}
	return string(model.SortDirectionAsc)
}
