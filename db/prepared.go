package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
)

// Prepared reads the rows of a hot statement, which connections keep parsed and,
// after a few calls, planned: in the transaction when idb is a Tx, on Pool when
// it is a DB, and nowhere else. Arguments are $1, $2 and so on; many ids are one
// array, so that the text stays the same. A kept plan is made anew when
// statistics change; a statement whose plan must not hang on them has to see to
// it itself.
// Errors: as Fault.
func Prepared[T any](ctx context.Context, idb bun.IDB, to pgx.RowToFunc[T], sql string, args ...any) ([]T, error) {
	var list []T
	err := prepared(idb, func(on preparer) error {
		rows, err := on.Query(ctx, sql, kept(args)...)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, to)
		return err
	})
	return list, err
}

// ExecPrepared runs a hot statement that answers nothing, otherwise as Prepared.
func ExecPrepared(ctx context.Context, idb bun.IDB, sql string, args ...any) error {
	return prepared(idb, func(on preparer) error {
		_, err := on.Exec(ctx, sql, kept(args)...)
		return err
	})
}

// kept says that the statement is to be kept, also on connections that do not
// do so by themselves.
func kept(args []any) []any { return append([]any{pgx.QueryExecModeCacheStatement}, args...) }

// preparer is Pool or a transaction.
type preparer interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

func prepared(idb bun.IDB, fn func(preparer) error) error {
	switch on := idb.(type) {
	case *DB:
		return Fault(fn(on.Pool))
	case Tx:
		return Fault(on.Pgx(func(tx pgx.Tx) error { return fn(tx) }))
	default:
		return Fault(fmt.Errorf("db: a prepared statement on %T, want a DB or a Tx", idb))
	}
}
