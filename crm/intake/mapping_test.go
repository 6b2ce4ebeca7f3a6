package intake_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestMappingsAreRenamedAndRemoved, but for those that come with the product;
// what was taken in by them stays as it is.
func TestMappingsAreRenamedAndRemoved(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "site", mall.OwnSite)
	imp := takePeople(t, s, shop.ID, "お得な情報をメールで受け取る", people)
	if err := s.EnsureBuiltIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Mappings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]int64{}
	for _, row := range rows {
		ids[row.Name] = row.ID
	}
	refused := func(what string, err error, kind fault.Kind, code string) {
		t.Helper()
		var f *fault.Error
		if !fault.Is(err, kind) || code != "" && (!errors.As(err, &f) || f.CodeOrKind() != code) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err = s.RenameMapping(t.Context(), ids["online-retail"], "mine")
	refused("one that comes with the product", err, fault.Precondition, "BUILT_IN_MAPPING")
	_, err = s.RenameMapping(t.Context(), ids["members"], " ")
	refused("no name", err, fault.Invalid, "NAME_REQUIRED")
	_, err = s.RenameMapping(t.Context(), ids["members"], strings.Repeat("名", 101))
	refused("a name of more than 100 characters", err, fault.Invalid, "NAME_REQUIRED")
	if _, err := s.RenameMapping(t.Context(), ids["members"], strings.Repeat("名", 100)); err != nil {
		t.Errorf("a name of 100 characters: %v", err)
	}
	_, err = s.RenameMapping(t.Context(), ids["members"], "online-retail")
	refused("a name that is taken", err, fault.Conflict, "")

	row, err := s.RenameMapping(t.Context(), ids["members"], "会員名簿")
	if err != nil || row.Name != "会員名簿" {
		t.Fatalf("%+v, %v", row, err)
	}
	if m, err := s.FindMapping(t.Context(), "会員名簿"); err != nil || m.Name != "会員名簿" || m.Kind != mall.CustomersKind {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := s.RemoveMapping(t.Context(), ids["members"]); err != nil {
		t.Fatal(err)
	}
	_, err = s.RemoveMapping(t.Context(), ids["members"])
	refused("one that is gone", err, fault.NotFound, "")
	if mended := mend(t, s, imp.ID, download(t, s, imp.ID)); mended.RowsQuarantined != 2 {
		t.Errorf("%d rows are still refused", mended.RowsQuarantined)
	}
}
