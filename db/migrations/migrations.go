// Package migrations brings a database to the schema this build knows.
//
// It owns the SQL files beside it and the order they run in: first the
// product's (NNNN_name.tx.up.sql, each in one transaction together with its
// mark, so that a kill at any instant leaves it done or not begun), then the
// job queue's own. Runs at the same time wait for each other. It leaves opening
// and creating databases to its callers.
package migrations

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"

	"github.com/meguri-crm/meguri/db"
)

//go:embed *.sql
var files embed.FS

const table = "bun_migrations"

// lockKey is the advisory lock held while migrating ("megu" in ASCII). The
// migrator's own lock is a row, which would outlive a crash.
const lockKey = 0x6d656775

// Run applies what is missing and answers the names of what it applied.
func Run(ctx context.Context, d *db.DB) ([]string, error) { return run(ctx, d, nil) }

// RunOnly is Run that applies none of the product's migrations but those of the
// given names, such as "0018".
func RunOnly(ctx context.Context, d *db.DB, only []string) ([]string, error) {
	return run(ctx, d, only)
}

func run(ctx context.Context, d *db.DB, only []string) ([]string, error) {
	var applied []string
	err := locked(ctx, d, func() error {
		names, err := runProduct(ctx, d, only)
		if err != nil {
			return err
		}
		versions, err := runRiver(ctx, d)
		applied = slices.Concat(names, versions)
		return err
	})
	return applied, err
}

// Applied are the names of the product's migrations that the database has, in
// their order.
func Applied(ctx context.Context, q interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
},
) ([]string, error) {
	rows, err := q.Query(ctx, "SELECT name FROM "+table+" ORDER BY name")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// Known are the names of all of the product's migrations in this build.
func Known() ([]string, error) {
	found, err := product(nil)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, m := range found.Sorted() {
		names = append(names, m.Name)
	}
	return names, nil
}

// Rollback undoes the product's last group of migrations (what one Run
// applied). The job queue's tables stay.
func Rollback(ctx context.Context, d *db.DB) ([]string, error) {
	var undone []string
	err := locked(ctx, d, func() error {
		m, err := migrator(d, nil)
		if err != nil {
			return err
		}
		group, err := m.Rollback(ctx)
		if err != nil {
			return err
		}
		undone = names(group)
		return nil
	})
	return undone, err
}

// Pending counts the product's migrations that are not applied yet. A database
// that was never migrated has all of them pending.
func Pending(ctx context.Context, d *db.DB) (int, error) {
	m, err := migrator(d, nil)
	if err != nil {
		return 0, err
	}
	var initialised bool
	if err := d.NewRaw("SELECT to_regclass(?) IS NOT NULL", table).Scan(ctx, &initialised); err != nil {
		return 0, err
	}
	if !initialised {
		return 1, nil
	}
	all, err := m.MigrationsWithStatus(ctx)
	return len(all.Unapplied()), err
}

// Hash names the schema this build migrates to; it changes with every file.
func Hash() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := files.ReadFile(path)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(sum, "%s %d\n%s", path, len(content), content)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))[:12], err
}

// locked holds the advisory lock on a connection of its own: it goes with the
// connection, however the process ends.
func locked(ctx context.Context, d *db.DB, fn func() error) (err error) {
	conn, err := d.Pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", lockKey); err != nil {
		return err
	}
	defer func() {
		_, unlockErr := conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", lockKey)
		err = errors.Join(err, unlockErr)
	}()
	return fn()
}

// product are the product's migrations: all, or only those of the given names.
func product(only []string) (*migrate.Migrations, error) {
	found := migrate.NewMigrations()
	if err := found.Discover(files); err != nil || only == nil {
		return found, err
	}
	wanted := migrate.NewMigrations()
	for _, m := range found.Sorted() {
		if slices.Contains(only, m.Name) {
			wanted.Add(m)
		}
	}
	return wanted, nil
}

func migrator(d *db.DB, only []string) (*migrate.Migrator, error) {
	found, err := product(only)
	if err != nil {
		return nil, err
	}
	return migrate.NewMigrator(d.DB, found,
		migrate.WithTableName(table),
		migrate.WithMarkAppliedOnSuccess(true),
		migrate.WithUpsert(true), // the mark is there already, see mark
		migrate.AfterMigration(mark),
	), nil
}

// mark records an applied migration inside the migration's own transaction.
// The migrator does it only after the commit, and a kill between the two would
// run the file again. A rollback runs this too; its mark is deleted right after.
func mark(ctx context.Context, tx bun.IConn, m *migrate.Migration) error {
	_, err := tx.ExecContext(ctx,
		"INSERT INTO "+table+" (name, group_id) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", m.Name, m.GroupID)
	return err
}

func runProduct(ctx context.Context, d *db.DB, only []string) ([]string, error) {
	m, err := migrator(d, only)
	if err != nil {
		return nil, err
	}
	if err := m.Init(ctx); err != nil {
		return nil, fmt.Errorf("prepare the migration table: %w", err)
	}
	group, err := m.Migrate(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	return names(group), nil
}

func names(group *migrate.MigrationGroup) []string {
	var out []string
	for _, m := range group.Migrations {
		out = append(out, m.Name+"_"+m.Comment)
	}
	return out
}

func runRiver(ctx context.Context, d *db.DB) ([]string, error) {
	m, err := rivermigrate.New(riverpgxv5.New(d.Pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	result, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	if err != nil {
		return nil, fmt.Errorf("migrate the job queue: %w", err)
	}
	var out []string
	for _, v := range result.Versions {
		out = append(out, fmt.Sprintf("river_%03d", v.Version))
	}
	return out, nil
}
