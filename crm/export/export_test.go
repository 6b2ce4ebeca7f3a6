package export_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"testing"
	"testing/iotest"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/export"
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
