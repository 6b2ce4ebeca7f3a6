package check_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
)

type rate struct {
	Points int64 `field:"points" validate:"min=0,max=100"`
}

type input struct {
	Name     string          `field:"name" validate:"required,max=5" code:""`
	Email    string          `field:"email" validate:"required,email,printascii" code:"INVALID_EMAIL"`
	URL      string          `field:"url" validate:"omitempty,http_url"`
	Currency string          `field:"currency" validate:"iso4217"`
	Kind     string          `field:"kind" validate:"oneof=A B"`
	Days     int             `field:"pendingDays" validate:"min=0,max=365"`
	Rates    map[string]rate `field:"rates" validate:"dive"`
}

func TestStructNamesTheFirstBrokenField(t *testing.T) {
	good := input{Name: "日本茶の店", Email: "info@shop.example", Currency: "JPY", Kind: "A", Rates: map[string]rate{"JPY": {1}}}
	if err := check.Struct(good); err != nil {
		t.Fatalf("a good input: %v", err)
	}
	cases := map[string]struct {
		mutate      func(*input)
		field, code string
	}{
		"missing":             {func(i *input) { i.Name = "" }, "name", check.Required},
		"counted in runes":    {func(i *input) { i.Name = "日本茶の店舗" }, "name", check.TooLong},
		"own code":            {func(i *input) { i.Email = "" }, "email", check.BadEmail},
		"not a mail address":  {func(i *input) { i.Email = "info@" }, "email", check.BadEmail},
		"a mail beyond ASCII": {func(i *input) { i.Email = "情報@shop.example" }, "email", check.BadEmail},
		"script for address":  {func(i *input) { i.URL = "javascript:alert(1)" }, "url", check.BadURL},
		"currency":            {func(i *input) { i.Currency = "YEN" }, "currency", check.BadCurrency},
		"choice":              {func(i *input) { i.Kind = "C" }, "kind", check.Unknown},
		"below":               {func(i *input) { i.Days = -1 }, "pendingDays", check.OutOfRange},
		"within a map":        {func(i *input) { i.Rates = map[string]rate{"JPY": {101}} }, "rates[JPY].points", check.OutOfRange},
		"the first of two":    {func(i *input) { i.Kind, i.Currency = "C", "" }, "currency", check.BadCurrency},
	}
	for name, c := range cases {
		in := good
		c.mutate(&in)
		err := check.Struct(in)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != c.field || f.CodeOrKind() != c.code {
			t.Errorf("%s: %v, want fault.Invalid %s at %s", name, f, c.code, c.field)
			continue
		}
		if strings.Contains(f.Message, "情報") {
			t.Errorf("%s: the message quotes the value: %s", name, f.Message)
		}
	}
}
