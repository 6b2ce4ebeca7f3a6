package backup

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
)

// entry is the name of the table's rows in the archive.
func (t *Table) entry() string { return "tables/" + t.Name + ".copy" }

func (t *Table) quoted() string { return pgx.Identifier{t.Name}.Sanitize() }

func (t *Table) columns() string {
	quoted := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		quoted[i] = pgx.Identifier{c}.Sanitize()
	}
	return strings.Join(quoted, ", ")
}

// tables are all tables of the product and the work of the job queue. What the
// migrators note, and which process leads the queue at the moment, is not data.
func tables(ctx context.Context, tx pgx.Tx) ([]Table, error) {
	rows, err := tx.Query(ctx, `
		SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
			AND c.relname NOT LIKE 'bun\_migration%' AND (c.relname NOT LIKE 'river\_%' OR c.relname = 'river_job')
			AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
		GROUP BY c.relname ORDER BY c.relname`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t Table, err error) {
		err = row.Scan(&t.Name, &t.Columns)
		return t, err
	})
}

func partitions(ctx context.Context, tx pgx.Tx) ([]Partition, error) {
	rows, err := tx.Query(ctx, `
		SELECT c.relname, p.relname, pg_get_expr(c.relpartbound, c.oid)
		FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid JOIN pg_class p ON p.oid = i.inhparent
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relispartition
		ORDER BY p.relname, c.relname`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Partition, err error) {
		err = row.Scan(&p.Name, &p.Parent, &p.Bounds)
		return p, err
	})
}

func sequences(ctx context.Context, tx pgx.Tx) ([]Sequence, error) {
	rows, err := tx.Query(ctx, `
		SELECT sequencename, last_value FROM pg_sequences
		WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (s Sequence, err error) {
		err = row.Scan(&s.Name, &s.Last)
		return s, err
	})
}

// fitting is what stands in the way of loading rows in any order, and slows it:
// each statement of remove has its counterpart in restore.
type fitting struct{ remove, restore []string }

// fittings are the foreign keys, the triggers, and the indexes that carry no
// constraint. A restored foreign key or unique index checks what was loaded.
func fittings(ctx context.Context, tx pgx.Tx) (fitting, error) {
	rows, err := tx.Query(ctx, `
		SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
			format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)), 3
		FROM pg_constraint
		WHERE connamespace = current_schema()::regnamespace AND contype = 'f' AND conparentid = 0
		UNION ALL
		SELECT format('DROP INDEX %s', i.indexrelid::regclass),
			regexp_replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON '), 2
		FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
		WHERE x.relnamespace = current_schema()::regnamespace AND NOT x.relispartition AND NOT i.indisprimary
			AND i.indrelid::regclass::text NOT LIKE 'river\_%' AND i.indrelid::regclass::text NOT LIKE 'bun\_migration%'
			AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
		UNION ALL
		SELECT DISTINCT format('ALTER TABLE %s DISABLE TRIGGER USER', tgrelid::regclass),
			format('ALTER TABLE %s ENABLE TRIGGER USER', tgrelid::regclass), 1
		FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
		WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal AND NOT c.relispartition
		ORDER BY 3, 1`)
	if err != nil {
		return fitting{}, err
	}
	var f fitting
	var remove, restore string
	var order int
	_, err = pgx.ForEachRow(rows, []any{&remove, &restore, &order}, func() error {
		f.remove = append(f.remove, remove)
		f.restore = append(f.restore, restore)
		return nil
	})
	return f, err
}
