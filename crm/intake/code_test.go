package intake

import (
	"errors"

	"github.com/meguri-crm/meguri/crm/fault"
)

// codeOf is the code of a fault; "" for anything else.
func codeOf(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	return f.CodeOrKind()
}
