package intake_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// The environment of a test binary that is to be an importing process instead.
const (
	childDSN  = "MEGURI_TEST_IMPORT_DSN"
	childFile = "MEGURI_TEST_IMPORT_FILE"
	childShop = "MEGURI_TEST_IMPORT_SHOP"
	// childWorks has it do what waits instead.
	childWorks = "MEGURI_TEST_IMPORT_WORKS"
)

func TestMain(m *testing.M) {
	if os.Getenv(childDSN) != "" {
		importAsChild()
		return
	}
	os.Exit(m.Run())
}

// importAsChild imports until it is done or killed.
func importAsChild() {
	fail := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	ctx := context.Background()
	d, err := db.Open(ctx, os.Getenv(childDSN))
	fail(err)
	if os.Getenv(childWorks) != "" {
		fail(withTables(d).Work(ctx))
		return
	}
	f, err := os.Open(os.Getenv(childFile))
	fail(err)
	var shopID int64
	_, err = fmt.Sscan(os.Getenv(childShop), &shopID)
	fail(err)
	mappings, err := mall.BuiltInMappings()
	fail(err)
	mapping := mappings["online-retail"]
	_, err = newService(d, intake.Hooks{}).TakeFile(ctx, intake.File{Name: "orders.csv", Content: f, ShopID: shopID, Mapping: &mapping}, nil)
	fail(err)
}

// waitFor asks until the import is where it should be.
func waitFor(t *testing.T, d *db.DB, what string, there func(*db.Import) bool) {
	t.Helper()
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); {
		var rows []db.Import
		if err := d.NewSelect().Model(&rows).Limit(1).Scan(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(rows) == 1 && there(&rows[0]) {
			return
		}
	}
	t.Fatalf("the import never %s", what)
}

// TestKilledAtAnyInstant kills the real process in each phase and lets another
// one finish: facts and figures are those of an import that nobody disturbed.
func TestKilledAtAnyInstant(t *testing.T) {
	t.Parallel()
	content := retailHeader + strings.Join(retailOrders(3, 5_000), "")
	calm := dbtest.New(t)
	want := take(t, newService(calm, intake.Hooks{}), newShop(t, calm, "shop", mall.OwnSite).ID, onlineRetail(t), content)
	wantFacts := facts(t, calm)

	path := t.TempDir() + "/orders.csv"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, at := range map[string]func(*db.Import) bool{
		"reading":       func(i *db.Import) bool { return i.Status == "RUNNING" && i.Phase == "READING" },
		"applying":      func(i *db.Import) bool { return i.RowsInserted > 0 },
		"nearly done":   func(i *db.Import) bool { return i.LinesTotal != nil && i.Rows() > *i.LinesTotal/2 },
		"stage emptied": func(i *db.Import) bool { return i.RowsInserted > 0 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			shop := newShop(t, d, "shop", mall.OwnSite)
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childDSN+"="+dbtest.DSN(t, d), childFile+"="+path, childShop+"="+fmt.Sprint(shop.ID))
			child.Stderr = os.Stderr
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			waitFor(t, d, "came to "+name, at)
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = child.Wait()
			if name == "stage emptied" { // as after a crash of Postgres, which empties unlogged tables
				if _, err := d.NewRaw("TRUNCATE import_1_heads, import_1_lines, import_1_customers").Exec(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			got := take(t, newService(d, intake.Hooks{}), shop.ID, onlineRetail(t), content)
			if got.ID != 1 {
				t.Errorf("import %d began anew", got.ID)
			}
			figures := func(i *db.Import) string {
				return fmt.Sprint(i.RowsInserted, i.RowsUpdated, i.RowsUnchanged, i.RowsQuarantined, i.RowsWithoutCustomer, i.RowsRounded,
					i.OrdersCount, i.CancellationsCount, i.CustomersCount, i.QuantitySum)
			}
			if figures(got) != figures(want) {
				t.Errorf("figures %s, want %s", figures(got), figures(want))
			}
			same(t, facts(t, d), wantFacts)
			var left int
			if err := d.NewRaw("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'import\\_%\\_lines'").Scan(t.Context(), &left); err != nil || left != 0 {
				t.Errorf("%d stages are left, %v", left, err)
			}
		})
	}
}

// TestStopAndResume: staff stops an import that runs elsewhere, and lets it go on.
func TestStopAndResume(t *testing.T) {
	d := dbtest.New(t)
	content := retailHeader + strings.Join(retailOrders(4, 20_000), "")
	shop := newShop(t, d, "shop", mall.OwnSite)
	staff, worker := newService(d, intake.Hooks{}), newService(d, intake.Hooks{})
	up, err := staff.Upload(t.Context(), "C:\\files\\orders.csv", strings.NewReader(content), 0)
	if err != nil || up.Name != "orders.csv" {
		t.Fatalf("%+v, %v", up, err)
	}
	if err := staff.EnsureBuiltIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	imp, err := staff.Start(t.Context(), "", intake.Order{UploadID: up.ID, ShopID: shop.ID, Mapping: "online-retail"})
	if err != nil {
		t.Fatal(err)
	}
	working := make(chan error, 1)
	go func() { working <- worker.Work(context.WithoutCancel(t.Context())) }()
	waitFor(t, d, "ran", func(i *db.Import) bool { return i.RowsInserted > 0 })
	if _, err := staff.Stop(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	if err := <-working; err != nil {
		t.Fatal(err)
	}
	stopped, err := staff.Find(t.Context(), imp.ID)
	if err != nil || stopped.Status != "STOPPED" || stopped.LeaseOwner != nil {
		t.Fatalf("%+v, %v", stopped, err)
	}
	var there int64
	if err := d.NewRaw("SELECT count(*) FROM order_lines").Scan(t.Context(), &there); err != nil || there != stopped.RowsInserted {
		t.Errorf("%d lines are there, the import counts %d, %v", there, stopped.RowsInserted, err)
	}
	if _, err := staff.Resume(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	if err := worker.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	ended, err := staff.Find(t.Context(), imp.ID)
	if err != nil || ended.Status != "DONE" || ended.RowsInserted != *ended.LinesTotal {
		t.Fatalf("%+v, %v", ended, err)
	}
	if _, err := staff.Stop(t.Context(), imp.ID); err == nil {
		t.Error("what is done can be stopped")
	}
}

// TestAWorkerWithoutItsLeaseWritesNothing: a process that was away longer than
// its lease, and comes back when another has the import, changes nothing more.
func TestAWorkerWithoutItsLeaseWritesNothing(t *testing.T) {
	d := dbtest.New(t)
	shop := newShop(t, d, "shop", mall.OwnSite)
	taken := errors.New("taken")
	// The hook runs within the first batch: there the lease goes to somebody else.
	s := newService(d, intake.Hooks{Ledger: hook(func(ctx context.Context) error {
		_, err := d.NewRaw("UPDATE imports SET lease_owner = 'somebody else', lease_until = now() + interval '1 hour'").Exec(ctx)
		return err
	})})
	ctx, cancel := context.WithTimeoutCause(t.Context(), 3*time.Second, taken)
	defer cancel()
	_, err := s.TakeFile(ctx, intake.File{
		Name: "x.csv", Content: strings.NewReader(retailHeader + strings.Join(retailOrders(5, 50), "")),
		ShopID: shop.ID, Mapping: onlineRetail(t),
	}, nil)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it did not wait for the other worker: %v", err)
	}
	var orders int
	if err := d.NewRaw("SELECT count(*) FROM orders").Scan(t.Context(), &orders); err != nil || orders != 0 {
		t.Errorf("%d orders were written without a lease, %v", orders, err)
	}
}

type hook func(context.Context) error

func (h hook) SettleOrders(ctx context.Context, _ db.Tx, _ []int64) error { return h(ctx) }

// TestWhatCannotBeRead says what is wrong and where, before anything is queued.
func TestWhatCannotBeRead(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	for name, c := range map[string]struct {
		content string
		mapping *mall.Mapping
		want    string
	}{
		"empty":             {"", onlineRetail(t), "the file is empty"},
		"missing columns":   {"InvoiceNo,Quantity\n1,2\n", onlineRetail(t), "InvoiceDate"},
		"no known format":   {"a,b\n1,2\n", nil, "choose a mapping"},
		"a picture":         {"\x89PNG\r\n\x1a\n", onlineRetail(t), "a picture"},
		"a damaged archive": {"\x1f\x8b\x08\x00 not really", onlineRetail(t), "damaged"},
		"another mall":      {rakutenFile(t), nil, "RAKUTEN"},
	} {
		_, err := s.TakeFile(t.Context(), intake.File{Name: "x.csv", Content: strings.NewReader(c.content), ShopID: shop.ID, Mapping: c.mapping}, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	var imports int
	if err := d.NewRaw("SELECT count(*) FROM imports").Scan(t.Context(), &imports); err != nil || imports != 0 {
		t.Errorf("%d imports were begun, %v", imports, err)
	}
}
