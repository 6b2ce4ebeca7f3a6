package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
)

// Tx is a transaction that Bun and pgx code share. It is a bun.IDB, so stores
// take it as they take the database.
type Tx struct {
	bun.Tx
	conn bun.Conn
}

// RunInTx runs fn in one transaction on one connection: committed when fn
// returns nil, rolled back when it returns an error or panics.
func RunInTx(ctx context.Context, d *DB, fn func(ctx context.Context, tx Tx) error) error {
	tx, err := Begin(ctx, d)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if err := fn(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Begin opens a transaction for a caller whose transaction does not end with
// one function; everyone else calls RunInTx. Commit or Rollback must follow.
func Begin(ctx context.Context, d *DB) (Tx, error) {
	conn, err := d.Conn(ctx)
	if err != nil {
		return Tx{}, err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return Tx{}, errors.Join(err, conn.Close())
	}
	return Tx{Tx: tx, conn: conn}, nil
}

// Commit commits and gives the connection back.
func (t Tx) Commit() error { return errors.Join(t.Tx.Commit(), t.conn.Close()) }

// Rollback undoes the transaction and gives the connection back.
func (t Tx) Rollback() error { return errors.Join(t.Tx.Rollback(), t.conn.Close()) }

// Pgx runs pgx code (COPY, a batch, a River insert) inside this transaction.
// The pgx.Tx given to fn is borrowed: it must not outlive fn, and its Commit
// fails, because the transaction belongs to RunInTx.
func (t Tx) Pgx(fn func(pgx.Tx) error) error {
	var panicked any // on its way through database/sql it would wait for ever for the transaction
	err := t.conn.Raw(func(driverConn any) error {
		c, ok := driverConn.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("db: a transaction on %T, want pgx", driverConn)
		}
		defer func() { panicked = recover() }()
		return fn(&borrowedTx{conn: c.Conn()})
	})
	if panicked != nil {
		panic(panicked)
	}
	return err
}

// borrowedTx shows the open transaction of a connection as a pgx.Tx. Begin
// makes savepoints, numbered by depth.
type borrowedTx struct {
	conn   *pgx.Conn
	depth  int
	closed bool
}

var errBorrowed = errors.New("db: the transaction belongs to RunInTx and cannot be ended here")

func (t *borrowedTx) Begin(ctx context.Context) (pgx.Tx, error) {
	if t.closed {
		return nil, pgx.ErrTxClosed
	}
	inner := &borrowedTx{conn: t.conn, depth: t.depth + 1}
	if _, err := t.conn.Exec(ctx, inner.savepoint("SAVEPOINT")); err != nil {
		return nil, err
	}
	return inner, nil
}

func (t *borrowedTx) Commit(ctx context.Context) error {
	return t.end(ctx, t.savepoint("RELEASE SAVEPOINT"))
}

func (t *borrowedTx) Rollback(ctx context.Context) error {
	return t.end(ctx, t.savepoint("ROLLBACK TO SAVEPOINT")+"; "+t.savepoint("RELEASE SAVEPOINT"))
}

// end says ErrTxClosed the second time: pgx.BeginFunc rolls back after a commit
// and expects that.
func (t *borrowedTx) end(ctx context.Context, sql string) error {
	if t.depth == 0 {
		return errBorrowed
	}
	if t.closed {
		return pgx.ErrTxClosed
	}
	t.closed = true
	_, err := t.conn.Exec(ctx, sql)
	return err
}

func (t *borrowedTx) savepoint(verb string) string { return fmt.Sprintf("%s pgx_%d", verb, t.depth) }

func (t *borrowedTx) Conn() *pgx.Conn { return t.conn }

// LargeObjects belongs to pgx.Tx; its zero value fails on first use.
func (t *borrowedTx) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

func (t *borrowedTx) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, src pgx.CopyFromSource) (int64, error) {
	return t.conn.CopyFrom(ctx, table, columns, src)
}

func (t *borrowedTx) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return t.conn.SendBatch(ctx, b)
}

func (t *borrowedTx) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	return t.conn.Prepare(ctx, name, sql)
}

func (t *borrowedTx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return t.conn.Exec(ctx, sql, args...)
}

func (t *borrowedTx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return t.conn.Query(ctx, sql, args...)
}

func (t *borrowedTx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return t.conn.QueryRow(ctx, sql, args...)
}
