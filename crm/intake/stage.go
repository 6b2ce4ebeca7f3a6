package intake

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// An import has a stage of its own: tables that hold the file's orders and lines
// in normal form, so that applying them is set-based and can go on after a stop
// without reading the file again.
//
//   - heads: one row per run of lines with the same order number: the order as
//     JSON, sums over its lines, a hash of all it says. head is the line the run
//     begins at; canon is the head of the order's first run (the same unless
//     the file comes back to an order later), base the number of places before.
//   - lines: the lines, by head and place in the run; of orders that are put
//     together from two files also the lines they come to, by the negated head.
//   - customers: whose orders were applied so far (told), to count each once; of a
//     file that mends another also whose good rows the other has.
//   - people: of a file of customers instead of all these, one row per person.
//   - patches: the rows of a file that mends another, while it is read.
//   - told: of a file of orders of which each is a line instead of heads and
//     lines, which order which line told.
//
// The tables are unlogged, but for those of a file that is taken in as it is
// read: after a crash of Postgres they are empty, and the file, which is logged,
// is read again with the same result.
func headsTable(importID int64) string { return fmt.Sprintf("import_%d_heads", importID) }
func linesTable(importID int64) string { return fmt.Sprintf("import_%d_lines", importID) }

func customersTable(importID int64) string { return fmt.Sprintf("import_%d_customers", importID) }

func patchesTable(importID int64) string { return fmt.Sprintf("import_%d_patches", importID) }

func peopleTable(importID int64) string { return fmt.Sprintf("import_%d_people", importID) }

func toldTable(importID int64) string { return fmt.Sprintf("import_%d_told", importID) }

func stageTables(importID int64) []string {
	return []string{headsTable(importID), linesTable(importID), customersTable(importID), patchesTable(importID), peopleTable(importID), toldTable(importID)}
}

const headsColumns = `
	head bigint NOT NULL, canon bigint NOT NULL, base int NOT NULL, order_no text NOT NULL, content text NOT NULL,
	ordered_at timestamptz, half boolean NOT NULL, keyed boolean NOT NULL, places int NOT NULL, lines int NOT NULL, quantity bigint NOT NULL,
	amount bigint NOT NULL, rounded int NOT NULL, hash bytea NOT NULL`

const linesColumns = `
	line bigint NOT NULL, head bigint NOT NULL, place int NOT NULL, line_key text, sku text NOT NULL, name text NOT NULL,
	option text NOT NULL, unit_price bigint NOT NULL, quantity bigint NOT NULL, amount bigint NOT NULL, tax_rate int, charges text NOT NULL`

func dropStage(ctx context.Context, d *db.DB, importID int64) error {
	_, err := d.Pool.Exec(ctx, "DROP TABLE IF EXISTS "+strings.Join(stageTables(importID), ", "))
	return db.Fault(err)
}

// stageHolds reports whether the stage is there and was not emptied by a crash.
func stageHolds(ctx context.Context, d *db.DB, imp *db.Import) (bool, error) {
	table := headsTable(imp.ID)
	if imp.Kind == customersKind {
		table = peopleTable(imp.ID)
	}
	var exists, filled bool
	err := d.Pool.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", table).Scan(&exists)
	if err != nil || !exists {
		return false, db.Fault(err)
	}
	err = d.Pool.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM "+table+")").Scan(&filled)
	return filled, db.Fault(err)
}

// tableWriter copies rows into a table that it creates, in one transaction on
// one connection, while its caller goes on making rows.
type tableWriter struct {
	pipe *io.PipeWriter
	out  *bufio.Writer
	row  []byte
	done chan error
}

// newTableWriter begins; the table is visible to others once close returns nil.
func newTableWriter(ctx context.Context, d *db.DB, table, columns string) *tableWriter {
	r, w := io.Pipe()
	t := &tableWriter{pipe: w, out: bufio.NewWriterSize(w, 256<<10), done: make(chan error, 1)}
	go func() {
		err := pgx.BeginFunc(ctx, d.Pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, "CREATE UNLOGGED TABLE "+table+" ("+columns+") WITH (autovacuum_enabled = off)"); err != nil {
				return err
			}
			_, err := tx.Conn().PgConn().CopyFrom(ctx, r, "COPY "+table+" FROM STDIN WITH (FREEZE)")
			return err
		})
		_ = r.CloseWithError(err) // lets a writer that is still busy go
		t.done <- err
	}()
	return t
}

// close ends the COPY and commits; with a cause it rolls everything back.
func (t *tableWriter) close(cause error) error {
	if cause == nil {
		cause = t.out.Flush()
	}
	_ = t.pipe.CloseWithError(cause)
	return db.Fault(<-t.done)
}

// The cells of a row, in COPY's text format; end writes the row.

func (t *tableWriter) text(s string) *tableWriter {
	for i := range len(s) {
		switch c := s[i]; c {
		case '\\':
			t.row = append(t.row, '\\', '\\')
		case '\t':
			t.row = append(t.row, '\\', 't')
		case '\n':
			t.row = append(t.row, '\\', 'n')
		case '\r':
			t.row = append(t.row, '\\', 'r')
		default:
			t.row = append(t.row, c)
		}
	}
	t.row = append(t.row, '\t')
	return t
}

func (t *tableWriter) null() { t.row = append(t.row, '\\', 'N', '\t') }

func (t *tableWriter) int(n int64) *tableWriter {
	t.row = append(strconv.AppendInt(t.row, n, 10), '\t')
	return t
}

func (t *tableWriter) bool(b bool) *tableWriter {
	if b {
		return t.text("t")
	}
	return t.text("f")
}

// time writes NULL for the zero time.
func (t *tableWriter) time(at time.Time) *tableWriter {
	if at.IsZero() {
		t.null()
		return t
	}
	t.row = append(at.AppendFormat(t.row, "2006-01-02 15:04:05.999999-07"), '\t')
	return t
}

// charges writes what hardly any line has as ” or JSON.
func (t *tableWriter) charges(c mall.Charges) error {
	if c == (mall.Charges{}) {
		t.text("")
		return nil
	}
	content, err := json.Marshal(c)
	t.text(string(content))
	return err
}

func (t *tableWriter) bytes(b []byte) *tableWriter {
	t.row = append(t.row, '\\', '\\', 'x')
	const hexDigits = "0123456789abcdef"
	for _, c := range b {
		t.row = append(t.row, hexDigits[c>>4], hexDigits[c&15])
	}
	t.row = append(t.row, '\t')
	return t
}

func (t *tableWriter) end() error {
	t.row[len(t.row)-1] = '\n'
	_, err := t.out.Write(t.row)
	t.row = t.row[:0]
	return err
}
