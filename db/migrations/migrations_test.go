package migrations_test

import (
	_ "embed"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
	"github.com/meguri-crm/meguri/db/migrations"
)

// lived is an installation of the first schema (0008) that has been used.
//
//go:embed testdata/lived.sql
var lived string

// A used database comes to the same schema as a new one, and keeps what it has.
func TestUpgradeOfAUsedDatabase(t *testing.T) {
	ctx := t.Context()
	used := dbtest.Empty(t)
	known, err := migrations.Known()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrations.RunOnly(ctx, used, known[:9]); err != nil { // to 0008
		t.Fatal(err)
	}
	if _, err := used.Pool.Exec(ctx, lived, pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
	before := rowsPerTable(t, used)
	if _, err := migrations.Run(ctx, used); err != nil {
		t.Fatal(err)
	}

	after := rowsPerTable(t, used)
	for table, n := range before {
		if table != "bun_migrations" && after[table] < n {
			t.Errorf("%s had %d rows, and has %d", table, n, after[table])
		}
	}
	fresh := dbtest.Empty(t)
	if _, err := migrations.Run(ctx, fresh); err != nil {
		t.Fatal(err)
	}
	sameSchema(t, dbtest.Schema(t, fresh), dbtest.Schema(t, used))
	wrong, err := points.New(used, clock.System{}, time.UTC).Verify(ctx)
	if err != nil || len(wrong) > 0 {
		t.Errorf("the books: %v %+v", err, wrong)
	}
}

// Back and forth again gives the same schema: no down file forgets anything.
func TestDownAndUpAgain(t *testing.T) {
	d := dbtest.Empty(t)
	if _, err := migrations.Run(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	want := dbtest.Schema(t, d)
	if _, err := migrations.Rollback(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	for _, line := range dbtest.Schema(t, d) {
		if !strings.Contains(line, "river_") && !strings.Contains(line, "bun_migration") {
			t.Errorf("left behind: %s", line)
		}
	}
	if _, err := migrations.Run(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	sameSchema(t, want, dbtest.Schema(t, d))
}

func sameSchema(t *testing.T, want, got []string) {
	t.Helper()
	for _, line := range dbtest.Missing(want, got) {
		t.Errorf("missing: %s", line)
	}
	for _, line := range dbtest.Missing(got, want) {
		t.Errorf("too much: %s", line)
	}
}

func rowsPerTable(t *testing.T, d *db.DB) map[string]int64 {
	t.Helper()
	rows, err := d.Pool.Query(t.Context(), `SELECT table_name::text, (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', table_name), false, true, '')))[1]::text::bigint
		FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int64{}
	var table string
	var n int64
	if _, err := pgx.ForEachRow(rows, []any{&table, &n}, func() error { counts[table] = n; return nil }); err != nil {
		t.Fatal(err)
	}
	return counts
}
