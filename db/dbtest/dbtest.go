// Package dbtest gives tests a real database with the product's schema.
//
// There are two tiers. Tx, the default, is a transaction that is rolled back.
// New is a database of the test's own, for commits, NOTIFY, workers and races.
// Both come from one template per version of the schema, migrated once and
// shared by all test binaries that run at the same time. The server is the one
// of DATABASE_URL, or a private one in .meguri/test of the module. Where neither
// can be had the test fails; it is never skipped.
package dbtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// Tx is a transaction on a migrated, otherwise empty database; it is rolled
// back when the test ends. Sequences keep counting, so ids are not predictable.
func Tx(t testing.TB) db.Tx {
	t.Helper()
	d, err := slotDatabase()
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	tx, err := db.Begin(context.Background(), d)
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	t.Cleanup(func() {
		if err := tx.Rollback(); err != nil {
			t.Errorf("dbtest: roll back: %v", err)
		}
	})
	return tx
}

var copies atomic.Int64

// New is a migrated database that belongs to the test alone; it is dropped when
// the test ends.
func New(t testing.TB) *db.DB {
	t.Helper()
	ctx := context.Background()
	s, err := theServer()
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	name := fmt.Sprintf("%s%d_%d", copyPrefix, s.token, copies.Add(1))
	if err := s.clone(ctx, name); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	d, err := db.Open(ctx, s.dsn(name))
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("dbtest: close: %v", err)
		}
		if err := s.drop(ctx, name); err != nil {
			t.Errorf("dbtest: %v", err)
		}
	})
	return d
}

// DSN is the address of the database that d is connected to, for programs that
// a test starts.
func DSN(t testing.TB, d *db.DB) string {
	t.Helper()
	s, err := theServer()
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	var name string
	if err := d.NewRaw("SELECT current_database()").Scan(context.Background(), &name); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	return s.dsn(name)
}

// Empty is a database without any schema, for tests of migrations; it is
// dropped when the test ends.
func Empty(t testing.TB) *db.DB {
	t.Helper()
	ctx := context.Background()
	s, err := theServer()
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	name := fmt.Sprintf("%s%d_%d", copyPrefix, s.token, copies.Add(1))
	if _, err := s.admin.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	d, err := db.Open(ctx, s.dsn(name))
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("dbtest: close: %v", err)
		}
		if err := s.drop(ctx, name); err != nil {
			t.Errorf("dbtest: %v", err)
		}
	})
	return d
}

// newToken names this process in the names of its databases; its advisory lock
// tells others whether it still lives.
func newToken() int32 { return rand.Int32N(1<<31 - 1) } //nolint:gosec // a name, not a secret
