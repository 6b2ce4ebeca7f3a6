package db_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestPgxSharesTheTransaction(t *testing.T) {
	ctx := context.Background()
	d := dbtest.New(t)
	if _, err := d.NewRaw("CREATE TABLE notes (body text NOT NULL)").Exec(ctx); err != nil {
		t.Fatal(err)
	}
	write := func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw("INSERT INTO notes VALUES ('bun')").Exec(ctx); err != nil {
			return err
		}
		return tx.Pgx(func(p pgx.Tx) error {
			_, err := p.CopyFrom(ctx, pgx.Identifier{"notes"}, []string{"body"}, pgx.CopyFromRows([][]any{{"copy"}}))
			if err != nil {
				return err
			}
			return pgx.BeginFunc(ctx, p, func(inner pgx.Tx) error {
				if _, err := inner.Exec(ctx, "INSERT INTO notes VALUES ($1)", "savepoint"); err != nil {
					return err
				}
				return nil
			})
		})
	}
	count := func() int {
		n, err := d.NewSelect().TableExpr("notes").Count(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return int(n)
	}

	stop := errors.New("stop")
	err := db.RunInTx(ctx, d, func(ctx context.Context, tx db.Tx) error {
		return errors.Join(write(ctx, tx), stop)
	})
	if !errors.Is(err, stop) || count() != 0 {
		t.Fatalf("after a failure: %v, %d rows; want the error and none", err, count())
	}
	if err := db.RunInTx(ctx, d, write); err != nil {
		t.Fatal(err)
	}
	if count() != 3 {
		t.Fatalf("after a success: %d rows, want 3", count())
	}
}

func TestPgxSavepointUndoesAlone(t *testing.T) {
	ctx := context.Background()
	tx := dbtest.Tx(t)
	if _, err := tx.NewRaw("CREATE TEMP TABLE notes (n int)").Exec(ctx); err != nil {
		t.Fatal(err)
	}
	err := tx.Pgx(func(p pgx.Tx) error {
		fail := pgx.BeginFunc(ctx, p, func(inner pgx.Tx) error {
			_, err := inner.Exec(ctx, "INSERT INTO notes VALUES (1); SELECT 1/0")
			return err
		})
		if fail == nil {
			t.Error("a division by zero went through")
		}
		if err := p.Commit(ctx); err == nil {
			t.Error("borrowed code ended the transaction")
		}
		_, err := p.Exec(ctx, "INSERT INTO notes VALUES (2)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	if err := tx.NewRaw("SELECT n FROM notes").Scan(ctx, &got); err != nil || len(got) != 1 || got[0] != 2 {
		t.Fatalf("notes = %v, %v; want [2]", got, err)
	}
}

func TestRunInTxRollsBackOnPanic(t *testing.T) {
	ctx := context.Background()
	d := dbtest.New(t)
	if _, err := d.NewRaw("CREATE TABLE notes (n int)").Exec(ctx); err != nil {
		t.Fatal(err)
	}
	for name, insert := range map[string]func(db.Tx){
		"in bun": func(tx db.Tx) {
			_, _ = tx.NewRaw("INSERT INTO notes VALUES (1)").Exec(ctx)
			panic("boom")
		},
		"in pgx": func(tx db.Tx) {
			_ = tx.Pgx(func(q pgx.Tx) error {
				_, _ = q.Exec(ctx, "INSERT INTO notes VALUES (1)")
				panic("boom")
			})
		},
	} {
		func() {
			defer func() {
				if recover() != "boom" {
					t.Errorf("%s: the panic was swallowed", name)
				}
			}()
			_ = db.RunInTx(ctx, d, func(_ context.Context, tx db.Tx) error {
				insert(tx)
				return nil
			})
		}()
		if n, err := d.NewSelect().TableExpr("notes").Count(ctx); err != nil || n != 0 {
			t.Fatalf("%s: %d rows, %v; want none", name, n, err)
		}
	}
}

func TestInstantsComeBackInUTC(t *testing.T) {
	local := time.Local
	time.Local = time.FixedZone("JST", 9*3600)
	defer func() { time.Local = local }()

	ctx := context.Background()
	d := dbtest.New(t)
	want := time.Date(2026, 3, 31, 15, 0, 0, 123456000, time.UTC)
	var viaBun time.Time
	if err := d.NewRaw("SELECT ?::timestamptz", want).Scan(ctx, &viaBun); err != nil {
		t.Fatal(err)
	}
	var viaPool time.Time
	var list []time.Time
	if err := d.Pool.QueryRow(ctx, "SELECT $1::timestamptz, ARRAY[$1::timestamptz]", want).Scan(&viaPool, &list); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]time.Time{"bun": viaBun, "pool": viaPool, "array": list[0]} {
		if !got.Equal(want) || got.Location() != want.Location() { // the zone counts, too
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	var day string
	if err := d.NewRaw("SELECT to_char(?::timestamptz, 'YYYY-MM-DD')", want).Scan(ctx, &day); err != nil || day != "2026-03-31" {
		t.Errorf("the session's day is %q, %v", day, err)
	}
}

func TestFault(t *testing.T) {
	ctx := context.Background()
	tx := dbtest.Tx(t)
	setUp := `CREATE TEMP TABLE shelves (id int CONSTRAINT shelves_pkey PRIMARY KEY);
		CREATE TEMP TABLE books (id int CONSTRAINT books_pkey PRIMARY KEY, title text NOT NULL,
			price int CONSTRAINT books_price_check CHECK (price >= 0), shelf int CONSTRAINT books_shelf_fkey REFERENCES shelves (id));
		INSERT INTO books (id, title) VALUES (1, 'first')`
	if _, err := tx.NewRaw(setUp).Exec(ctx); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		sql  string
		kind fault.Kind
		code string
	}{
		"unique":       {"INSERT INTO books (id, title) VALUES (1, 'x')", fault.Conflict, "BOOKS_PKEY"},
		"check":        {"INSERT INTO books (id, title, price) VALUES (2, 'x', -1)", fault.Precondition, "BOOKS_PRICE_CHECK"},
		"foreign key":  {"INSERT INTO books (id, title, shelf) VALUES (2, 'x', 9)", fault.Precondition, "BOOKS_SHELF_FKEY"},
		"not null":     {"INSERT INTO books (id) VALUES (2)", fault.Invalid, "INVALID"},
		"out of range": {"SELECT 99999999999::int", fault.Invalid, "INVALID"},
		"no rows":      {"SELECT id FROM books WHERE id = 7", fault.NotFound, "NOT_FOUND"},
		"defect":       {"SELECT nonsense", fault.Internal, "INTERNAL"},
	} {
		t.Run(name, func(t *testing.T) {
			err := inSavepoint(ctx, tx, func(inner bun.Tx) error {
				var id int
				return inner.NewRaw(c.sql).Scan(ctx, &id)
			})
			got := db.Fault(err)
			var f *fault.Error
			if !errors.As(got, &f) || f.Kind != c.kind || f.CodeOrKind() != c.code {
				t.Fatalf("Fault(%v) = %#v; want %s %s", err, f, c.kind, c.code)
			}
			if !errors.Is(got, err) && !errors.Is(errors.Unwrap(got), err) {
				t.Error("the cause is lost")
			}
		})
	}
	if db.Fault(nil) != nil {
		t.Error("nil is no fault")
	}
	known := fault.New(fault.Forbidden, "no")
	if !errors.Is(db.Fault(known), known) {
		t.Error("a fault must stay as it is")
	}
}

// A lost connection is nobody's mistake: what can be asked again may be.
func TestFaultOfALostConnection(t *testing.T) {
	ctx := context.Background()
	conn, err := dbtest.New(t).Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, ended := conn.ExecContext(ctx, "SELECT pg_terminate_backend(pg_backend_pid())")
	_, after := conn.ExecContext(ctx, "SELECT 1")
	for name, err := range map[string]error{
		"cut while it ran": ended, "cut before": after,
		"no answer": fmt.Errorf("receive: %w", io.ErrUnexpectedEOF), "no reader": fmt.Errorf("send: %w", &net.OpError{Op: "write", Err: syscall.EPIPE}),
	} {
		if err == nil || !fault.Is(db.Fault(err), fault.Unavailable) {
			t.Errorf("%s: %v is %v", name, err, db.Fault(err))
		}
	}
}

func inSavepoint(ctx context.Context, tx db.Tx, fn func(bun.Tx) error) error {
	return tx.RunInTx(ctx, nil, func(_ context.Context, inner bun.Tx) error { return fn(inner) })
}
