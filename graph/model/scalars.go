// Package model holds the types of the API: those that gqlgen generates from
// the contract, the scalars, the opaque ids, and the mappers New<Noun>(row) from
// database rows. It promises that no column reaches a client unless a mapper
// names it. It runs no queries.
package model

import (
	"encoding/json"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/crm/fault"
)

// MaxInt64 is the largest magnitude of an Int64: what every JSON reader gets exactly.
const MaxInt64 = 1<<53 - 1

// MarshalInt64 writes a 64-bit integer as a JSON number.
func MarshalInt64(v int64) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.FormatInt(v, 10)) })
}

// UnmarshalInt64 reads a JSON number, or a literal of the query, within ±MaxInt64.
func UnmarshalInt64(v any) (int64, error) {
	var n int64
	var err error
	switch v := v.(type) {
	case int64:
		n = v
	case int:
		n = int64(v)
	case json.Number:
		n, err = strconv.ParseInt(v.String(), 10, 64)
	default:
		return 0, notA("Int64", "a whole number")
	}
	if err != nil || n > MaxInt64 || n < -MaxInt64 {
		return 0, notA("Int64", "a whole number between -(2^53-1) and 2^53-1")
	}
	return n, nil
}

// MarshalDateTime writes an instant in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		b := make([]byte, 0, 32)
		b = append(b, '"')
		b = t.UTC().AppendFormat(b, time.RFC3339Nano)
		_, _ = w.Write(append(b, '"'))
	})
}

// UnmarshalDateTime reads an RFC 3339 instant of any zone.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, notA("DateTime", "a string")
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, notA("DateTime", "RFC 3339, e.g. 2026-11-21T05:04:05Z")
	}
	return t.UTC(), nil
}

// MarshalDate writes the day of t as it stands in t's own zone.
func MarshalDate(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, t.Format(`"2006-01-02"`)) })
}

// UnmarshalDate reads a day; it comes as midnight UTC, to be placed in the merchant's zone by its user.
func UnmarshalDate(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, notA("Date", "a string")
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, notA("Date", "YYYY-MM-DD")
	}
	return t, nil
}

// MarshalJSON writes a value that is JSON already.
func MarshalJSON(v json.RawMessage) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		if len(v) == 0 {
			v = json.RawMessage("null")
		}
		_, _ = w.Write(v)
	})
}

// UnmarshalJSON takes any value as JSON.
func UnmarshalJSON(v any) (json.RawMessage, error) { return json.Marshal(withEmptyLists(v)) }

// withEmptyLists makes empty lists of the nil ones that gqlparser reads from []
// in the text of a query, which would be written as null.
func withEmptyLists(v any) any {
	switch v := v.(type) {
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = withEmptyLists(item)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for name, item := range v {
			object[name] = withEmptyLists(item)
		}
		return object
	}
	return v
}

// notA is the fault of a value that its scalar cannot hold.
func notA(scalar, what string) error {
	return fault.New(fault.Invalid, "%s is %s", scalar, what)
}
