package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Change is one field of what an entry records.
type Change struct {
	Key    string
	Label  Words
	Before *Words // nil where only the new value was recorded
	After  Words
}

// Reader is what a detail is read with: what the things it names are called, as
// far as the reader may know, and in which zone he counts days.
type Reader struct {
	Names map[Ref]string
	Zone  *time.Location
}

// Changes reads the detail of an entry, its fields in alphabetical order. What
// only programs can use is left out, and so is what names nothing.
func (r Reader) Changes(detail json.RawMessage) []Change {
	var fields map[string]json.RawMessage
	if json.Unmarshal(detail, &fields) != nil {
		return nil
	}
	flat := map[string]json.RawMessage{}
	spread("", fields, flat)
	changes := make([]Change, 0, len(flat))
	for _, key := range slices.Sorted(maps.Keys(flat)) {
		c := Change{Key: key, Label: keyWords(key)}
		if before, after, ok := pair(flat[key]); ok {
			was := r.words(key, before)
			c.Before, c.After = &was, r.words(key, after)
		} else {
			c.After = r.words(key, flat[key])
		}
		if hidden[key] || c.Before == nil && names[refKinds[key]] != "" && isNothing(flat[key]) {
			continue
		}
		changes = append(changes, c)
	}
	return changes
}

// Refs are the things that a detail names by number.
func Refs(detail json.RawMessage) (refs []Ref) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(detail, &fields) != nil {
		return nil
	}
	flat := map[string]json.RawMessage{}
	spread("", fields, flat)
	for key, raw := range flat {
		kind := refKinds[lastOf(key)]
		before, after, ok := pair(raw)
		if !ok {
			before, after = nil, raw
		}
		for _, value := range []json.RawMessage{before, after} {
			for _, id := range numbers(value) {
				if kind != "" && id != 0 {
					refs = append(refs, Ref{kind, id})
				}
			}
		}
	}
	return refs
}

// spread lays parts of fields out by their path.
func spread(under string, fields, into map[string]json.RawMessage) {
	for key, raw := range fields {
		var parts map[string]json.RawMessage
		_, _, isPair := pair(raw)
		if !isPair && json.Unmarshal(raw, &parts) == nil && parts != nil && parts["ja"] == nil {
			spread(under+key+".", parts, into)
		} else {
			into[under+key] = raw
		}
	}
}

// pair is a value that was one and became another.
func pair(raw json.RawMessage) (before, after json.RawMessage, ok bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || len(fields) != 2 || fields["before"] == nil || fields["after"] == nil {
		return nil, nil, false
	}
	return fields["before"], fields["after"], true
}

// numbers are the rows that a value names, one or several.
func numbers(raw json.RawMessage) (ids []int64) {
	var one int64
	if json.Unmarshal(raw, &one) == nil {
		return []int64{one}
	}
	if json.Unmarshal(raw, &ids) != nil {
		return nil
	}
	return ids
}

// isNothing reports whether a value names no row.
func isNothing(raw json.RawMessage) bool {
	return slices.Contains([]string{"null", "0", "[]"}, string(raw))
}

// keyWords is the field of a detail in words, part by part where it has parts;
// the field itself where it has none.
func keyWords(key string) Words {
	if w, ok := keys[key]; ok {
		return w
	}
	first, rest, divided := strings.Cut(key, ".")
	if w, ok := values[key]; ok && !divided {
		return w // a field for each mall, say
	}
	if !divided {
		return Words{key, key}
	}
	a, b := keyWords(first), keyWords(rest)
	return Words{a.JA + " · " + b.JA, a.EN + " · " + b.EN}
}

// lastOf is the last part of a key, which says what its value is.
func lastOf(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }

// words is a value in words where it is one of a few, a name where it is a
// number of a thing, else as it stands.
func (r Reader) words(key string, raw json.RawMessage) Words {
	field := lastOf(key)
	if kind := refKinds[field]; kind != "" && numbers(raw) != nil {
		return r.called(kind, numbers(raw))
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return same(string(raw))
	}
	return r.say(field, value)
}

func (r Reader) say(field string, value any) Words {
	switch v := value.(type) {
	case nil:
		return Words{"なし", "none"}
	case bool:
		if v {
			return Words{"はい", "yes"}
		}
		return Words{"いいえ", "no"}
	case json.Number:
		if form := forms[field]; form != nil {
			n, _ := v.Int64()
			return form(n)
		}
		if rows[field] {
			return same(v.String())
		}
		return same(grouped(v.String()))
	case string:
		return r.text(field, v)
	case []any:
		return r.list(field, v)
	case map[string]any:
		ja, _ := v["ja"].(string)
		en, _ := v["en"].(string)
		return Words{ja, en}
	}
	return same(fmt.Sprint(value))
}

func (r Reader) list(field string, items []any) Words {
	if len(items) == 0 {
		return Words{"なし", "none"}
	}
	ja, en := make([]string, len(items)), make([]string, len(items))
	for i, item := range items {
		w := r.say(field, item)
		ja[i], en[i] = w.JA, w.EN
	}
	return Words{strings.Join(ja, "、"), strings.Join(en, ", ")}
}

func (r Reader) text(field, text string) Words {
	if w, ok := values[field+"="+text]; ok {
		return w
	}
	if w, ok := values[text]; ok {
		return w
	}
	if text == "" {
		return Words{"なし", "none"}
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil && r.Zone != nil {
		return same(at.In(r.Zone).Format("2006/01/02 15:04"))
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return same(day.Format("2006/01/02"))
	}
	return same(text)
}

// called is what things are called; by their number where they have no name.
func (r Reader) called(kind string, ids []int64) Words {
	var list []string
	for _, id := range ids {
		if id != 0 {
			list = append(list, numberOr(r.Names[Ref{kind, id}], id, true))
		}
	}
	if len(list) == 0 {
		return Words{"なし", "none"}
	}
	return Words{strings.Join(list, "、"), strings.Join(list, ", ")}
}

func same(text string) Words { return Words{text, text} }

// grouped puts a comma between the thousands of a whole number.
func grouped(number string) string {
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || -1000 < n && n < 1000 {
		return number
	}
	tail := strconv.FormatInt(n%1000, 10)
	tail = strings.TrimPrefix(tail, "-")
	return grouped(strconv.FormatInt(n/1000, 10)) + "," + strings.Repeat("0", 3-len(tail)) + tail
}
