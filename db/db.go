// Package db is the one way to Postgres.
//
// It owns the connections, transactions, the translation of Postgres errors to
// faults, and the rows (one file of Bun models per noun). It promises that
// every instant read comes back in UTC whatever zone the machine is in, and
// that Bun and pgx code can share one transaction. It leaves the schema to
// db/migrations, the server process to db/embedded, and every rule of the
// product to crm.
package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// Sizes of the two pools; pool_max_conns in the DSN overrides the first.
const (
	bunConns      = 20
	preparedConns = 16
)

// DB is an open database: Bun for the SQL of the product, and Pool for the few
// hot reads, COPY, LISTEN and the job queue.
type DB struct {
	*bun.DB
	// Pool prepares and caches its statements. Bun's own pool must not: Bun
	// writes arguments into the SQL text, so that every statement is a new one.
	Pool *pgxpool.Pool

	bunPool *pgxpool.Pool
	dsn     string
}

// Option changes how connections are opened.
type Option func(*pgxpool.Config)

// LazyCommits does not wait for the disk at each commit, as for work that a cut
// spoils as a whole. A commit in a transaction that sets synchronous_commit on
// again makes all before it last, too.
func LazyCommits(c *pgxpool.Config) { c.ConnConfig.RuntimeParams["synchronous_commit"] = "off" }

// Open connects to the database that dsn names and pings it.
func Open(ctx context.Context, dsn string, options ...Option) (*DB, error) {
	bunPool, err := openPool(ctx, dsn, bunConns, pgx.QueryExecModeExec, options)
	if err != nil {
		return nil, err
	}
	pool, err := openPool(ctx, dsn, preparedConns, pgx.QueryExecModeCacheStatement, options)
	if err != nil {
		bunPool.Close()
		return nil, err
	}
	d := &DB{DB: bun.NewDB(stdlib.OpenDBFromPool(bunPool), pgdialect.New()), Pool: pool, bunPool: bunPool, dsn: dsn}
	if err := d.PingContext(ctx); err != nil {
		_ = d.Close()
		return nil, fmt.Errorf("connect to Postgres: %w", err)
	}
	return d, nil
}

// Again opens the same database once more, with connections of its own.
func (d *DB) Again(ctx context.Context, options ...Option) (*DB, error) {
	return Open(ctx, d.dsn, options...)
}

// Close gives all connections back and closes them.
func (d *DB) Close() error {
	err := d.DB.Close()
	d.bunPool.Close()
	d.Pool.Close()
	return err
}

func openPool(ctx context.Context, dsn string, conns int32, mode pgx.QueryExecMode, options []Option) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		// The parser's own error quotes the DSN, which holds a password.
		return nil, errors.New("the database address (DATABASE_URL) is not a valid Postgres URL or key=value list")
	}
	if cfg.MaxConns < conns {
		cfg.MaxConns = conns
	}
	cfg.MaxConnIdleTime = 5 * time.Minute
	cfg.ConnConfig.DefaultQueryExecMode = mode
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	if cfg.ConnConfig.RuntimeParams["application_name"] == "" {
		cfg.ConnConfig.RuntimeParams["application_name"] = "meguri"
	}
	cfg.AfterConnect = func(_ context.Context, c *pgx.Conn) error {
		readInUTC(c.TypeMap())
		return nil
	}
	for _, change := range options {
		change(cfg)
	}
	return pgxpool.NewWithConfig(ctx, cfg)
}

// readInUTC replaces the codec that hands instants out in the machine's zone.
func readInUTC(m *pgtype.Map) {
	instant := &pgtype.Type{Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC}}
	m.RegisterType(instant)
	m.RegisterType(&pgtype.Type{Name: "_timestamptz", OID: pgtype.TimestamptzArrayOID, Codec: &pgtype.ArrayCodec{ElementType: instant}})
}

// Load is how many connections of both pools work at the moment, and how often
// anything had to wait for one since the start.
func (d *DB) Load() (inUse, waits int64) {
	for _, p := range []*pgxpool.Pool{d.bunPool, d.Pool} {
		s := p.Stat()
		inUse += int64(s.AcquiredConns())
		waits += s.EmptyAcquireCount()
	}
	return inUse, waits
}
