package migrations_test

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db/dbtest"
	"github.com/meguri-crm/meguri/db/migrations"
)

// What forms gave new members becomes rules: one for each amount, of the forms
// that gave it, and who was welcomed is counted.
func TestPointsForJoiningBecomeRules(t *testing.T) {
	ctx := t.Context()
	d := dbtest.Empty(t)
	known, err := migrations.Known()
	if err != nil {
		t.Fatal(err)
	}
	before := known[:slices.Index(known, "0069")]
	if _, err := migrations.RunOnly(ctx, d, before); err != nil {
		t.Fatal(err)
	}
	_, err = d.Pool.Exec(ctx, `
		INSERT INTO shops (id, code, name, mall) OVERRIDING SYSTEM VALUE VALUES (1, 's', 's', 'OWN_SITE');
		INSERT INTO customers (id, member_since, member_via) OVERRIDING SYSTEM VALUE VALUES (1, '2026-01-01', 'SITE');
		INSERT INTO sign_up_forms (id, shop_id, slug, version, created_at) OVERRIDING SYSTEM VALUE
			SELECT n, 1, 'form-' || n, CASE n WHEN 1 THEN 2 ELSE 1 END, '2026-01-01' FROM generate_series(1, 4) AS n;
		INSERT INTO sign_up_form_versions (form_id, version, content, created_at) VALUES
			(1, 1, '{"joins": true, "joinPoints": 900}', '2026-01-01'), (1, 2, '{"joins": true, "joinPoints": 500}', '2026-01-02'),
			(2, 1, '{"joins": true, "joinPoints": 500}', '2026-01-01'), (3, 1, '{"joins": true, "joinPoints": 300}', '2026-01-01'),
			(4, 1, '{"joins": false, "joinPoints": 0}', '2026-01-01');
		INSERT INTO point_accounts (customer_id, updated_at) VALUES (1, '2026-01-01');
		INSERT INTO point_bookings (customer_id, kind, amount, available_after, occurred_at, idempotency_key, reason, note, actor_kind, detail, outstanding)
			VALUES (1, 'GRANT', 500, 500, '2026-01-01T20:00:00Z', 'request:join', 'ACTION', '', 'SYSTEM', '{}', 500);`, pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrations.Run(ctx, d); err != nil {
		t.Fatal(err)
	}
	rows, err := d.Pool.Query(ctx, `SELECT definition->>'points' || ' ' || (definition->>'forms') FROM earn_rule_versions ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if want := []string{"300 [3]", "500 [1, 2]"}; err != nil || !slices.Equal(rules, want) {
		t.Errorf("rules %q, want %q (%v)", rules, want, err)
	}
	var uses int
	if err := d.Pool.QueryRow(ctx, `SELECT count(*) FROM earn_uses WHERE customer_id = 1 AND points = 500 AND day = '2026-01-02'`).Scan(&uses); err != nil || uses != 2 {
		t.Errorf("%d rules know who was welcomed, want both (%v)", uses, err)
	}
}
