package export_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/export"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// newService is a service with n customers, and the context of a program that
// may export them.
func newService(t *testing.T, n int) (*export.Service, context.Context) {
	t.Helper()
	d := dbtest.New(t)
	if _, err := d.Pool.Exec(t.Context(), `WITH made AS (INSERT INTO customers (family_name) SELECT '佐藤' || g FROM generate_series(1, $1::int) g RETURNING id)
		INSERT INTO customer_stats (customer_id) SELECT id FROM made`, n); err != nil {
		t.Fatal(err)
	}
	scopes, err := access.Scopes(access.ScopeCustomersRead)
	if err != nil {
		t.Fatal(err)
	}
	return export.New(export.Config{
		DB: d, Clock: clock.System{}, Queue: queue{}, Once: &once.Service{DB: d, Clock: clock.System{}}, Zone: time.UTC, Base: "JPY",
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Owner: "test",
	}), access.As(t.Context(), access.Principal{Kind: access.ActorClient, ID: 1, Scopes: scopes})
}

func begin(ctx context.Context, t *testing.T, s *export.Service) *db.Export {
	t.Helper()
	row, err := s.Create(ctx, rand.Text(), export.Request{Kind: export.Customers})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// A file of several parts reads the same in pieces of any size, from any place,
// and is one file of gzip.
func TestAFileOfSeveralParts(t *testing.T) {
	s, ctx := newService(t, 12_001)
	row := begin(ctx, t, s)
	if err := s.Work(ctx); err != nil {
		t.Fatal(err)
	}
	row, err := s.Find(ctx, row.ID)
	if err != nil || row.Parts != 3 || row.Objects != 12_001 || *row.Estimated != 12_001 {
		t.Fatalf("%+v, %v", row, err)
	}
	plain := open(ctx, t, s, row.ID, false)
	lines, err := io.ReadAll(plain)
	if err != nil || int64(len(lines)) != row.Size || bytes.Count(lines, []byte("\n")) != 12_001 {
		t.Fatalf("%d bytes of %d, %v", len(lines), row.Size, err)
	}
	if err := iotest.TestReader(open(ctx, t, s, row.ID, false), lines); err != nil {
		t.Error(err)
	}
	packed, err := io.ReadAll(open(ctx, t, s, row.ID, true))
	if err != nil {
		t.Fatal(err)
	}
	unzip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	unzip.Multistream(false)
	if got, err := io.ReadAll(unzip); err != nil || !bytes.Equal(got, lines) {
		t.Errorf("unpacked: %d bytes of %d, %v", len(got), len(lines), err)
	}
}

func open(ctx context.Context, t *testing.T, s *export.Service, id int64, packed bool) *export.File {
	t.Helper()
	f, err := s.Open(ctx, id, packed)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Nothing of one that is cancelled on the way is left, and the next begins anew.
func TestAnExportIsCancelledOnTheWay(t *testing.T) {
	s, ctx := newService(t, 7_000)
	row := begin(ctx, t, s)
	// The worker dies with its second part.
	if _, err := s.DB.Pool.Exec(ctx, `CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		IF NEW.seq = 2 THEN RAISE EXCEPTION USING ERRCODE = 'admin_shutdown'; END IF; RETURN NEW; END $$;
		CREATE TRIGGER stop BEFORE INSERT ON export_parts FOR EACH ROW EXECUTE FUNCTION stop()`); err != nil {
		t.Fatal(err)
	}
	if err := s.Work(ctx); err == nil {
		t.Fatal("the second part was made")
	}
	row, err := s.Find(ctx, row.ID)
	if err != nil || row.Status != export.Running || row.Parts != 1 || row.Objects != 5_000 {
		t.Fatalf("%+v, %v", row, err)
	}
	if row, err = s.Cancel(ctx, row.ID); err != nil || row.Status != export.Cancelled {
		t.Fatalf("%+v, %v", row, err)
	}
	var left int
	if err := s.DB.Pool.QueryRow(ctx, "SELECT count(*) FROM export_parts").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d parts are left, %v", left, err)
	}
	if row = begin(ctx, t, s); row.Status != export.Queued {
		t.Errorf("the next: %+v", row)
	}
}

// Whoever is erased is in no file that there was before, nor in one whose part is
// being made.
func TestAnErasureWithdrawsFiles(t *testing.T) {
	s, ctx := newService(t, 7_000)
	done := begin(ctx, t, s)
	if err := s.Work(ctx); err != nil {
		t.Fatal(err)
	}
	underway := begin(ctx, t, s)
	// The worker waits with its first part until the erasure waits for it.
	hand, err := s.DB.Pool.Acquire(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer hand.Release()
	if _, err := hand.Exec(ctx, `CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NEW; END $$;
		CREATE TRIGGER wait BEFORE INSERT ON export_parts FOR EACH ROW EXECUTE FUNCTION wait();
		SELECT pg_advisory_lock(1)`); err != nil {
		t.Fatal(err)
	}
	waits := func(kind string) {
		for there := false; !there; {
			if err := hand.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = $1 AND NOT granted)", kind).Scan(&there); err != nil {
				t.Fatal(err)
			}
		}
	}
	var running sync.WaitGroup
	running.Go(func() {
		if err := s.Work(ctx); err != nil {
			t.Error(err)
		}
	})
	waits("advisory")
	running.Go(func() {
		if err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
			if _, err := tx.NewRaw("UPDATE customers SET family_name = '' WHERE family_name = '佐藤1'").Exec(ctx); err != nil {
				return err
			}
			return s.Withdraw(ctx, tx)
		}); err != nil {
			t.Error(err)
		}
	})
	waits("relation")
	if _, err := hand.Exec(ctx, "SELECT pg_advisory_unlock(1)"); err != nil {
		t.Fatal(err)
	}
	running.Wait()

	if row, err := s.Find(ctx, done.ID); err != nil || !export.Expired(row, s.Clock.Now()) {
		t.Errorf("the export that was done: %+v, %v", row, err)
	}
	if _, err := s.Open(ctx, done.ID, false); !fault.Is(err, fault.Precondition) {
		t.Errorf("the file that was done: %v", err)
	}
	lines, err := io.ReadAll(open(ctx, t, s, underway.ID, false))
	if err != nil || bytes.Count(lines, []byte("\n")) != 7_000 || bytes.Contains(lines, []byte(`"佐藤1"`)) || !bytes.Contains(lines, []byte(`"佐藤2"`)) {
		t.Errorf("the file that was under way: %d bytes, %v", len(lines), err)
	}
	row, err := s.Find(ctx, underway.ID)
	if err != nil || row.Objects != 7_000 || row.Size != int64(len(lines)) {
		t.Errorf("%+v, %v", row, err)
	}
}
