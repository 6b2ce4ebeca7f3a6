package dbtest

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// Schema is everything a migration can make, one thing a line.
func Schema(t testing.TB, d *db.DB) []string {
	t.Helper()
	return lines(t, d, `
		SELECT format('column %s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default)
			FROM information_schema.columns WHERE table_schema = 'public'
		UNION ALL SELECT format('constraint %s of %s %s', conname, conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
		UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
		UNION ALL SELECT format('trigger %s %s', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
		UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
			AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
		ORDER BY 1`)
}

// Contents is every row of the product's tables and the job queue's work, one a
// line, and the ids given out last.
func Contents(t testing.TB, d *db.DB) []string {
	t.Helper()
	tables := lines(t, d, `
		SELECT format('%I', c.relname) FROM pg_class c
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
			AND c.relname NOT LIKE 'bun\_%' AND (c.relname NOT LIKE 'river\_%' OR c.relname = 'river_job')
		ORDER BY 1`)
	all := lines(t, d, "SELECT format('%s: %s', sequencename, last_value) FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1")
	for _, table := range tables {
		all = append(all, lines(t, d, "SELECT format('%s %s', tableoid::regclass, x::text) FROM "+table+" x ORDER BY 1")...)
	}
	return all
}

// Missing are the lines of want that got does not have.
func Missing(want, got []string) []string {
	have := make(map[string]struct{}, len(got))
	for _, line := range got {
		have[line] = struct{}{}
	}
	return slices.DeleteFunc(slices.Clone(want), func(line string) bool {
		_, there := have[line]
		return there
	})
}

func lines(t testing.TB, d *db.DB, sql string) []string {
	t.Helper()
	rows, err := d.Pool.Query(t.Context(), sql)
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	return all
}
