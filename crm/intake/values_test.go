package intake_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func ranks(t *testing.T, properties string) *mall.Mapping {
	t.Helper()
	m, err := mall.ParseMapping([]byte(`{"name":"ranks","kind":"CUSTOMERS","columns":{"memberId":["会員番号"],"mail":["メール"]},"properties":` + properties + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return &m
}

// kept are the values of whoever has a mail address, by the keys of properties.
func kept(t *testing.T, d *db.DB, mail string) (values string) {
	t.Helper()
	err := d.NewRaw(`SELECT coalesce(string_agg(p.key || '=' || `+property.Canonical+`, ' ' ORDER BY p.key), '') FROM customers c
		JOIN property_values v ON v.customer_id = c.id JOIN properties p ON p.id = v.property_id WHERE c.email = ?`, mail).Scan(t.Context(), &values)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func TestAFileFillsCustomPropertiesAndTakesThemBack(t *testing.T) {
	d := dbtest.New(t)
	s, properties := newService(d, intake.Hooks{}), property.New(d, clock.System{})
	shop := newShop(t, d, "site", mall.OwnSite)
	for _, draft := range []property.Draft{
		{Key: "rank", Name: "旧ランク", Type: property.Choice, Options: []property.Option{{Value: "gold", Name: "ゴールド"}, {Value: "silver", Name: "シルバー"}}},
		{Key: "pets", Name: "ペットの数", Type: property.Number},
	} {
		if _, err := properties.Create(t.Context(), draft); err != nil {
			t.Fatal(err)
		}
	}
	mapping := ranks(t, `{"rank":["ランク","会員ランク"],"pets":["匹数"]}`)
	const header = "会員番号,メール,会員ランク,匹数\n"
	first := take(t, s, shop.ID, mapping, header+"M-1,a@example.com,シルバー,２\nM-2,b@example.com,ゴールド,\nM-3,c@example.com,プラチナ,1\nM-4,d@example.com,,0\n")
	wantFigures(t, "values", first, "inserted 3, updated 0, unchanged 0, quarantined 1")
	if got := kept(t, d, "a@example.com"); got != `pets=2 rank="silver"` {
		t.Errorf("a has %s", got)
	}
	var column, detail string
	if err := d.NewRaw("SELECT field, detail FROM import_quarantine WHERE import_id = ?", first.ID).Scan(t.Context(), &column, &detail); err != nil || column != "会員ランク" || !strings.Contains(detail, "NO_SUCH_CHOICE") {
		t.Errorf("refused for %q of %q, %v", detail, column, err)
	}

	// The same file again tells nothing new, another overwrites, and an empty cell tells nothing.
	second := take(t, s, shop.ID, mapping, header+"M-1,a@example.com,ゴールド,\nM-2,b@example.com,シルバー,3\nM-4,d@example.com,,0\n")
	wantFigures(t, "values again", second, "inserted 0, updated 2, unchanged 1, quarantined 0")
	if got := kept(t, d, "a@example.com") + ", " + kept(t, d, "b@example.com"); got != `pets=2 rank="gold", pets=3 rank="silver"` {
		t.Errorf("they have %s", got)
	}

	// Staff corrects one since: an undo leaves that and puts the rest back.
	var b int64
	if err := d.NewRaw("SELECT id FROM customers WHERE email = 'b@example.com'").Scan(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if _, err := properties.Set(t.Context(), b, map[string]json.RawMessage{"pets": json.RawMessage("4")}); err != nil {
		t.Fatal(err)
	}
	preview, err := s.PreviewUndo(t.Context(), second.ID)
	if err != nil || preview.Values != 2 {
		t.Errorf("%d values would go back, %v", preview.Values, err)
	}
	undo(t, s, second.ID)
	if got := kept(t, d, "a@example.com") + ", " + kept(t, d, "b@example.com"); got != `pets=2 rank="silver", pets=4 rank="gold"` {
		t.Errorf("after the undo they have %s", got)
	}
	if preview, err = s.PreviewUndo(t.Context(), first.ID); err != nil || preview.Customers != 1 {
		t.Errorf("%d customers would go with the first, %v", preview.Customers, err)
	}
}

func TestColumnsCalledAsAPropertyFillIt(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "site", mall.OwnSite)
	if _, err := property.New(d, clock.System{}).Create(t.Context(), property.Draft{Key: "pet", Name: "ペットの有無", Type: property.Boolean}); err != nil {
		t.Fatal(err)
	}
	imp := take(t, s, shop.ID, nil, "会員ID,氏名,メールアドレス,ペットの有無,誕生石\nM-1,佐藤 花子,hanako@example.com,あり,真珠\n")
	if got := kept(t, d, "hanako@example.com"); imp.Format != "CUSTOMERS_CSV" || got != "pet=true" {
		t.Errorf("of a %s: %s", imp.Format, got)
	}
}

func TestAMappingFillsOnlyWhatThereIs(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "site", mall.OwnSite)
	_, err := s.TakeFile(t.Context(), intake.File{Name: "c.csv", Content: strings.NewReader("会員番号,メール,ランク\nM-1,a@example.com,x\n"), ShopID: shop.ID, Mapping: ranks(t, `{"rank":["ランク"]}`)}, nil)
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != "MAPPING_PROPERTY_MISSING" || f.Params["key"] != "rank" {
		t.Errorf("%v", err)
	}
	for _, wrong := range []string{`{"Rank":["x"]}`, `{"rank":[]}`} {
		if _, err := mall.ParseMapping([]byte(`{"kind":"CUSTOMERS","columns":{"mail":["m"]},"properties":` + wrong + `}`)); err == nil {
			t.Errorf("%s is taken", wrong)
		}
	}
}
