// Package product owns what is known of the merchant's products by their code
// (SKU): a name and a category, for words on screen and for choosing one.
//
// It promises that a name comes from the newest word about it, of events or of
// order lines, that nothing a page says changes a word of those, and that keeping
// a product that has not changed writes nothing.
// It owns what products cost, too: typed in or from a file, each cost from a day
// on, and never guessed; and how much of them each shop has, as its files and
// programs of partners tell.
// Prices and pictures are not its own; what was bought is crm/order's, what is left of it crm/profit's.
package product

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/imprint"
	"github.com/meguri-crm/meguri/db"
)

// Product is a product as people know it.
type Product struct {
	SKU      string
	Name     string // may be empty
	Category string // may be empty
	SeenAt   time.Time
}

// Keep writes what an event said of products, unless it is known or older than
// what is. Rows are written in the order of their codes.
func Keep(ctx context.Context, tx pgx.Tx, products []Product) error {
	return keep(ctx, tx, nil, products)
}

// KeepFrom is Keep of what an import says, in which it can be taken back.
// lines are those of the file that say it, by code. An importID of 0 is of a
// program, whose word no undo takes back.
func KeepFrom(ctx context.Context, tx db.Tx, importID int64, lines map[string]int64, products []Product) error {
	if len(products) == 0 {
		return nil
	}
	if err := Names.InTurn(ctx, tx); err != nil {
		return err
	}
	skus := codesOf(products)
	if importID != 0 {
		err := tx.Pgx(func(p pgx.Tx) (err error) {
			skus, err = newTo(ctx, p, products)
			return err
		})
		if err != nil || len(skus) == 0 {
			return db.Fault(err)
		}
	}
	rows := make([]imprint.Row, len(skus))
	for i, sku := range skus {
		rows[i] = imprint.Row{Line: lines[sku], Key: []any{sku}}
	}
	if _, err := Names.Keep(ctx, tx, importID, rows); err != nil {
		return err
	}
	return db.Fault(tx.Pgx(func(p pgx.Tx) error { return keep(ctx, p, importOf(importID), products) }))
}

// importOf is an import as rows name it: nil for 0, which is none.
func importOf(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// saysNew is SQL for n, a word about a product, being new and not older than what is known.
const saysNew = `NOT EXISTS (SELECT FROM products k WHERE k.sku = n.sku
	AND (k.seen_at > n.seen OR (n.name IN ('', k.name) AND n.category IN ('', k.category))))`

func codesOf(products []Product) []string {
	skus := make([]string, len(products))
	for i, p := range products {
		skus[i] = p.SKU
	}
	return skus
}

// newTo are the codes of products of which this is a new word.
func newTo(ctx context.Context, tx pgx.Tx, products []Product) ([]string, error) {
	var skus, names, categories []string
	var seen []time.Time
	for _, p := range products {
		skus, names, categories, seen = append(skus, p.SKU), append(names, p.Name), append(categories, p.Category), append(seen, p.SeenAt)
	}
	rows, err := tx.Query(ctx, `SELECT n.sku FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS n (sku, name, category, seen)
		WHERE `+saysNew, skus, names, categories, seen)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func keep(ctx context.Context, tx pgx.Tx, importID *int64, products []Product) error {
	if len(products) == 0 {
		return nil
	}
	slices.SortFunc(products, func(a, b Product) int { return cmp.Compare(a.SKU, b.SKU) })
	n := len(products)
	skus, names, categories, searches, seen := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]time.Time, n)
	for i, p := range products {
		skus[i], names[i], categories[i], searches[i], seen[i] = p.SKU, p.Name, p.Category, folded(p.SKU+" "+p.Name), p.SeenAt
	}
	// The first look takes no locks: almost always there is nothing to write.
	_, err := tx.Exec(ctx, `INSERT INTO products AS p (sku, name, category, search_text, seen_at, import_id)
		SELECT n.sku, n.name, n.category, n.search, n.seen, $6
		FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) AS n (sku, name, category, search, seen)
		WHERE `+saysNew+`
		ON CONFLICT (sku) DO UPDATE SET
			name = CASE WHEN excluded.name = '' THEN p.name ELSE excluded.name END,
			category = CASE WHEN excluded.category = '' THEN p.category ELSE excluded.category END,
			search_text = CASE WHEN excluded.name = '' THEN p.search_text ELSE excluded.search_text END,
			seen_at = excluded.seen_at, import_id = excluded.import_id
		WHERE p.seen_at <= excluded.seen_at`, pgx.QueryExecModeCacheStatement, skus, names, categories, searches, seen, importID)
	return err
}

const (
	// maxIntroduced is how many products there may be at once of which only
	// pages have told.
	maxIntroduced = 20_000
	// maxIntroducedAtOnce is how many a call of Introduce adds.
	maxIntroducedAtOnce = 100
)

// introducedAt is when a product that only pages have told of was seen: before
// anything that can be trusted, so that every other word about it prevails.
var introducedAt = time.Unix(-1, 0)

// Introduce writes products that are not known at all, from a source that
// anybody can imitate: it changes no product, adds a bounded number, and what
// it adds gives way to the first word of Keep or Learn.
func Introduce(ctx context.Context, tx pgx.Tx, products []Product) error {
	unknown, err := withoutKnown(ctx, tx, products)
	if err != nil || len(unknown) == 0 {
		return err
	}
	var left int
	err = tx.QueryRow(ctx, `SELECT $1 - count(*) FROM products WHERE seen_at = $2`, pgx.QueryExecModeCacheStatement, maxIntroduced, introducedAt).Scan(&left)
	if err != nil {
		return err
	}
	for i := range unknown {
		unknown[i].SeenAt = introducedAt
	}
	slices.SortFunc(unknown, func(a, b Product) int { return cmp.Compare(a.SKU, b.SKU) })
	return add(ctx, tx, unknown[:min(len(unknown), max(left, 0), maxIntroducedAtOnce)])
}

func withoutKnown(ctx context.Context, tx pgx.Tx, products []Product) ([]Product, error) {
	if len(products) == 0 {
		return nil, nil
	}
	known, err := knownSKUs(ctx, tx, codesOf(products))
	return slices.DeleteFunc(products, func(p Product) bool { return known[p.SKU] }), err
}

// knownSKUs are those of the codes that products have.
func knownSKUs(ctx context.Context, tx pgx.Tx, skus []string) (map[string]bool, error) {
	rows, err := tx.Query(ctx, `SELECT sku FROM products WHERE sku = ANY ($1)`, pgx.QueryExecModeCacheStatement, skus)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	known := make(map[string]bool, len(found))
	for _, sku := range found {
		known[sku] = true
	}
	return known, err
}

// add writes products unless somebody else just did.
func add(ctx context.Context, tx pgx.Tx, products []Product) error {
	for _, p := range products {
		_, err := tx.Exec(ctx, `INSERT INTO products (sku, name, category, search_text, seen_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (sku) DO NOTHING`,
			pgx.QueryExecModeCacheStatement, p.SKU, p.Name, p.Category, folded(p.SKU+" "+p.Name), p.SeenAt)
		if err != nil {
			return err
		}
	}
	return nil
}

// folded is a text as it is searched: full and half width alike, lower case.
func folded(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

// Service answers about products.
type Service struct{ db *db.DB }

// New is the service.
func New(d *db.DB) *Service { return &Service{db: d} }

// patterns are the words of a search for LIKE; nil for none.
func patterns(text string) (words []string) {
	for _, w := range strings.Fields(folded(text)) {
		words = append(words, "%"+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(w)+"%")
	}
	return words
}

// MaxFound is the most products that one search gives.
const MaxFound = 50

// Search lists products whose code or name holds all words of text, by code;
// "" lists those seen last. At most limit, which is at most MaxFound.
func (s *Service) Search(ctx context.Context, text string, limit int) ([]Product, error) {
	words := patterns(text)
	order := "seen_at DESC, sku"
	if len(words) > 0 {
		order = "sku"
	}
	return s.query(ctx, `SELECT sku, name, category, seen_at FROM products WHERE $1::text[] IS NULL OR search_text LIKE ALL ($1) ORDER BY `+order+` LIMIT $2`,
		words, min(limit, MaxFound))
}

// MaxSKUs is how many products can be asked for by code at once.
const MaxSKUs = 250

// BySKUs are the products with these codes, in no order; unknown ones are left
// out. Errors: fault.Invalid for more than MaxSKUs.
func (s *Service) BySKUs(ctx context.Context, skus []string) ([]Product, error) {
	if err := atMost(skus); err != nil {
		return nil, err
	}
	return s.query(ctx, "SELECT sku, name, category, seen_at FROM products WHERE sku = ANY ($1)", skus)
}

func atMost(skus []string) error {
	if len(skus) > MaxSKUs {
		return fault.New(fault.Invalid, "at most %d products at once", MaxSKUs).WithCode("LIST_INVALID").At("skus").With("max", MaxSKUs)
	}
	return nil
}

func (s *Service) query(ctx context.Context, sql string, args ...any) ([]Product, error) {
	rows, err := s.db.Pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, db.Fault(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Product])
	return list, db.Fault(err)
}

// Categories lists the categories that products have, by name; at most limit.
func (s *Service) Categories(ctx context.Context, limit int) ([]string, error) {
	rows, err := s.db.Pool.Query(ctx, `WITH RECURSIVE each AS (
			(SELECT category FROM products WHERE category <> '' ORDER BY category LIMIT 1)
			UNION ALL
			SELECT (SELECT p.category FROM products p WHERE p.category <> '' AND p.category > each.category ORDER BY p.category LIMIT 1)
			FROM each WHERE each.category IS NOT NULL)
		SELECT category FROM each WHERE category IS NOT NULL LIMIT $1`, limit)
	if err != nil {
		return nil, db.Fault(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return list, db.Fault(err)
}

// LearnJob asks for Learn.
type LearnJob struct{}

// Kind names the job.
func (LearnJob) Kind() string { return "product.learn" }

// LearnEvery is how soon a product that so far only orders name can be chosen.
const LearnEvery = 10 * time.Minute

// Learn takes in the products that so far only order lines name, or pages and
// order lines. It jumps from
// code to code over the index of the lines, so that its cost grows with the
// products and not with the orders.
func (s *Service) Learn(ctx context.Context) (learned int64, err error) {
	rows, err := s.query(ctx, `WITH RECURSIVE code AS (
			(SELECT sku FROM order_lines WHERE sku <> '' ORDER BY sku LIMIT 1)
			UNION ALL
			SELECT (SELECT l.sku FROM order_lines l WHERE l.sku > code.sku ORDER BY l.sku LIMIT 1) FROM code WHERE code.sku IS NOT NULL)
		SELECT line.sku, line.name, '', 'epoch'::timestamptz
		FROM code CROSS JOIN LATERAL (SELECT l.sku, l.name FROM order_lines l WHERE l.sku = code.sku LIMIT 1) AS line
		WHERE code.sku IS NOT NULL AND NOT EXISTS (SELECT FROM products p WHERE p.sku = code.sku AND p.seen_at > $1)`, introducedAt)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	err = pgx.BeginFunc(ctx, s.db.Pool, func(tx pgx.Tx) error { return Keep(ctx, tx, rows) })
	return int64(len(rows)), db.Fault(err)
}
