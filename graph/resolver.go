// Package graph is the GraphQL edge: it authorizes, calls the domain and maps
// what comes back. Resolver bodies stay within ten lines; rules live in crm,
// queries in the domain's stores. It never imports bun.
package graph

// Resolver holds the domain services that resolvers call. The composition root
// (server/app.go) fills it.
type Resolver struct{}
