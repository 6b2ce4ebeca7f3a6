package model

import (
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// NewAPIClient maps a partner client; nil stays nil.
func NewAPIClient(c *db.APIClient) *APIClient {
	if c == nil {
		return nil
	}
	m := &APIClient{
		ID: gid.Encode("ApiClient", c.ID), ClientID: c.ClientID, Name: c.Name, Scopes: c.Scopes, Secrets: []*APIClientSecret{},
		MaximumCost: c.MaximumCost, RestoreRate: c.RestoreRate, CreatedAt: c.CreatedAt, LastUsedAt: c.LastUsedAt, DisabledAt: c.DisabledAt,
		Row: c.ID, StaffRow: c.CreatedBy,
	}
	for _, s := range c.Secrets {
		m.Secrets = append(m.Secrets, &APIClientSecret{ID: gid.Encode("ApiClientSecret", s.ID), Hint: s.Hint, CreatedAt: s.CreatedAt, LastUsedAt: s.LastUsedAt})
	}
	return m
}

// NewClientName maps what everybody among the staff may know of a partner client;
// nil stays nil.
func NewClientName(c *db.APIClient) *ClientName {
	if c == nil {
		return nil
	}
	return &ClientName{ID: gid.Encode("ApiClient", c.ID), Name: c.Name}
}

// NewAPIClients maps partner clients.
func NewAPIClients(rows []*db.APIClient) []*APIClient {
	list := make([]*APIClient, len(rows))
	for i, row := range rows {
		list[i] = NewAPIClient(row)
	}
	return list
}

// NewNewClient maps the input of createApiClient.
func NewNewClient(in CreateAPIClientInput) access.NewClient {
	n := access.NewClient{Name: in.Name, Scopes: scopesOf(in.Scopes), Allowance: access.DefaultAllowance}
	if in.MaximumCost != nil {
		n.Allowance.Maximum = *in.MaximumCost
	}
	if in.RestoreRate != nil {
		n.Allowance.Restore = *in.RestoreRate
	}
	return n
}

// NewClientChange maps the input of updateApiClient.
func NewClientChange(in UpdateAPIClientInput) access.ClientChange {
	c := access.ClientChange{Name: in.Name, Maximum: in.MaximumCost, Restore: in.RestoreRate, Disabled: in.Disabled}
	if in.Scopes != nil {
		scopes := scopesOf(in.Scopes)
		c.Scopes = &scopes
	}
	return c
}

func scopesOf(names []string) []access.Scope {
	scopes := make([]access.Scope, len(names))
	for i, name := range names {
		scopes[i] = access.Scope(name)
	}
	return scopes
}

// NewClientUsage maps what a client asked for.
func NewClientUsage(rows []db.APIClientUsage) []*APIClientUsage {
	list := make([]*APIClientUsage, len(rows))
	for i, u := range rows {
		list[i] = &APIClientUsage{Day: u.Day, Requests: u.Requests, Cost: u.Cost, Throttled: u.Throttled, Failed: u.Failed, Deprecated: u.Deprecated}
	}
	return list
}

// NewTokenIssuer maps an OpenID provider; nil stays nil.
func NewTokenIssuer(i *db.TokenIssuer) *TokenIssuer {
	if i == nil {
		return nil
	}
	return &TokenIssuer{
		ID: gid.Encode("TokenIssuer", i.ID), Name: i.Name, Issuer: i.Issuer, JwksURL: i.JWKSURL, Audiences: i.Audiences, Algorithms: i.Algorithms,
		SkewSeconds: i.SkewSeconds, MemberClaim: i.MemberClaim, FirstSeen: TokenFirstSeen(i.FirstSeen), Enroll: i.Enroll, CreatedAt: i.CreatedAt,
		DisabledAt: i.DisabledAt, ShopRow: i.ShopID,
	}
}

// NewTokenIssuers maps OpenID providers.
func NewTokenIssuers(rows []*db.TokenIssuer) []*TokenIssuer {
	list := make([]*TokenIssuer, len(rows))
	for i, row := range rows {
		list[i] = NewTokenIssuer(row)
	}
	return list
}
