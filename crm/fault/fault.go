// Package fault is the one vocabulary for what can go wrong in the domain.
//
// It owns the kinds of error, the public message and the input field an error
// belongs to. A fault's message is safe to show: it names no secret, no SQL and
// no personal data. Its cause is for the log only. The package leaves the
// mapping to GraphQL (graph/errors.go) and from Postgres (db/errors.go) to the
// edges.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what a caller can do about an error.
type Kind string

// The kinds of fault.
const (
	Invalid         Kind = "INVALID"         // the input is wrong; mend it and send again
	NotFound        Kind = "NOT_FOUND"       // nothing has that id
	Conflict        Kind = "CONFLICT"        // it clashes with what is there (duplicate, stale version)
	Precondition    Kind = "PRECONDITION"    // the object's state does not allow it (insufficient points, already sent)
	Unauthenticated Kind = "UNAUTHENTICATED" // who is calling is not known
	Forbidden       Kind = "FORBIDDEN"       // who is calling may not do this
	Throttled       Kind = "THROTTLED"       // too often; try later
	Unavailable     Kind = "UNAVAILABLE"     // a dependency is away; try later
	Internal        Kind = "INTERNAL"        // a defect; the log has the cause
)

// Error is a fault with its public face.
type Error struct {
	Kind    Kind
	Code    string // stable, SCREAMING_SNAKE, narrower than Kind, e.g. INSUFFICIENT_POINTS; equals Kind when empty
	Field   string // path of the input field at fault, e.g. "lines.3.amount"; may be empty
	Message string // public, in English; the SPA translates by Code
	Params  map[string]any
	cause   error
}

// New makes a fault of kind with a public message.
func New(kind Kind, message string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(message, args...)}
}

// Wrap makes a fault that carries cause for the log.
func Wrap(kind Kind, cause error, message string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(message, args...), cause: cause}
}

// WithCode narrows the fault to a stable code that clients can branch on.
func (e *Error) WithCode(code string) *Error { e.Code = code; return e }

// At names the input field at fault.
func (e *Error) At(field string) *Error { e.Field = field; return e }

// With adds a parameter for the translated message (a figure, a name; never personal data).
func (e *Error) With(key string, value any) *Error {
	if e.Params == nil {
		e.Params = map[string]any{}
	}
	e.Params[key] = value
	return e
}

// Required is a field that is needed and was not told.
func Required(field string) *Error {
	return New(Invalid, "this is needed").WithCode("REQUIRED").At(field)
}

// Outside is a figure that is not between least and most.
func Outside(field string, least, most int64) *Error {
	return New(Invalid, "this is between %d and %d", least, most).WithCode("OUT_OF_RANGE").At(field).With("min", least).With("max", most)
}

// WrongText is what is wrong with a text of at most so many bytes; nil: nothing.
func WrongText(field, text string, needed bool, most int) *Error {
	switch {
	case needed && strings.TrimSpace(text) == "":
		return Required(field)
	case len(text) > most || strings.ContainsRune(text, 0):
		return New(Invalid, "at most %d bytes", most).WithCode("TOO_LONG").At(field).With("max", most)
	}
	return nil
}

// CodeOrKind is the code clients branch on.
func (e *Error) CodeOrKind() string {
	if e.Code != "" {
		return e.Code
	}
	return string(e.Kind)
}

func (e *Error) Error() string {
	if e.cause == nil {
		return e.Message
	}
	return e.Message + ": " + e.cause.Error()
}

func (e *Error) Unwrap() error { return e.cause }

// KindOf is the kind of err; anything that is no fault is Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a fault of kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
