// Package backup writes a database into one file and makes a database out of it
// again, on whatever machine and Postgres.
//
// It owns the file's format: a zip with one entry of COPY text per table and,
// last, manifest.json, which names the schema the rows belong to and counts
// them. It promises that a backup is one snapshot however much is written
// meanwhile, that memory does not grow with the database, that a restore
// happens whole or not at all and only into a database that holds nothing, and
// that the file of an older schema is brought up to the one of this build. The
// job queue's work comes along; who runs it does not. It knows tables only by
// Postgres's own catalog, so that a new one cannot be forgotten. It leaves
// keeping the secret and storing files to its callers.
package backup

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/klauspost/compress/flate"

	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/migrations"
)

// format is the version of the file's own layout.
const format = 1

const manifestName = "manifest.json"

// Manifest says what a backup holds.
type Manifest struct {
	Format    int       `json:"format"`
	Schema    []string  `json:"schema"` // the product's migrations that the rows have been through
	CreatedAt time.Time `json:"createdAt"`
	// Secret tells, without giving it away, which secret the database's keys
	// and the links in sent mails were made with.
	Secret     string      `json:"secret,omitempty"`
	Tables     []Table     `json:"tables"`
	Partitions []Partition `json:"partitions"`
	Sequences  []Sequence  `json:"sequences"`
}

// Table is one table and how many rows of it the backup holds.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
}

// Partition is a part of a partitioned table; its rows stand under its parent.
type Partition struct {
	Name   string `json:"name"`
	Parent string `json:"parent"`
	Bounds string `json:"bounds"`
}

// Sequence is the last id given out.
type Sequence struct {
	Name string `json:"name"`
	Last int64  `json:"last"`
}

// Rows is how many rows there are in all tables.
func (m *Manifest) Rows() int64 {
	var n int64
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// Version is the last of the migrations.
func (m *Manifest) Version() string {
	if len(m.Schema) == 0 {
		return "none"
	}
	return m.Schema[len(m.Schema)-1]
}

// Write writes the database to w as it stands at one instant; work may go on
// meanwhile. secret is kept in the manifest.
func Write(ctx context.Context, d *db.DB, w io.Writer, now time.Time, secret string) (*Manifest, error) {
	buffered := bufio.NewWriterSize(w, 1<<20)
	archive := zip.NewWriter(buffered)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
	})
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	var m *Manifest
	err := pgx.BeginTxFunc(ctx, d.Pool, snapshot, func(tx pgx.Tx) error {
		var err error
		if m, err = describe(ctx, tx); err != nil {
			return err
		}
		m.CreatedAt, m.Secret = now, secret
		for i := range m.Tables {
			if err := writeTable(ctx, tx, archive, &m.Tables[i]); err != nil {
				return fmt.Errorf("table %s: %w", m.Tables[i].Name, err)
			}
		}
		m.Sequences, err = sequences(ctx, tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := writeManifest(archive, m); err != nil {
		return nil, err
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return m, buffered.Flush()
}

// describe reads what there is to write, all but the counts.
func describe(ctx context.Context, tx pgx.Tx) (*Manifest, error) {
	m := &Manifest{Format: format}
	var err error
	if m.Schema, err = migrations.Applied(ctx, tx); err != nil {
		return nil, err
	}
	if m.Tables, err = tables(ctx, tx); err != nil {
		return nil, err
	}
	m.Partitions, err = partitions(ctx, tx)
	return m, err
}

func writeTable(ctx context.Context, tx pgx.Tx, archive *zip.Writer, t *Table) error {
	entry, err := archive.Create(t.entry())
	if err != nil {
		return err
	}
	// A partitioned table is read by a query: COPY itself refuses it.
	tag, err := tx.Conn().PgConn().CopyTo(ctx, entry, fmt.Sprintf("COPY (SELECT %s FROM %s) TO STDOUT", t.columns(), t.quoted()))
	t.Rows = tag.RowsAffected()
	return err
}

func writeManifest(archive *zip.Writer, m *Manifest) error {
	entry, err := archive.Create(manifestName)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(entry)
	encoder.SetIndent("", "  ")
	return encoder.Encode(m)
}
