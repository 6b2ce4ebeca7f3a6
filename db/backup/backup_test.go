package backup_test

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/backup"
	"github.com/meguri-crm/meguri/db/dbtest"
	"github.com/meguri-crm/meguri/db/migrations"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// used is a database that began as the first schema, holds some of everything,
// and was brought to the newest; of the migrations in between it lacks some.
func used(t *testing.T, lacks ...string) *db.DB {
	t.Helper()
	sql, err := os.ReadFile("../migrations/testdata/lived.sql")
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.Empty(t)
	known, err := migrations.Known()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrations.RunOnly(t.Context(), d, known[:9]); err != nil {
		t.Fatal(err)
	}
	// A month that no new database has a partition for.
	for _, each := range []string{
		string(sql), "CREATE TABLE events_2026_05 PARTITION OF events FOR VALUES FROM ('2026-05-02Z') TO ('2026-06-01Z')",
		"INSERT INTO events (customer_id, occurred_at, kind, shop_id, ref_id) VALUES (2, '2026-05-09', 'order.placed', 1, 1)",
	} {
		if _, err := d.Pool.Exec(t.Context(), each, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatal(err)
		}
	}
	wanted := slices.DeleteFunc(known, func(name string) bool { return slices.Contains(lacks, name) })
	if _, err := migrations.RunOnly(t.Context(), d, wanted); err != nil {
		t.Fatal(err)
	}
	return d
}

func write(t *testing.T, d *db.DB) []byte {
	t.Helper()
	var file bytes.Buffer
	m, err := backup.Write(t.Context(), d, &file, now, "s")
	if err != nil {
		t.Fatal(err)
	}
	if m.Rows() < 40 || len(m.Tables) < 30 {
		t.Fatalf("%d rows of %d tables", m.Rows(), len(m.Tables))
	}
	return file.Bytes()
}

func restore(t *testing.T, d *db.DB, file []byte) (*backup.Manifest, error) {
	t.Helper()
	return backup.Restore(t.Context(), d, bytes.NewReader(file), int64(len(file)))
}

// What comes back is what was there: rows, ids to come, keys, indexes, triggers, partitions.
func TestThereAndBack(t *testing.T) {
	known, err := migrations.Known()
	if err != nil {
		t.Fatal(err)
	}
	for name, lacks := range map[string][]string{
		"this schema": nil, "an older schema": known[11:],
		// A file that was merged after ones of higher numbers: it changes rows, which must be the backup's.
		"a schema with a gap": {"0018"},
	} {
		t.Run(name, func(t *testing.T) {
			original, copied := used(t, lacks...), dbtest.Empty(t)
			m, err := restore(t, copied, write(t, original))
			if err != nil {
				t.Fatal(err)
			}
			if !m.CreatedAt.Equal(now) || m.Secret != "s" {
				t.Errorf("%+v", m)
			}
			if _, err := migrations.Run(t.Context(), original); err != nil {
				t.Fatal(err)
			}
			same(t, dbtest.Schema(t, original), dbtest.Schema(t, copied))
			same(t, untimed(dbtest.Contents(t, original)), untimed(dbtest.Contents(t, copied)))
		})
	}
}

// untimed leaves out instants that have microseconds: when a migration ran.
func untimed(lines []string) []string {
	instant := regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00`)
	for i := range lines {
		lines[i] = instant.ReplaceAllString(lines[i], "then")
	}
	return lines
}

func same(t *testing.T, want, got []string) {
	t.Helper()
	for _, line := range dbtest.Missing(want, got) {
		t.Errorf("lost: %s", line)
	}
	for _, line := range dbtest.Missing(got, want) {
		t.Errorf("too much: %s", line)
	}
}

// The snapshot is one instant: what is written during a backup is in all tables or in none.
func TestSnapshot(t *testing.T) {
	d := used(t)
	slow := &during{run: func() {
		if _, err := d.Pool.Exec(t.Context(), "WITH c AS (INSERT INTO customers (id, family_name) VALUES (99, '遅い') RETURNING id) INSERT INTO customer_stats (customer_id) SELECT id FROM c"); err != nil {
			t.Error(err)
		}
	}}
	m, err := backup.Write(t.Context(), d, slow, now, "")
	if err != nil {
		t.Fatal(err)
	}
	if !slow.done {
		t.Fatal("nothing was written during the backup")
	}
	copied := dbtest.Empty(t)
	if _, err := restore(t, copied, slow.Bytes()); err != nil {
		t.Fatal(err)
	}
	var people, stats int64
	if err := copied.Pool.QueryRow(t.Context(), "SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM customer_stats WHERE customer_id > 3)").Scan(&people, &stats); err != nil {
		t.Fatal(err)
	}
	if people != 3 || stats != 0 {
		t.Errorf("%d customers, %d new rollups, of %d rows", people, stats, m.Rows())
	}
}

// during runs something once, at the first bytes that come out.
type during struct {
	bytes.Buffer
	run  func()
	done bool
}

func (w *during) Write(p []byte) (int, error) {
	if !w.done {
		w.done = true
		w.run()
	}
	return w.Buffer.Write(p)
}

// A restore happens whole or not at all, and never over what is there.
func TestRefused(t *testing.T) {
	file := write(t, used(t))
	flipped := bytes.Clone(file)
	flipped[len(flipped)/3] ^= 0xff

	for name, broken := range map[string][]byte{
		"cut off": file[:len(file)-100], "no backup": []byte("id,name\n1,x\n"), "a flipped byte": flipped, "nothing": nil,
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.Empty(t)
			if _, err := restore(t, d, broken); err == nil {
				t.Fatal("it was restored")
			}
			if _, err := restore(t, d, file); err != nil {
				t.Errorf("afterwards the whole file: %v", err)
			}
		})
	}
	t.Run("a database in use", func(t *testing.T) {
		d := used(t)
		before := dbtest.Contents(t, d)
		_, err := restore(t, d, file)
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%v", err)
		}
		if gone := dbtest.Missing(before, dbtest.Contents(t, d)); len(gone) > 0 {
			t.Errorf("changed: %v", gone)
		}
	})
}
