package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/graph/model"
	"github.com/meguri-crm/meguri/graph/operation"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// messageBytes bounds what an error repeats of the input it is about.
const messageBytes = 300

// NewErrorPresenter is the one place where an error becomes what a caller sees:
// a fault with its code, field and parameters; what gqlgen found wrong with the
// operation as it is; anything else as an internal error, whose cause goes to
// the log under the request's id.
func NewErrorPresenter(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		shown := graphql.DefaultErrorPresenter(ctx, err)
		var known *fault.Error
		switch {
		case errors.As(err, &known):
			shown = presentFault(shown, known)
			var noID *gid.NoIDError
			if errors.As(err, &noID) {
				if place := placeOf(ctx, noID); place != nil {
					shown.Extensions["field"] = strings.TrimPrefix(strings.Join(place, "."), "input.")
				}
			}
		case shown.Extensions["code"] != nil: // found before the operation ran
			shown.Message = clip(shown.Message)
			return shown
		case badArgument(ctx):
			return &gqlerror.Error{
				Message: clip(shown.Message), Path: shown.Path, Locations: shown.Locations,
				Extensions: map[string]any{"code": operation.CodeValidationFailed},
			}
		default:
			known = fault.Wrap(fault.Internal, err, "internal error")
			if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
				known = fault.Wrap(fault.Unavailable, err, "the request was cut short")
			}
			shown = presentFault(shown, known)
		}
		if known.Kind == fault.Internal || known.Kind == fault.Unavailable {
			logFault(ctx, log, known, shown)
		}
		return shown
	}
}

func presentFault(shown *gqlerror.Error, f *fault.Error) *gqlerror.Error {
	extensions := map[string]any{"code": f.CodeOrKind()}
	if f.Field != "" {
		extensions["field"] = f.Field
	}
	if len(f.Params) > 0 {
		extensions["params"] = f.Params
	}
	message := f.Message
	if f.Kind == fault.Internal {
		message = "internal error"
	}
	return &gqlerror.Error{Message: message, Path: shown.Path, Locations: shown.Locations, Extensions: extensions}
}

// logFault also gives the caller the id under which the log has the cause.
// Canceled requests are no news: the client went away.
func logFault(ctx context.Context, log *slog.Logger, f *fault.Error, shown *gqlerror.Error) {
	id := access.CallerFrom(ctx).RequestID
	if id != "" {
		shown.Extensions["requestId"] = id
	}
	if errors.Is(f, context.Canceled) {
		return
	}
	log.ErrorContext(ctx, "an operation failed", "request", id, "path", shown.Path.String(), "code", f.CodeOrKind(), "cause", f)
}

// badArgument reports whether the field at hand could not even read its arguments.
func badArgument(ctx context.Context) bool {
	fc := graphql.GetFieldContext(ctx)
	return fc != nil && fc.Args == nil && fc.Field.Field != nil && fc.Field.Definition != nil && len(fc.Field.Definition.Arguments) > 0
}

// NewRecover turns a panic of a resolver into an internal error and a line in
// the log with its stack.
func NewRecover(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, p any) error {
		log.ErrorContext(ctx, "a resolver panicked", "request", access.CallerFrom(ctx).RequestID,
			"panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		return fault.New(fault.Internal, "internal error")
	}
}

// userErrors splits the error of a mutation: what the caller can mend becomes
// part of the payload, the rest stays an error of the system.
//
//	staff, err := r.Access.Create(ctx, …)
//	wrong, err := userErrors(err)
//	return &model.CreateStaffPayload{Staff: model.NewStaff(staff), UserErrors: wrong}, err
func userErrors(err error) ([]*model.UserError, error) {
	var f *fault.Error
	if !errors.As(err, &f) {
		return []*model.UserError{}, err
	}
	switch f.Kind {
	case fault.Invalid, fault.Conflict, fault.Precondition, fault.NotFound:
		return []*model.UserError{model.NewUserError(f)}, nil
	}
	return nil, err
}

func clip(message string) string {
	if len(message) <= messageBytes {
		return message
	}
	return string([]rune(message[:messageBytes])) + "…"
}

// placeOf is the path of the argument that holds what should have been an id; nil
// where there is none. Whoever reads ids knows what he was given, and not where
// it stood. Of several places that hold the same it is the one named after the type.
func placeOf(ctx context.Context, wrong *gid.NoIDError) []string {
	if wrong == nil || !graphql.HasOperationContext(ctx) {
		return nil
	}
	var places [][]string
	for at := graphql.GetFieldContext(ctx); at != nil; at = at.Parent {
		if at.Field.Field != nil && len(at.Field.Arguments) > 0 {
			places = append(places, holding(wrong.ID, nil, at.Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables))...)
		}
	}
	if len(places) == 0 {
		return nil
	}
	named := slices.IndexFunc(places, func(path []string) bool {
		return strings.Contains(strings.ToLower(path[len(path)-1]), strings.ToLower(wrong.Kind))
	})
	return places[max(named, 0)]
}

// holding are the places at which an argument holds an id.
func holding(id string, path []string, value any) (places [][]string) {
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			places = append(places, holding(id, append(path, name), v[name])...)
		}
	case []any:
		for i, each := range v {
			places = append(places, holding(id, append(path, strconv.Itoa(i)), each)...)
		}
	case string, json.Number, int64:
		if fmt.Sprint(v) == id {
			places = append(places, slices.Clone(path))
		}
	}
	return places
}
