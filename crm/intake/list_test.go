package intake_test

import (
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestTheListOfImports: the newest first, what mends an import right behind it,
// page by page in both directions, and narrowed.
func TestTheListOfImports(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	one, other := newShop(t, d, "one", mall.OwnSite), newShop(t, d, "other", mall.OwnSite)
	broken := take(t, s, one.ID, onlineRetail(t), retailHeader+brokenRetail)
	whole := take(t, s, other.ID, onlineRetail(t), retailHeader+retailMended.Replace(brokenRetail))
	half := take(t, s, one.ID, onlineRetail(t), retailHeader+"9,Z,X,1,2010-12-03 08:00:00,1.00,17850,UK\n")
	mended := mend(t, s, broken.ID, retailMended.Replace(download(t, s, broken.ID)))
	if _, err := d.NewRaw("UPDATE imports SET created_by = 7, file_name = '100%_orders.csv' WHERE id = ?", whole.ID).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	undo(t, s, half.ID)
	yes, no := true, false
	for name, c := range map[string]struct {
		filter intake.Filter
		want   []int64
	}{
		"everything":        {intake.Filter{}, []int64{half.ID, whole.ID, broken.ID, mended.ID}},
		"a shop":            {intake.Filter{ShopIDs: []int64{other.ID}}, []int64{whole.ID}},
		"a name":            {intake.Filter{Search: " 0%_ORD"}, []int64{whole.ID}},
		"done, also undone": {intake.Filter{Statuses: []string{"DONE"}, ShopIDs: []int64{one.ID}}, []int64{half.ID, broken.ID, mended.ID}},
		"failed or stopped": {intake.Filter{Statuses: []string{"FAILED", "STOPPED"}}, nil},
		"by staff":          {intake.Filter{ByStaff: &yes}, []int64{whole.ID}},
		"by itself":         {intake.Filter{ByStaff: &no}, []int64{half.ID, broken.ID, mended.ID}},
	} {
		rows, err := s.List(t.Context(), c.filter, nil, false, 10)
		if got := idsOf(rows); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v; want %v", name, got, err, c.want)
		}
	}
	rows, err := s.List(t.Context(), intake.Filter{Held: true}, nil, false, 10)
	for _, row := range rows {
		if row.RowsQuarantined <= row.RowsMended {
			t.Errorf("import %d has nothing to mend", row.ID)
		}
	}
	if err != nil || slices.Contains(idsOf(rows), whole.ID) {
		t.Errorf("with rows to mend: %v, %v", idsOf(rows), err)
	}
	behind := intake.PlaceOf(*broken)
	next, err := s.List(t.Context(), intake.Filter{}, &behind, false, 10)
	if err != nil || !slices.Equal(idsOf(next), []int64{mended.ID}) {
		t.Errorf("behind the root: %v, %v", idsOf(next), err)
	}
	last := intake.PlaceOf(*mended)
	before, err := s.List(t.Context(), intake.Filter{}, &last, true, 2)
	if err != nil || !slices.Equal(idsOf(before), []int64{broken.ID, whole.ID}) {
		t.Errorf("before the mend, backwards: %v, %v", idsOf(before), err)
	}
}

func idsOf(rows []db.Import) (ids []int64) {
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	return ids
}
