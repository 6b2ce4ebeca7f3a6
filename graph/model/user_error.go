package model

import (
	"encoding/json"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
)

// NewUserError is a fault as part of a mutation's payload.
func NewUserError(f *fault.Error) *UserError {
	e := &UserError{Code: f.CodeOrKind(), Message: f.Message}
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
