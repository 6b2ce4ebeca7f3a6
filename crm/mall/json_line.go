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

// misfits are all values of a line that decodeLine could not read into a type,
// each at its path (lines.0.sku); of what is no JSON the line as a whole.
func misfits(text string, into any, line string) RecordErrors {
	var wrong RecordErrors
	if json.Valid([]byte(text)) {
		wrong = misfitsAt("", json.RawMessage(text), reflect.TypeOf(into))
	}
	switch {
	case len(wrong) == 0:
		return RecordErrors{{Code: BadJSON, Column: line}}
	case wrong[0].Column == "":
		wrong[0].Column = line
	}
	return wrong[:min(len(wrong), maxFaults)]
}

func misfitsAt(path string, value json.RawMessage, to reflect.Type) (wrong RecordErrors) {
	for to.Kind() == reflect.Pointer {
		to = to.Elem()
	}
	switch {
	case string(value) == "null":
		return nil
	case to.Kind() == reflect.Slice:
		var items []json.RawMessage
		if json.Unmarshal(value, &items) != nil {
			return RecordErrors{misfit(path, to)}
		}
		for i := 0; i < len(items) && len(wrong) < maxFaults; i++ {
			wrong = append(wrong, misfitsAt(path+"."+strconv.Itoa(i), items[i], to.Elem())...)
		}
	case to.Kind() == reflect.Struct && to != reflect.TypeFor[time.Time]():
		var fields map[string]json.RawMessage
		if json.Unmarshal(value, &fields) != nil {
			return RecordErrors{misfit(path, to)}
		}
		return misfitsOf(path, fields, to)
	case json.Unmarshal(value, reflect.New(to).Interface()) != nil:
		return RecordErrors{misfit(path, to)}
	}
	return wrong
}

// misfitsOf are those of an object.
func misfitsOf(path string, fields map[string]json.RawMessage, to reflect.Type) (wrong RecordErrors) {
	if path != "" {
		path += "."
	}
	known := map[string]reflect.StructField{}
	for i := range to.NumField() {
		known[strings.ToLower(to.Field(i).Tag.Get("json"))] = to.Field(i)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		f, ok := known[strings.ToLower(name)] // capitals do not matter to encoding/json
		if !ok {
			wrong = append(wrong, &Problem{Code: UnknownField, Column: path + shortened(name)})
			continue
		}
		wrong = append(wrong, misfitsAt(path+f.Tag.Get("json"), fields[name], f.Type)...)
	}
	return wrong
}

// misfit says that a value is not of its type, and how one looks that is.
func misfit(path string, to reflect.Type) *Problem {
	if to == reflect.TypeFor[time.Time]() {
		return &Problem{Code: BadDate, Column: path, Detail: "2026-11-21T10:00:00+09:00"}
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
