package mall

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// decodeLine reads one object and nothing beside it. What the format does not
// know is refused: a mistyped name would otherwise lose its value silently.
func decodeLine(text string, into any) error {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, more := dec.Token(); !errors.Is(more, io.EOF) {
		return &Problem{Code: BadJSON, Column: WholeLine}
	}
	return nil
}

// RecordErrors are all that is wrong with one record.
type RecordErrors []*Problem

func (p RecordErrors) Error() string { return p[0].Error() }

// Unwrap lets the first be found.
func (p RecordErrors) Unwrap() error { return p[0] }

// Cover tells whether one of them is at a field, or at what the field is part of.
func (p RecordErrors) Cover(field string) bool {
	return slices.ContainsFunc(p, func(at *Problem) bool { return at.Column == field || strings.HasPrefix(field, at.Column+".") })
}

// misfits are all values of a line that decodeLine could not read, each at its
// path (lines.0.sku); of what is no JSON the line as a whole. The others it reads.
func misfits(text string, into any, line string) RecordErrors {
	var wrong RecordErrors
	if json.Valid([]byte(text)) {
		wrong = misfitsAt("", json.RawMessage(text), reflect.ValueOf(into).Elem())
	}
	switch {
	case len(wrong) == 0:
		return RecordErrors{{Code: BadJSON, Column: line}}
	case wrong[0].Column == "":
		wrong[0].Column = line
	}
	return wrong[:min(len(wrong), maxFaults)]
}

func misfitsAt(path string, value json.RawMessage, into reflect.Value) (wrong RecordErrors) {
	if string(value) == "null" {
		return nil
	}
	if into.Kind() == reflect.Pointer {
		to := reflect.New(into.Type().Elem())
		if wrong = misfitsAt(path, value, to.Elem()); len(wrong) == 0 {
			into.Set(to)
		}
		return wrong
	}
	switch {
	case into.Kind() == reflect.Slice:
		var items []json.RawMessage
		if json.Unmarshal(value, &items) != nil {
			return RecordErrors{misfit(path, into.Type())}
		}
		into.Set(reflect.MakeSlice(into.Type(), len(items), len(items)))
		for i := 0; i < len(items) && len(wrong) < maxFaults; i++ {
			wrong = append(wrong, misfitsAt(path+"."+strconv.Itoa(i), items[i], into.Index(i))...)
		}
	case into.Kind() == reflect.Struct && into.Type() != reflect.TypeFor[time.Time]():
		var fields map[string]json.RawMessage
		if json.Unmarshal(value, &fields) != nil {
			return RecordErrors{misfit(path, into.Type())}
		}
		return misfitsOf(path, fields, into)
	case json.Unmarshal(value, into.Addr().Interface()) != nil:
		return RecordErrors{misfit(path, into.Type())}
	}
	return wrong
}

// misfitsOf are those of an object.
func misfitsOf(path string, fields map[string]json.RawMessage, into reflect.Value) (wrong RecordErrors) {
	if path != "" {
		path += "."
	}
	known := map[string]int{}
	for i := range into.NumField() {
		known[strings.ToLower(into.Type().Field(i).Tag.Get("json"))] = i
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		i, ok := known[strings.ToLower(name)] // capitals do not matter to encoding/json
		if !ok {
			wrong = append(wrong, &Problem{Code: UnknownField, Column: path + shortened(name)})
			continue
		}
		wrong = append(wrong, misfitsAt(path+into.Type().Field(i).Tag.Get("json"), fields[name], into.Field(i))...)
	}
	return wrong
}

// misfit says that a value is not of its type, and how one looks that is.
func misfit(path string, to reflect.Type) *Problem {
	if to == reflect.TypeFor[time.Time]() {
		return &Problem{Code: BadDate, Column: path, Detail: "an instant such as 2026-11-21T10:00:00+09:00"}
	}
	return &Problem{Code: BadValue, Column: path, Detail: fitting[to.Kind()]}
}

var fitting = map[reflect.Kind]string{
	reflect.String: `"…"`, reflect.Int64: "1200", reflect.Int: "1000", reflect.Bool: "true, false", reflect.Slice: "[…]", reflect.Struct: "{…}",
}

// maxName is how many letters of a field that is not known are told.
const maxName = 60

func shortened(name string) string {
	if letters := []rune(name); len(letters) > maxName {
		return string(letters[:maxName]) + "…"
	}
	return name
}
