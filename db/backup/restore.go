package backup

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/klauspost/compress/flate"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/migrations"
)

// Read answers what a backup holds. Errors: fault.Invalid for a file that is no
// backup, is cut off, or was written by a newer program.
func Read(r io.ReaderAt, size int64) (*Manifest, error) {
	_, m, err := open(r, size)
	return m, err
}

// Restore fills a database from a backup, all of it or nothing, and brings it
// up to the schema of this build. Errors: as Read; fault.Conflict when the
// database holds anything, or was already brought to another schema.
func Restore(ctx context.Context, d *db.DB, r io.ReaderAt, size int64) (*Manifest, error) {
	archive, m, err := open(r, size)
	if err != nil {
		return nil, err
	}
	if err := prepare(ctx, d, m); err != nil {
		return nil, err
	}
	if err := pgx.BeginFunc(ctx, d.Pool, func(tx pgx.Tx) error { return load(ctx, tx, archive, m) }); err != nil {
		return nil, err
	}
	if _, err := migrations.Run(ctx, d); err != nil {
		return nil, fmt.Errorf("the backup is restored, but not brought up to date: %w", err)
	}
	_, err = d.Pool.Exec(ctx, "ANALYZE")
	return m, err
}

func open(r io.ReaderAt, size int64) (*zip.Reader, *Manifest, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, nil, fault.Wrap(fault.Invalid, err, "the file is no backup, or its end is missing")
	}
	archive.RegisterDecompressor(zip.Deflate, flate.NewReader)
	content, err := fs.ReadFile(archive, manifestName)
	if err != nil {
		return nil, nil, fault.Wrap(fault.Invalid, err, "the file is no backup of Meguri: it has no %s", manifestName)
	}
	var m Manifest
	if err := json.Unmarshal(content, &m); err != nil {
		return nil, nil, fault.Wrap(fault.Invalid, err, "the backup's %s cannot be read", manifestName)
	}
	known, err := migrations.Known()
	if err != nil {
		return nil, nil, err
	}
	if m.Format != format || slices.ContainsFunc(m.Schema, func(name string) bool { return !slices.Contains(known, name) }) {
		return nil, nil, fault.New(fault.Invalid,
			"the backup was written by a newer Meguri (format %d, schema %s): restore it with that version", m.Format, m.Version())
	}
	return archive, &m, nil
}

// prepare brings the database to the backup's schema, where it is new, and
// refuses one that is in use.
func prepare(ctx context.Context, d *db.DB, m *Manifest) error {
	// None but the backup's own: what a later one does to rows must happen to
	// the backup's rows, so that it runs after they are there.
	if _, err := migrations.RunOnly(ctx, d, m.Schema); err != nil {
		return err
	}
	schema, err := migrations.Applied(ctx, d.Pool)
	if err != nil {
		return err
	}
	if !slices.Equal(schema, m.Schema) {
		return fault.New(fault.Conflict,
			"the database is at another schema already than the backup's %s: restore into a database that was never used", m.Version())
	}
	for _, table := range []string{"staff", "shops", "customers", "campaigns"} {
		var used bool
		if err := d.Pool.QueryRow(ctx, "SELECT EXISTS (SELECT FROM "+table+")").Scan(&used); err != nil {
			return err
		}
		if used {
			return fault.New(fault.Conflict,
				"the database is in use (there are rows in %s): restore into an empty one, by another MEGURI_DATA_DIR or DATABASE_URL", table)
		}
	}
	return nil
}

func load(ctx context.Context, tx pgx.Tx, archive *zip.Reader, m *Manifest) error {
	f, err := fittings(ctx, tx)
	if err != nil {
		return err
	}
	if err := run(ctx, tx, append([]string{"SET LOCAL maintenance_work_mem = '256MB'"}, f.remove...)); err != nil {
		return err
	}
	if err := empty(ctx, tx, m); err != nil {
		return err
	}
	if err := cut(ctx, tx, m); err != nil {
		return err
	}
	for i := range m.Tables {
		if err := readTable(ctx, tx, archive, &m.Tables[i]); err != nil {
			return fmt.Errorf("table %s: %w", m.Tables[i].Name, err)
		}
	}
	for _, s := range m.Sequences {
		if _, err := tx.Exec(ctx, "SELECT setval($1::text::regclass, $2)", pgx.Identifier{s.Name}.Sanitize(), s.Last); err != nil {
			return fmt.Errorf("sequence %s: %w", s.Name, err)
		}
	}
	return run(ctx, tx, f.restore)
}

func run(ctx context.Context, tx pgx.Tx, statements []string) error {
	for _, sql := range statements {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	return nil
}

// empty removes the rows that migrations bring along; the backup has its own.
func empty(ctx context.Context, tx pgx.Tx, m *Manifest) error {
	names := make([]string, len(m.Tables))
	for i := range m.Tables {
		names[i] = m.Tables[i].quoted()
	}
	_, err := tx.Exec(ctx, "TRUNCATE "+strings.Join(names, ", "))
	return err
}

// cut makes the partitions that the backup's rows lay in.
func cut(ctx context.Context, tx pgx.Tx, m *Manifest) error {
	for _, p := range m.Partitions {
		sql := fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s PARTITION OF %s %s",
			pgx.Identifier{p.Name}.Sanitize(), pgx.Identifier{p.Parent}.Sanitize(), p.Bounds)
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("partition %s: %w", p.Name, err)
		}
	}
	return nil
}

func readTable(ctx context.Context, tx pgx.Tx, archive *zip.Reader, t *Table) (err error) {
	entry, err := archive.Open(t.entry())
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "its rows are missing in the backup")
	}
	defer func() { err = errors.Join(err, entry.Close()) }()
	tag, err := tx.Conn().PgConn().CopyFrom(ctx, entry, fmt.Sprintf("COPY %s (%s) FROM STDIN", t.quoted(), t.columns()))
	if err != nil {
		return err
	}
	if tag.RowsAffected() != t.Rows {
		return fault.New(fault.Invalid, "the backup should hold %d rows and holds %d", t.Rows, tag.RowsAffected())
	}
	return nil
}
