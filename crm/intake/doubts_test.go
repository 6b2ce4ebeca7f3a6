package intake_test

import (
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db/dbtest"
)

const makeshopHeader = "日付,注文時間,注文番号,処理状況,注文者,注文者メールアドレス,商品名,数量,販売価格,送料,割引,合計金額\n"

// TestAllFaultsOfARow: everything that is wrong with a row is told at once, each
// at its column; mending a part of it leaves the rest.
func TestAllFaultsOfARow(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.Makeshop)
	imp := take(t, s, shop.ID, nil, makeshopHeader+
		"2024/13/1,90500,A1,配送,山田 花子,hanako@@example,シャツ,二,千円,0,0,1000\n"+
		"2024/3/1,90500,A2,配送,山田 花子,hanako@example.com,シャツ,1,1000,0,0,1000\n")
	rows, err := s.Quarantine(t.Context(), imp.ID, 0, 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows are held back, %v", len(rows), err)
	}
	told := []string{rows[0].Field + " " + rows[0].Code}
	for _, f := range rows[0].More {
		told = append(told, f.Field+" "+f.Code)
	}
	if want := []string{"日付 BAD_DATE", "注文者メールアドレス BAD_MAIL", "数量 BAD_QUANTITY", "販売価格 BAD_AMOUNT"}; !slices.Equal(told, want) {
		t.Errorf("the row is said to be wrong in %q, want %q", told, want)
	}
}

// TestOrdersInDoubt: orders that name no buyer, and those whose total is no sum
// of their parts, come in, are counted, and can be listed and looked for.
func TestOrdersInDoubt(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.Makeshop)
	imp := take(t, s, shop.ID, nil, makeshopHeader+
		"2024/3/1,90500,B1,配送,,,シャツ,2,1000,550,100,2450\n"+
		"2024/3/1,90500,B2,配送,山田 花子,hanako@example.com,シャツ,2,1000,550,100,9999\n"+
		"2024/3/1,90500,B3,注文キャンセル,山田 花子,hanako@example.com,シャツ,2,1000,550,100,0\n"+
		"2024/3/1,90500,B4,配送,山田 花子,hanako@example.com,シャツ,2,1000,550,100,2550\n")
	list := func(of intake.Doubt, no string) []string {
		t.Helper()
		rows, err := s.Doubtful(t.Context(), imp.ID, of, no, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		var numbers []string
		for _, row := range rows {
			numbers = append(numbers, row.OrderNo)
		}
		return numbers
	}
	if got := list(intake.WithoutBuyer, ""); !slices.Equal(got, []string{"B1"}) || imp.RowsWithoutCustomer != 1 {
		t.Errorf("without a buyer are %q in %d rows", got, imp.RowsWithoutCustomer)
	}
	if got := list(intake.WithoutBuyer, "B2"); got != nil {
		t.Errorf("B2 has a buyer, and %q is found", got)
	}
	n, err := s.CountSumsDiffer(t.Context(), imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := list(intake.SumsDiffer, ""); !slices.Equal(got, []string{"B2"}) || n != 1 {
		t.Errorf("%d orders do not add up: %q", n, got)
	}
	rows, err := s.Doubtful(t.Context(), imp.ID, intake.SumsDiffer, "B2", 0, 10)
	if err != nil || len(rows) != 1 || *rows[0].Said != 9999 || *rows[0].Added != 2450 {
		t.Errorf("%+v, %v", rows, err)
	}
	take(t, s, shop.ID, nil, makeshopHeader+"2024/3/1,90500,B2,配送,山田 花子,hanako@example.com,シャツ,2,1000,550,100,2450\n")
	if got := list(intake.SumsDiffer, ""); got != nil {
		t.Errorf("told otherwise since, %q still does not add up", got)
	}
}
