package graph

import (
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// ofClient calls what takes the row of a client with that of an id.
func ofClient[T any](id string, call func(row int64) (*T, error)) (*T, error) {
	row, err := gid.Decode("ApiClient", id)
	if err != nil {
		return nil, err
	}
	return call(row)
}

func clientPayload(client *db.APIClient, err error) (*model.APIClientPayload, error) {
	wrong, err := userErrors(err)
	return &model.APIClientPayload{Client: model.NewAPIClient(client), UserErrors: wrong}, err
}

func newSecretPayload(client *db.APIClient, secret *access.NewSecret, err error) (*model.APIClientSecretPayload, error) {
	wrong, err := userErrors(err)
	payload := &model.APIClientSecretPayload{Client: model.NewAPIClient(client), UserErrors: wrong}
	if secret != nil {
		payload.Secret = &secret.Value
	}
	return payload, err
}

func (r *Resolver) tryPayload(grant *access.ClientGrant, err error) (*model.TryAPIClientPayload, error) {
	wrong, err := userErrors(err)
	payload := &model.TryAPIClientPayload{UserErrors: wrong}
	if grant != nil {
		payload.AccessToken, payload.ExpiresAt, payload.Ide = &grant.AccessToken, &grant.ExpiresAt, r.IDE
	}
	return payload, err
}

// apiScopes says which root fields each scope of partner clients opens.
var apiScopes = sync.OnceValue(func() []*model.APIScope {
	schema := NewSchema(&Resolver{}).Schema()
	list := make([]*model.APIScope, len(access.ClientScopes))
	for i, scope := range access.ClientScopes {
		list[i] = &model.APIScope{
			Scope: string(scope), Queries: opened(schema.Query, scope), Mutations: opened(schema.Mutation, scope),
			Subscriptions: opened(schema.Subscription, scope),
		}
	}
	return list
})

// opened are the fields of a root type that a scope opens.
func opened(root *ast.Definition, scope access.Scope) []string {
	names := []string{}
	for _, field := range root.Fields {
		auth := field.Directives.ForName("auth")
		if !strings.HasPrefix(field.Name, "__") && auth != nil && auth.Arguments.ForName("scope").Value.Raw == string(scope) {
			names = append(names, field.Name)
		}
	}
	return names
}
