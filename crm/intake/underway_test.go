package intake_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/underway"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestWhatIsUnderwayOfImports(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	_, err := d.NewRaw(`WITH u AS (INSERT INTO uploads (name) VALUES ('u') RETURNING id)
		INSERT INTO imports (shop_id, upload_id, file_name, format, fingerprint, status, phase, mode, undo_begun_at, bytes_total, bytes_read, lines_total, rows_inserted, undo_total, undo_removed)
		SELECT ?, id, v.name, v.format, '', v.status, v.phase, v.mode, CASE v.mode WHEN 'UNDO' THEN now() END, 200, v.bytes, v.lines, v.rows, 10, v.removed FROM u, (VALUES
			('done', 'MAPPING', 'DONE', 'APPLYING', 'IMPORT', 200, 100, 100, 0),
			('waits', 'MAPPING', 'QUEUED', 'READING', 'IMPORT', 0, NULL, 0, 0),
			('is read', 'MAPPING', 'RUNNING', 'READING', 'IMPORT', 100, NULL, 0, 0),
			('is taken as read', 'ORDER_LINES', 'RUNNING', 'READING', 'IMPORT', 100, NULL, 40, 0),
			('is applied', 'MAPPING', 'RUNNING', 'APPLYING', 'IMPORT', 200, 100, 60, 0),
			('is undone', 'MAPPING', 'RUNNING', 'APPLYING', 'UNDO', 200, 100, 100, 4)) v (name, format, status, phase, mode, bytes, lines, rows, removed)`, shop.ID).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := s.Underway(t.Context())
	if err != nil || len(jobs) != 5 {
		t.Fatalf("%+v, %v", jobs, err)
	}
	for i, want := range []struct {
		name     string
		kind     underway.Kind
		waiting  bool
		progress float64
	}{
		{"waits", underway.Import, true, 0},
		{"is read", underway.Import, false, 0.125},
		{"is taken as read", underway.Import, false, 0.5},
		{"is applied", underway.Import, false, 0.7},
		{"is undone", underway.ImportUndo, false, 0.4},
	} {
		if j := jobs[i]; j.Name != want.name || j.Kind != want.kind || j.Waiting != want.waiting || *j.Progress < want.progress-1e-9 || *j.Progress > want.progress+1e-9 || j.SubjectID == 0 {
			t.Errorf("%+v (progress %v), want %+v", j, *j.Progress, want)
		}
	}
}
