package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/graph/generated"
	"github.com/meguri-crm/meguri/graph/operation"
)

// directives are those of the schema that act while an operation runs. Root
// fields were authorized by graph/operation already, before any input was read;
// auth asks once more at the field, so that a field deeper down can carry it too.
func directives() generated.DirectiveRoot {
	return generated.DirectiveRoot{Auth: auth}
}

func auth(ctx context.Context, _ any, next graphql.Resolver, scope string) (any, error) {
	caller := access.From(ctx)
	if !caller.Has(access.Scope(scope)) {
		return nil, operation.Forbidden(caller, access.Scope(scope))
	}
	return next(ctx)
}
