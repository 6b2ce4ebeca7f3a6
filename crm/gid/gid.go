// Package gid makes and reads the ids that leave the program.
//
// It owns their form: base64url of "Type:42". An id names its type, so that
// node(id) can be answered and an id of one type is never taken for another;
// clients must treat it as opaque. The package promises that Decode accepts
// exactly what Encode makes. What a type is, and whether a row exists, is left
// to the callers.
package gid

import (
	"cmp"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
)

// maxLen bounds what is decoded: the longest type name and the longest int64.
const maxLen = 96

// Encode is the id of the row id of a type, e.g. Encode("Customer", 42).
func Encode(kind string, id int64) string {
	raw := make([]byte, 0, len(kind)+20)
	raw = append(raw, kind...)
	raw = append(raw, ':')
	raw = strconv.AppendInt(raw, id, 10)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// Kind is the type that an id names, or "" for what is no id. Whether the rest
// of it makes sense is asked by Decode.
func Kind(id string) string {
	if len(id) > maxLen {
		return ""
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(id)
	kind, _, ok := strings.Cut(string(raw), ":")
	if err != nil || !ok {
		return ""
	}
	return kind
}

// NoIDError is the cause of every INVALID_ID of this package, by which the edge
// finds the field that it was given in. It does not tell the id: it may be
// anything.
type NoIDError struct{ Kind, ID string }

func (e *NoIDError) Error() string { return "no id of " + cmp.Or(e.Kind, "anything") }

// Parse is the type and row id behind an id.
// Errors: fault.Invalid with code INVALID_ID for anything Encode does not make.
func Parse(id string) (kind string, row int64, err error) {
	if len(id) > maxLen {
		return "", 0, invalid("", id)
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(id)
	if err != nil {
		return "", 0, invalid("", id)
	}
	kind, digits, ok := strings.Cut(string(raw), ":")
	if !ok || kind == "" {
		return "", 0, invalid("", id)
	}
	row, err = strconv.ParseInt(digits, 10, 64)
	if err != nil || row <= 0 || strconv.FormatInt(row, 10) != digits {
		return "", 0, invalid("", id)
	}
	return kind, row, nil
}

// Decode is the row id behind an id that must be of type kind.
// Errors: fault.Invalid with code INVALID_ID when it is no id or one of another type.
func Decode(kind, id string) (int64, error) {
	got, row, err := Parse(id)
	if err != nil || got != kind {
		return 0, invalid(kind, id)
	}
	return row, nil
}

// DecodeAll is Decode over a list; the fault names the place of the first wrong one.
func DecodeAll(kind string, ids []string) ([]int64, error) {
	rows := make([]int64, len(ids))
	for i, id := range ids {
		row, err := Decode(kind, id)
		if err != nil {
			return nil, invalid(kind, id).At(strconv.Itoa(i))
		}
		rows[i] = row
	}
	return rows, nil
}

func invalid(kind, id string) *fault.Error {
	f := fault.Wrap(fault.Invalid, &NoIDError{Kind: kind, ID: id}, "this is not a valid id").WithCode("INVALID_ID")
	if kind != "" {
		f = f.With("expected", kind)
	}
	return f
}

// EncodePair is the id of a row that is keyed by its customer first (orders,
// messages, lots): base64url of "Type:customer.id".
func EncodePair(kind string, customerID, id int64) string {
	raw := kind + ":" + strconv.FormatInt(customerID, 10) + "." + strconv.FormatInt(id, 10)
	return base64.RawURLEncoding.EncodeToString([]byte(raw))
}

// DecodePair is the customer and row id behind an id made by EncodePair.
// Errors: fault.Invalid with code INVALID_ID when it is no such id or one of another type.
func DecodePair(kind, id string) (customerID, row int64, err error) {
	if len(id) > maxLen {
		return 0, 0, invalid(kind, id)
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(id)
	if err != nil {
		return 0, 0, invalid(kind, id)
	}
	got, pair, ok := strings.Cut(string(raw), ":")
	first, second, both := strings.Cut(pair, ".")
	if !ok || !both || got != kind {
		return 0, 0, invalid(kind, id)
	}
	customerID, err1 := strconv.ParseInt(first, 10, 64)
	row, err2 := strconv.ParseInt(second, 10, 64)
	if err1 != nil || err2 != nil || customerID <= 0 || row <= 0 || EncodePair(kind, customerID, row) != id {
		return 0, 0, invalid(kind, id)
	}
	return customerID, row, nil
}
