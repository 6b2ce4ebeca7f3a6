package model

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/docs"
)

// fieldsOf are the fields of an input of the API, those within it at their path.
func fieldsOf(t reflect.Type, path string) (names []string) {
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names = append(names, path+name)
		of := t.Field(i).Type
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if strings.HasSuffix(of.Name(), "Input") {
			names = append(names, fieldsOf(of, path+name+".")...)
		}
	}
	return names
}

// TestOrdersJSONLIsWhatTheAPITakes: the page names every field of upsertOrders
// and no other, and its example says in a file what it says in a call.
func TestOrdersJSONLIsWhatTheAPITakes(t *testing.T) {
	fields := fieldsOf(reflect.TypeFor[UpsertOrderInput](), "")
	if len(fields) < 30 {
		t.Fatalf("only %d fields found", len(fields))
	}
	var told []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]+) \\|").FindAllStringSubmatch(string(docs.Orders.English), -1) {
		for _, name := range strings.Split(row[1], ", ") {
			told = append(told, strings.Trim(name, "`"))
		}
	}
	slices.Sort(fields)
	slices.Sort(told)
	if !slices.Equal(fields, told) {
		t.Errorf("the page names %q, the API %q", told, fields)
	}

	dec, err := mall.OrderLines{}.BindTable([]string{mall.OrderLine})
	if err != nil {
		t.Fatal(err)
	}
	every := map[string]any{}
	for _, f := range fields {
		into, path := every, strings.Split(f, ".")
		for _, name := range path[:len(path)-1] {
			if _, ok := into[name].(map[string]any); !ok {
				into[name] = map[string]any{}
			}
			into = into[name].(map[string]any)
		}
		into[path[len(path)-1]] = nil
	}
	every["lines"] = []any{every["lines"]}
	line, err := json.Marshal(every)
	if err != nil {
		t.Fatal(err)
	}
	row, err := dec.Row([]string{string(line)})
	if err != nil || len(row.Order.Unread) != 1 || row.Order.Unread[0].Code != mall.Required || row.Order.Unread[0].Column != "lines.0.unitPrice" {
		t.Errorf("not every field is known: %v, %v", row.Order, err)
	}

	example := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatch(docs.Orders.English)[1]
	row, err = dec.Row([]string{string(example)})
	if err != nil {
		t.Fatal(err)
	}
	var in UpsertOrderInput
	if err := json.Unmarshal(example, &in); err != nil {
		t.Fatal(err)
	}
	for i := range in.Lines { // the API's defaults, which are not JSON's
		if in.Lines[i].Quantity == 0 {
			in.Lines[i].Quantity = 1
		}
	}
	call, err := in.telling()
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []**time.Time{&call.OrderedAt, &call.ShippedAt} {
		utc := (*at).UTC()
		*at = &utc
	}
	if !reflect.DeepEqual(*row.Order, call) {
		t.Errorf("the file says %+v, the call %+v", *row.Order, call)
	}
}
