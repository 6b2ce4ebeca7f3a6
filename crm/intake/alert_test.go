package intake_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestWhatIsToldOfImports(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop, other := newShop(t, d, "shop", mall.OwnSite), newShop(t, d, "other", mall.OwnSite)
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := d.NewRaw(sql, args...).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	exec(`INSERT INTO uploads (name) VALUES ('u')`)
	add := func(shopID int64, name, status, more string) {
		t.Helper()
		exec(`INSERT INTO imports (shop_id, upload_id, file_name, format, fingerprint, status, error_code, header, created_at, finished_at, rows_quarantined, rows_mended, mode, undo_begun_at)
			SELECT ?, 1, ?, 'MAPPING', '', ?, 'INTERNAL', '{a}', now() - make_interval(days => days), now() - make_interval(days => days), refused, mended, mode, CASE mode WHEN 'UNDO' THEN now() END
			FROM (VALUES `+more+`) v (days, refused, mended, mode)`, shopID, name, status)
	}
	add(shop.ID, "failed, then a later file", "FAILED", `(5, 0, 0, 'IMPORT')`)
	add(shop.ID, "mended", "DONE", `(5, 3, 3, 'IMPORT')`)
	add(shop.ID, "waiting", "DONE", `(5, 3, 1, 'IMPORT')`)
	add(shop.ID, "undone", "DONE", `(5, 3, 1, 'UNDO')`)
	add(shop.ID, "too late to mend", "DONE", `(31, 3, 1, 'IMPORT')`)
	add(shop.ID, "waiting since yesterday", "DONE", `(1, 3, 1, 'IMPORT')`)
	add(shop.ID, "failed", "FAILED", `(0, 0, 0, 'IMPORT')`)
	add(other.ID, "failed in another shop", "FAILED", `(5, 0, 0, 'IMPORT')`)
	add(other.ID, "failed long ago", "FAILED", `(20, 0, 0, 'IMPORT')`)
	add(shop.ID, "its undoing failed", "FAILED", `(0, 0, 0, 'UNDO')`)

	failed, err := s.Failed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"its undoing failed", "failed in another shop", "failed"}
	if len(failed) != len(want) {
		t.Fatalf("failed: %+v", failed)
	}
	for i, c := range failed {
		if c.Subject.Name != want[i] || c.Figures["errorCode"] != "INTERNAL" || c.Figures["undo"] != (i == 0) {
			t.Errorf("failed: %+v, want %s", c, want[i])
		}
	}
	waiting, err := s.WaitingRows(t.Context())
	if err != nil || len(waiting) != 1 || waiting[0].Subject.Name != "waiting" || waiting[0].Figures["rows"] != int64(2) || waiting[0].Figures["days"] != 5 {
		t.Errorf("waiting: %+v, %v", waiting, err)
	}
}
