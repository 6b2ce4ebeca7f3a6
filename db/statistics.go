package db

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// RefreshStatistics gives the planner new statistics of tables that have grown
// manyfold since it looked, which is what the first large files do to an empty
// database. Autovacuum looks by the minute only, and until then tables are read
// from end to end for every batch, by statements that were planned when they
// were empty. A table that is being analyzed already is left to whoever is at it.
func RefreshStatistics(ctx context.Context, d *DB) error {
	rows, err := d.Pool.Query(ctx, `SELECT quote_ident(s.schemaname) || '.' || quote_ident(s.relname)
		FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
		WHERE c.relpersistence = 'p' AND c.relkind = 'r' AND s.n_mod_since_analyze > 1000 + 2 * greatest(c.reltuples, 0)
			AND pg_has_role(c.relowner, 'USAGE') ORDER BY c.oid`)
	if err != nil {
		return Fault(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return Fault(err)
	}
	for _, t := range tables {
		if _, err := d.Pool.Exec(ctx, "ANALYZE (SKIP_LOCKED) "+t); err != nil {
			return Fault(err)
		}
	}
	return nil
}
