package db_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestPreparedSeesWhatItsTransactionWrote(t *testing.T) {
	d := dbtest.New(t)
	if _, err := d.NewRaw("CREATE TABLE notes (id bigint PRIMARY KEY)").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	tx, err := db.Begin(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	const insert, read = "INSERT INTO notes SELECT unnest($1::bigint[])", "SELECT id FROM notes WHERE id = ANY($1::bigint[])"
	if err := db.ExecPrepared(t.Context(), tx, insert, []int64{1, 2, 3}); err != nil {
		t.Fatal(err)
	}
	inside, err := db.Prepared(t.Context(), tx, pgx.RowTo[int64], read, []int64{2, 3, 4})
	if err != nil || len(inside) != 2 {
		t.Errorf("inside the transaction: %v, %v; want two", inside, err)
	}
	outside, err := db.Prepared(t.Context(), d, pgx.RowTo[int64], read, []int64{2, 3, 4})
	if err != nil || len(outside) != 0 {
		t.Errorf("outside it, before the commit: %v, %v; want none", outside, err)
	}
	var kept int
	if err := tx.NewRaw("SELECT count(*) FROM pg_prepared_statements WHERE statement IN (?, ?)", insert, read).Scan(t.Context(), &kept); err != nil || kept != 2 {
		t.Errorf("%d statements kept, %v; want both", kept, err)
	}
}

func TestPreparedAnswersFaults(t *testing.T) {
	d := dbtest.New(t)
	if err := db.ExecPrepared(t.Context(), d, "SELECT 1/$1::int", 0); !isFault(err) {
		t.Errorf("a failing statement: %v, want a fault", err)
	}
	if err := db.ExecPrepared(t.Context(), d.DB, "SELECT 1"); !fault.Is(err, fault.Internal) {
		t.Errorf("on a bare Bun database: %v, want fault.Internal", err)
	}
}

func isFault(err error) bool {
	var f *fault.Error
	return errors.As(err, &f)
}
