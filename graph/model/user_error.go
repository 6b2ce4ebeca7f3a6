package model

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
)

// NewUserError is a fault as part of a mutation's payload.
func NewUserError(f *fault.Error) *UserError {
	e := &UserError{Code: f.CodeOrKind(), Message: f.Message}
	_ = errors.As(f, &e.NoID)
	if f.Field != "" {
		e.Field = append([]string{"input"}, strings.Split(f.Field, ".")...)
	}
	if len(f.Params) > 0 {
		if params, err := json.Marshal(f.Params); err == nil {
			e.Params = params
		}
	}
	return e
}

// newUserErrorsAt maps what is wrong with the entry at a place of a list; empty for nothing.
func newUserErrorsAt(list string, place int, faults []*fault.Error) []*UserError {
	errs := make([]*UserError, len(faults))
	for i, f := range faults {
		f.Field = list + "." + strconv.Itoa(place) + "." + f.Field
		errs[i] = NewUserError(f)
	}
	return errs
}
