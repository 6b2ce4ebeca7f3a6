// Package search finds things by what they are called: orders by their number,
// campaigns, segments, offers and imports by their name.
//
// It owns the question that spans nouns. It promises an answer that people do
// not wait for, whatever the size of the merchant, and nothing that the caller's
// scopes do not show. People are found by crm/customer, pages and actions by the
// client.
package search

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/db"
)

// Kind is what was found.
type Kind string

// The kinds.
const (
	Order    Kind = "ORDER"
	Campaign Kind = "CAMPAIGN"
	Segment  Kind = "SEGMENT"
	Offer    Kind = "OFFER"
	Import   Kind = "IMPORT"
)

// Hit is one thing that was found.
type Hit struct {
	Kind Kind
	ID   int64  // of an order: the row of its customer
	Name string // of an order: its number
	Shop string // of an order
	// ImportID is the import that brought an order of which nobody knows the buyer; nil of all else.
	ImportID *int64
}

// Bounds of a search, in characters and in hits of a kind.
const (
	Shortest = 2
	Longest  = 100
	Most     = 6
)

// parts are the searches of the nouns. Numbers of orders are looked up shop by
// shop, because that is how they are kept; the tables of the others are small,
// but for imports, of which the newest are looked through.
var parts = []struct {
	scope access.Scope
	sql   string
}{
	{access.ScopeCustomersRead, `SELECT 'ORDER', k.customer_id, k.order_no, s.name, CASE WHEN c.anonymous THEN o.import_id END FROM shops s JOIN order_keys k ON k.shop_id = s.id
		JOIN customers c ON c.id = k.customer_id LEFT JOIN orders o ON o.customer_id = k.customer_id AND o.id = k.order_id
		WHERE k.order_no = @text AND (NOT c.anonymous OR o.import_id IS NOT NULL) ORDER BY k.shop_id LIMIT @most`},
	{access.ScopeCampaignsRead, `SELECT 'CAMPAIGN', id, name, '', NULL::bigint FROM campaigns WHERE name ILIKE @like AND archived_at IS NULL ORDER BY updated_at DESC LIMIT @most`},
	{access.ScopeSegmentsRead, `SELECT 'SEGMENT', id, name, '', NULL::bigint FROM segments WHERE name ILIKE @like AND archived_at IS NULL ORDER BY updated_at DESC LIMIT @most`},
	{access.ScopeOffersRead, `SELECT 'OFFER', id, name, '', NULL::bigint FROM offers WHERE name ILIKE @like AND archived_at IS NULL ORDER BY updated_at DESC LIMIT @most`},
	{access.ScopeImportsRead, `SELECT 'IMPORT', id, file_name, '', NULL::bigint FROM (SELECT id, file_name FROM imports ORDER BY id DESC LIMIT 2000) newest
		WHERE file_name ILIKE @like ORDER BY id DESC LIMIT @most`},
}

// Service searches.
type Service struct{ DB *db.DB }

// Find is what the caller may see of what a text may mean, by kind, at most Most
// of each. Of a text that is too short or too long to mean anything it is
// nothing.
func (s *Service) Find(ctx context.Context, text string) ([]Hit, error) {
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n < Shortest || n > Longest {
		return []Hit{}, nil
	}
	var asked []string
	for _, p := range parts {
		if access.From(ctx).Has(p.scope) {
			asked = append(asked, "("+p.sql+")")
		}
	}
	if len(asked) == 0 {
		return []Hit{}, nil
	}
	rows, err := s.DB.Pool.Query(ctx, strings.Join(asked, " UNION ALL "),
		pgx.NamedArgs{"text": text, "like": "%" + likeEscaper.Replace(text) + "%", "most": Most})
	if err != nil {
		return nil, db.Fault(err)
	}
	hits, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Hit])
	return hits, db.Fault(err)
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
