// Package check holds inputs to the rules written on their fields.
//
// It owns how a broken rule becomes a fault: `validate` says the rule, `field`
// the name a client knows the field by, and `code`, where the rule's own code
// is too wide, what the client translates. It promises that the first broken
// field is named and that its value stays out of the message. What one field
// cannot say, such as a period that ends before it starts, is left to the noun.
package check

import (
	"errors"
	"reflect"
	"strings"

	"github.com/go-playground/validator/v10"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Codes of broken rules.
const (
	Required    = "REQUIRED"
	TooLong     = "TOO_LONG"
	OutOfRange  = "OUT_OF_RANGE"
	Unknown     = "UNKNOWN_VALUE"
	BadEmail    = "INVALID_EMAIL"
	BadURL      = "BAD_URL"
	BadCurrency = "BAD_CURRENCY"
)

// rules caches what it learns of a type and is safe for all goroutines.
var rules = newRules()

func newRules() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("field") })
	return v
}

// Struct checks the fields of a struct in their order. Errors: fault.Invalid
// with code and field of the first one that breaks its rule.
func Struct(v any) error {
	err := rules.Struct(v)
	var broken validator.ValidationErrors
	if !errors.As(err, &broken) {
		return err // nil, or a defect of the caller: v is no struct
	}
	first := broken[0]
	f := worded(first)
	if field, ok := reflect.Indirect(reflect.ValueOf(v)).Type().FieldByName(first.StructField()); ok && field.Tag.Get("code") != "" {
		f = f.WithCode(field.Tag.Get("code"))
	}
	_, path, _ := strings.Cut(first.Namespace(), ".")
	return f.At(path)
}

func worded(broken validator.FieldError) *fault.Error {
	text := broken.Kind() == reflect.String
	switch broken.Tag() {
	case "required", "required_if":
		return fault.New(fault.Invalid, "this is required").WithCode(Required)
	case "max", "lte":
		if text {
			return fault.New(fault.Invalid, "this is too long: at most %s characters", broken.Param()).WithCode(TooLong).With("max", broken.Param())
		}
		return fault.New(fault.Invalid, "this is too much: at most %s", broken.Param()).WithCode(OutOfRange).With("max", broken.Param())
	case "min", "gte":
		return fault.New(fault.Invalid, "this is too little: at least %s", broken.Param()).WithCode(OutOfRange).With("min", broken.Param())
	case "oneof":
		return fault.New(fault.Invalid, "this is none of %s", broken.Param()).WithCode(Unknown)
	case "email", "printascii":
		return fault.New(fault.Invalid, "this is not a mail address").WithCode(BadEmail)
	case "http_url":
		return fault.New(fault.Invalid, "this is not an address that begins with https://").WithCode(BadURL)
	case "iso4217":
		return fault.New(fault.Invalid, "this is no ISO 4217 currency").WithCode(BadCurrency)
	}
	return fault.New(fault.Invalid, "this does not fit: %s", broken.Tag())
}
