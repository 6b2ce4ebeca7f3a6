package segment_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/segment"
)

func TestParseNamesTheNode(t *testing.T) {
	for _, tc := range []struct{ rule, want string }{
		{`"all"`, ": RULE_MALFORMED"},
		{`{"all":[],"any":[]}`, ": RULE_MALFORMED"},
		{`{"all":{}}`, "all: RULE_MALFORMED"},
		{`{"any":[]}`, "any: RULE_GROUP_EMPTY"},
		{`{"all":[{"any":[]}]}`, "all.0.any: RULE_GROUP_EMPTY"},
		{`{"not":3}`, "not: RULE_MALFORMED"},
		{`{"op":"gte","value":1}`, "field: FIELD_REQUIRED"},
		{`{"all":[{"field":"shoe_size","op":"gte","value":1}]}`, "all.0.field: FIELD_UNKNOWN"},
		{`{"field":"orders","op":"any_of","value":[1]}`, "op: OPERATOR_UNKNOWN"},
		{`{"field":"orders","op":"gte","value":1,"vaule":2}`, ": RULE_MALFORMED"},
		{`{"field":"orders","op":"gte","value":"1"}`, "value: NUMBER_INVALID"},
		{`{"field":"orders","op":"gte","value":-1}`, "value: NUMBER_INVALID"},
		{`{"field":"orders","op":"gte","value":1.5}`, "value: NUMBER_INVALID"},
		{`{"field":"orders","op":"gte"}`, "value: NUMBER_INVALID"},
		{`{"field":"orders","op":"between","value":[3]}`, "value: VALUE_INVALID"},
		{`{"field":"orders","op":"between","value":[3,2]}`, "value: RANGE_REVERSED"},
		{`{"field":"net_sales","op":"gte","value":1000000000001}`, "value: NUMBER_INVALID"},
		{`{"field":"last_order","op":"within_days","value":3651}`, "value: DAYS_INVALID"},
		{`{"field":"last_order","op":"since","value":"2026-02-30"}`, "value: DATE_INVALID"},
		{`{"field":"last_order","op":"during","value":["2026-02-02","2026-02-01"]}`, "value: RANGE_REVERSED"},
		{`{"field":"malls","op":"any_of","value":["RAKUTEN","MARS"]}`, "value.1: VALUE_UNKNOWN"},
		{`{"field":"malls","op":"any_of","value":[]}`, "value: LIST_INVALID"},
		{`{"field":"sku","op":"any_of","value":["a\u0000"]}`, "value.0: VALUE_UNKNOWN"},
		{`{"field":"sku","op":"any_of","value":[null]}`, "value.0: VALUE_INVALID"},
		{`{"field":"member","op":"is","value":"yes"}`, "value: VALUE_INVALID"},
		{`{"field":"birth_month","op":"this_month","value":1}`, "value: VALUE_INVALID"},
		{`{"field":"stage","op":"any_of","value":["DIAMOND"]}`, "value.0: VALUE_UNKNOWN"},
		{`{"field":"member","op":"is","value":true,"mall":"RAKUTEN"}`, "mall: MALL_NOT_ALLOWED"},
		{`{"field":"orders","op":"gte","value":1,"mall":"MARS"}`, "mall: MALL_UNKNOWN"},
		{`{"field":"orders","op":"gte","value":1,"within_days":30}`, "within_days: PERIOD_NOT_ALLOWED"},
		{`{"field":"sku","op":"any_of","value":["A"],"within_days":-1}`, "within_days: DAYS_INVALID"},
		{`{"field":"orders","op":"gte","value":1,"skus":["A"]}`, "skus: PRODUCT_NOT_ALLOWED"},
		{`{"field":"viewed","op":"gte","value":1,"skus":"A"}`, "skus: LIST_INVALID"},
		{`{"field":"viewed","op":"gte","value":1,"categories":["",null]}`, "categories.0: VALUE_INVALID, categories.1: VALUE_INVALID"},
		{`{"field":"segment","op":"any_of","value":["nowhere"]}`, "value.0: VALUE_UNKNOWN"},
		{`{"field":"searched","op":"gte","value":1,"skus":["A"]}`, "skus: PRODUCT_NOT_ALLOWED"},
		{`{"all":[{"field":"orders","op":"gte","value":-1},{"not":{"field":"x"}}]}`, "all.0.value: NUMBER_INVALID, all.1.not.field: FIELD_UNKNOWN"},
	} {
		_, err := catalog().Parse(json.RawMessage(tc.rule))
		if got := describe(err); got != tc.want {
			t.Errorf("%s\n got %s\nwant %s", tc.rule, got, tc.want)
		}
	}
}

// describe lists each fault as "path: CODE".
func describe(err error) string {
	var list []string
	for _, e := range segment.Problems(err) {
		if e.Kind != fault.Invalid {
			return fmt.Sprintf("%s is %s", e.Field, e.Kind)
		}
		list = append(list, e.Field+": "+e.Code)
	}
	return strings.Join(list, ", ")
}

func TestParseLimits(t *testing.T) {
	condition := `{"field":"orders","op":"gte","value":1}`
	nested := func(groups int) string {
		return strings.Repeat(`{"not":`, groups) + condition + strings.Repeat(`}`, groups)
	}
	wide := func(n int) string {
		return `{"all":[` + strings.Join(slices.Repeat([]string{condition}, n), ",") + `]}`
	}
	values := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprintf("SKU-%d", i)
		}
		text, _ := json.Marshal(list)
		return `{"field":"sku","op":"any_of","value":` + string(text) + `}`
	}
	for name, tc := range map[string]struct{ fits, exceeds, want string }{
		"depth": {nested(segment.MaxDepth - 1), nested(segment.MaxDepth), "RULE_TOO_DEEP"},
		"nodes": {wide(segment.MaxNodes - 1), wide(segment.MaxNodes), "RULE_TOO_LARGE"},
		"list":  {values(segment.MaxList), values(segment.MaxList + 1), "LIST_INVALID"},
		"bytes": {condition, condition + strings.Repeat(" ", segment.MaxBytes), "RULE_TOO_LARGE"},
	} {
		if _, err := catalog().Parse(json.RawMessage(tc.fits)); err != nil {
			t.Errorf("%s: at the limit: %v", name, err)
		}
		_, err := catalog().Parse(json.RawMessage(tc.exceeds))
		var e *fault.Error
		if !errors.As(err, &e) || e.Code != tc.want {
			t.Errorf("%s: beyond the limit: %v", name, err)
		}
	}
}
