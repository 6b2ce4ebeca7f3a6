// Package imprint owns what an import left in rows of nouns that know nothing of
// files: which import told a row last, and how the row stood before.
//
// It promises that what an import told is taken back once and exactly: a row it
// made is gone, a row it changed is as it stood before, and a row that somebody
// has told otherwise since, another import, staff or a program, stays as it is
// and is counted. Taking back goes in small transactions, each of which leaves what it
// did behind it, so that it can be stopped and killed and gone on with.
// It leaves to the nouns to say which of their rows change (Keep, before the
// write) and to write the import into them, and to crm/intake when to take back.
package imprint

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// Kind is what an import left.
type Kind string

// The kinds.
const (
	Product      Kind = "PRODUCT"
	ProductCost  Kind = "PRODUCT_COST"
	ProductStock Kind = "PRODUCT_STOCK"
	CampaignCost Kind = "CAMPAIGN_COST"
	Behaviour    Kind = "BEHAVIOUR"
	Suppression  Kind = "SUPPRESSION"
)

// Undone is what taking back did, or would do.
type Undone struct {
	Removed  int64 // rows the import made, which are gone
	Restored int64 // rows it changed, which are as they stood before
	Kept     int64 // rows that somebody told otherwise since, or that others hang on
}

// Total is how many rows that is.
func (u Undone) Total() int64 { return u.Removed + u.Restored + u.Kept }

// Mark is one kind of what imports leave.
type Mark interface {
	Kind() Kind
	// TakeBack takes the next of it back, about limit rows, and answers what it
	// did; a Total of 0: nothing was left.
	TakeBack(ctx context.Context, tx db.Tx, importID int64, limit int) (Undone, error)
	// Preview says what taking back all of it would do, and which later imports
	// keep how many rows of it.
	Preview(ctx context.Context, idb bun.IDB, importID int64) (Undone, map[int64]int64, error)
}

// Table is a Mark of rows that say in import_id which import told them last.
type Table struct {
	Of      Kind
	Name    string
	Key     []string // its primary key, or another that never changes
	Columns []string // what an import writes of a row, import_id among it
	Says    []string // of them those that tell whether a word about a row is new; none: the noun tells
	// Held is SQL that a row t cannot go for, because others hang on it that
	// import ?0 did not tell; "": nothing does.
	Held string
}

// Kind implements Mark.
func (t Table) Kind() Kind { return t.Of }

// Row is what an import is about to tell of a row.
type Row struct {
	Line int64 // of the file
	Key  []any // by Table.Key
	Says []any // by Table.Says
}

// Change is a row that is to be made or changed.
type Change struct {
	At  int // place among the rows that were asked about
	New bool
}

// Keep notes, of rows that an import tells, how those stand that say something
// else so far, or are not there, and answers with them: the caller writes them,
// and import_id with them. It comes before the write in the same transaction.
// Imports of the same table take turns until tx ends.
// An importID of 0 is of somebody whose word no undo takes back, as a program:
// nothing is noted, and what stands as he says is no import's any more.
func (t Table) Keep(ctx context.Context, tx bun.IDB, importID int64, rows []Row) ([]Change, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	if err := t.InTurn(ctx, tx); err != nil {
		return nil, err
	}
	keys, lines, err := t.keys(rows)
	if err != nil {
		return nil, err
	}
	says, err := t.said(rows)
	if err != nil {
		return nil, err
	}
	var changes []Change
	aside := t.noted()
	if importID == 0 {
		aside = t.released()
	}
	err = tx.NewRaw(`WITH given AS MATERIALIZED (
			SELECT g.*, to_jsonb(t) AS before FROM unnest(?2::jsonb[], ?3::bigint[], ?5::jsonb[]) WITH ORDINALITY AS g (row_key, line_no, says, at)
			CROSS JOIN LATERAL jsonb_populate_record(NULL::?4, g.row_key) k CROSS JOIN LATERAL jsonb_populate_record(NULL::?4, g.says) s
			LEFT JOIN ?4 t ON `+t.same("k")+` WHERE t.`+t.Key[0]+` IS NULL OR `+t.differs("s")+`
		), aside AS (`+aside+`)
		SELECT at - 1 AS at, before IS NULL AS new FROM given ORDER BY at`,
		importID, t.Name, pgdialect.Array(keys), pgdialect.Array(lines), bun.Ident(t.Name), pgdialect.Array(says)).Scan(ctx, &changes)
	return changes, db.Fault(err)
}

// noted is SQL that notes how rows stand that an import is about to tell.
func (Table) noted() string {
	return `INSERT INTO import_rows AS i (import_id, told, row_key, line_no, before)
		SELECT DISTINCT ON (row_key) ?0, ?1, row_key, line_no, before FROM given ORDER BY row_key, at DESC
		ON CONFLICT (import_id, told, row_key) DO UPDATE SET line_no = excluded.line_no, before = CASE
			WHEN (excluded.before->>'import_id')::bigint = ?0 THEN i.before ELSE excluded.before END`
}

// released is SQL that takes rows from the imports that told them last.
func (t Table) released() string {
	keys := t.each(", ", func(c string) string { return "t." + c }, t.Key)
	return `UPDATE ?4 t SET import_id = NULL FROM (
			SELECT ` + keys + ` FROM unnest(?2::jsonb[]) g (row_key) CROSS JOIN LATERAL jsonb_populate_record(NULL::?4, g.row_key) k
			JOIN ?4 t ON ` + t.same("k") + ` WHERE t.import_id IS NOT NULL ORDER BY ` + keys + ` FOR UPDATE OF t) m
		WHERE ` + t.same("m")
}

// differs is SQL for the row t saying something else than another.
func (t Table) differs(other string) string {
	if len(t.Says) == 0 {
		return "true"
	}
	return "(" + t.each(" OR ", func(c string) string { return "t." + c + " IS DISTINCT FROM " + other + "." + c }, t.Says) + ")"
}

// InTurn has imports of the same table take turns until tx ends: it comes before
// a noun reads what it is about to change. Keep and TakeBack ask for it, too.
func (t Table) InTurn(ctx context.Context, tx bun.IDB) error {
	_, err := tx.NewRaw("SELECT pg_advisory_xact_lock('import_rows'::regclass::oid::int, hashtext(?))", t.Name).Exec(ctx)
	return db.Fault(err)
}

// Told are those of the rows that imports have made or changed in another line,
// by their place among rows.
func (t Table) Told(ctx context.Context, tx bun.IDB, imports []int64, rows []Row) (map[int]bool, error) {
	found := map[int]bool{}
	if len(rows) == 0 {
		return found, nil
	}
	keys, lines, err := t.keys(rows)
	if err != nil {
		return nil, err
	}
	var at []int
	err = tx.NewRaw(`SELECT DISTINCT g.at - 1 FROM unnest(?::jsonb[], ?::bigint[]) WITH ORDINALITY AS g (row_key, line_no, at)
		JOIN import_rows i ON i.import_id = ANY (?::bigint[]) AND i.told = ? AND i.row_key = g.row_key AND i.line_no <> g.line_no`,
		pgdialect.Array(keys), pgdialect.Array(lines), pgdialect.Array(imports), t.Name).Scan(ctx, &at)
	for _, i := range at {
		found[i] = true
	}
	return found, db.Fault(err)
}

func (t Table) keys(rows []Row) (keys []string, lines []int64, err error) {
	for _, r := range rows {
		key, err := object(t.Key, r.Key)
		if err != nil {
			return nil, nil, err
		}
		keys, lines = append(keys, key), append(lines, r.Line)
	}
	return keys, lines, nil
}

func (t Table) said(rows []Row) (says []string, err error) {
	for _, r := range rows {
		said, err := object(t.Says, r.Says)
		if err != nil {
			return nil, err
		}
		says = append(says, said)
	}
	return says, nil
}

// object is values by their columns as JSON.
func object(columns []string, values []any) (string, error) {
	if len(values) != len(columns) {
		return "", fmt.Errorf("imprint: %d values for %d columns", len(values), len(columns))
	}
	fields := make(map[string]any, len(columns))
	for i, c := range columns {
		fields[c] = values[i]
	}
	text, err := json.Marshal(fields)
	return string(text), err
}

// same is SQL for the row t having the key of another.
func (t Table) same(other string) string {
	return t.each(" AND ", func(column string) string { return "t." + column + " = " + other + "." + column }, t.Key)
}

func (t Table) each(glue string, sql func(column string) string, columns []string) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = sql(c)
	}
	return strings.Join(parts, glue)
}

func (t Table) held() string {
	if t.Held == "" {
		return "false"
	}
	return "(" + t.Held + ")"
}

// TakeBack implements Mark. A row is taken back while it says that this import
// told it last.
func (t Table) TakeBack(ctx context.Context, tx db.Tx, importID int64, limit int) (Undone, error) {
	var u Undone
	left, err := tx.NewSelect().Table("import_rows").Where("import_id = ? AND told = ?", importID, t.Name).Exists(ctx)
	if err != nil || !left { // with no turn taken, for who tells of several tables takes turns at them in another order
		return u, db.Fault(err)
	}
	if err := t.InTurn(ctx, tx); err != nil {
		return u, err
	}
	var of int64
	err = tx.NewRaw(`WITH next AS MATERIALIZED (
			SELECT i.row_key, i.before, `+t.each(", ", func(c string) string { return "k." + c }, t.Key)+`
			FROM (SELECT row_key, before FROM import_rows WHERE import_id = ?0 AND told = ?1 ORDER BY row_key LIMIT ?2) i
			CROSS JOIN LATERAL jsonb_populate_record(NULL::?3, i.row_key) k
		), mine AS MATERIALIZED (
			SELECT n.before, `+t.each(", ", func(c string) string { return "t." + c }, t.Key)+`, n.before IS NULL AND `+t.held()+` AS held
			FROM next n JOIN ?3 t ON `+t.same("n")+` WHERE t.import_id = ?0 FOR UPDATE OF t
		), removed AS (
			DELETE FROM ?3 t USING mine m WHERE `+t.same("m")+` AND m.before IS NULL AND NOT m.held RETURNING 1
		), restored AS (
			UPDATE ?3 t SET `+t.each(", ", func(c string) string { return c + " = b." + c }, t.Columns)+`
			FROM mine m CROSS JOIN LATERAL jsonb_populate_record(NULL::?3, m.before) b
			WHERE `+t.same("m")+` AND m.before IS NOT NULL RETURNING 1
		), done AS (
			DELETE FROM import_rows i USING next n WHERE i.import_id = ?0 AND i.told = ?1 AND i.row_key = n.row_key
		)
		SELECT (SELECT count(*) FROM next), (SELECT count(*) FROM removed), (SELECT count(*) FROM restored)`,
		importID, t.Name, limit, bun.Ident(t.Name)).Scan(ctx, &of, &u.Removed, &u.Restored)
	u.Kept = of - u.Removed - u.Restored
	return u, db.Fault(err)
}

// Preview implements Mark.
func (t Table) Preview(ctx context.Context, idb bun.IDB, importID int64) (u Undone, later map[int64]int64, err error) {
	var rows []struct {
		ImportID, Removed, Restored, Kept int64
	}
	err = idb.NewRaw(`WITH kept AS (
			SELECT i.before IS NULL AND NOT `+t.held()+` AS made, i.before IS NOT NULL AS changed, t.import_id
			FROM import_rows i CROSS JOIN LATERAL jsonb_populate_record(NULL::?2, i.row_key) k
			LEFT JOIN ?2 t ON `+t.same("k")+` WHERE i.import_id = ?0 AND i.told = ?1)
		SELECT coalesce(import_id, 0) AS import_id, count(*) FILTER (WHERE import_id = ?0 AND made) AS removed,
			count(*) FILTER (WHERE import_id = ?0 AND changed) AS restored,
			count(*) FILTER (WHERE import_id IS DISTINCT FROM ?0 OR NOT made AND NOT changed) AS kept
		FROM kept GROUP BY 1`, importID, t.Name, bun.Ident(t.Name)).Scan(ctx, &rows)
	later = map[int64]int64{}
	for _, r := range rows {
		u.Removed, u.Restored, u.Kept = u.Removed+r.Removed, u.Restored+r.Restored, u.Kept+r.Kept
		if r.ImportID != 0 && r.ImportID != importID {
			later[r.ImportID] = r.Kept
		}
	}
	return u, later, db.Fault(err)
}
