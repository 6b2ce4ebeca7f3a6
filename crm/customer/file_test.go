package customer_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/segment"
)

func fileOf(t *testing.T, s *customer.Service, o customer.Order) [][]string {
	t.Helper()
	file, err := s.Download(t.Context(), o, time.FixedZone("JST", 9*3600))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := file.WriteTo(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	if !marked || !strings.Contains(text, "\r\n") {
		t.Errorf("a spreadsheet would misread %q", text[:min(40, len(text))])
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestAFileShowsWhatTheListShows: its columns, order and people, more than one page of them.
func TestAFileShowsWhatTheListShows(t *testing.T) {
	const people = 1203
	s, d := crowd(t, people)
	_, err := d.NewRaw(`UPDATE customers SET family_name = '＝1+1', given_name = E'\n太郎', phone = '+819012345678', email = '' WHERE id = 3;
		UPDATE customer_stats SET net_sales = 999999999, last_order_at = '2026-11-20 15:30Z', orders_count = 2 WHERE customer_id = 3;
		UPDATE customer_stats SET net_sales = -500 WHERE customer_id = 4;
		UPDATE customers SET merged_into = 1 WHERE id = 5`).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rows := fileOf(t, s, customer.Order{
		Choice: customer.Choice{Filter: &customer.Filter{}}, By: customer.ByNetSales, Descending: true,
		Columns: []string{"name", "phone", "stage", "malls", "sales", "last", "unknown"}, Locale: "ja",
	})
	if want := []string{"顧客ID", "姓", "名", "メールアドレス", "電話番号", "会員ステージ", "購入モール", "純売上", "最終購入日"}; !slices.Equal(rows[0], want) {
		t.Errorf("columns %v", rows[0])
	}
	if len(rows) != people { // a header, and one was merged away
		t.Errorf("%d rows", len(rows))
	}
	if want := []string{"'＝1+1", "'\n太郎", "", "090-1234-5678", "レギュラー", "楽天市場、Yahoo!ショッピング", "999999999", "2026/11/21"}; !slices.Equal(rows[1][1:], want) {
		t.Errorf("%v", rows[1])
	}
	if last := rows[len(rows)-1]; last[7] != "-500" {
		t.Errorf("a sum below zero reads %q", last[7])
	}

	_, err = d.NewRaw(`INSERT INTO properties (id, key, name, type, choices, position, created_at, updated_at)
			VALUES (1, 'pet', 'ペット', 'CHOICE', '[{"value":"c1","name":"犬"}]', 1, now(), now());
		INSERT INTO property_values (customer_id, property_id, text, updated_at) VALUES (7, 1, 'c1', now());
		INSERT INTO customer_tags (id, name, created_at) VALUES (1, 'VIP', now()), (2, '卸', now());
		INSERT INTO customer_taggings (customer_id, tag_id, tagged_at) VALUES (7, 1, now()), (7, 2, now())`).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	kept := fileOf(t, s, customer.Order{Choice: customer.Choice{IDs: []int64{7, 9}}, By: customer.ByCreated, Columns: []string{"tags", "property.pet", "property.gone"}, Locale: "ja"})
	if !slices.Equal(kept[0][1:], []string{"タグ", "ペット"}) || !slices.Equal(kept[1][1:], []string{"VIP、卸", "犬"}) || !slices.Equal(kept[2][1:], []string{"", ""}) {
		t.Errorf("%q", kept)
	}

	few := fileOf(t, s, customer.Order{Choice: customer.Choice{IDs: []int64{9, 5, 7}}, By: customer.ByCreated, Columns: []string{"orders"}, Locale: "en"})
	if len(few) != 3 || !slices.Equal(few[0], []string{"Customer ID", "Orders"}) {
		t.Errorf("%v", few)
	}
	var noted []int
	if err := d.NewRaw("SELECT (detail->>'customers')::int FROM audit_log WHERE action = 'customer.download' ORDER BY id").Scan(t.Context(), &noted); err != nil || !slices.Equal(noted, []int{people - 1, 2, 2}) {
		t.Errorf("the audit log notes %v, %v", noted, err)
	}
}

// watched are rules that count what runs under their guard.
type watched struct {
	customer.Rules
	guarded int
}

func (w *watched) Guard(ctx context.Context, read func(context.Context, bun.IDB) error) error {
	w.guarded++
	return w.Rules.Guard(ctx, read)
}

// TestAWholeListIsReadUnderTheGuard, which bounds its time; a page needs none.
func TestAWholeListIsReadUnderTheGuard(t *testing.T) {
	s, d := crowd(t, 3)
	rules := &watched{Rules: segment.New(segment.Config{DB: d, Clock: now, Zone: time.UTC, Currency: "JPY"})}
	s.WithRules(rules)
	if _, err := s.List(t.Context(), customer.Filter{}, customer.ByCreated, false, nil, 10); err != nil || rules.guarded != 0 {
		t.Errorf("a page: guarded %d times, %v", rules.guarded, err)
	}
	for i, c := range []customer.Choice{{Filter: &customer.Filter{}}, {IDs: []int64{1, 2}}, {Filter: &customer.Filter{Search: "森"}}} {
		if _, err := s.Chosen(t.Context(), c, customer.ByCreated, false); err != nil || rules.guarded != i+1 {
			t.Errorf("%+v: guarded %d times, want %d, %v", c, rules.guarded, i+1, err)
		}
	}
}

func TestAChoiceIsOneOrTheOther(t *testing.T) {
	s, _ := crowd(t, 3)
	for want, c := range map[string]customer.Choice{
		"NOBODY_CHOSEN":   {},
		"TOO_MANY_CHOSEN": {IDs: make([]int64, customer.MaxChosen+1)},
	} {
		if _, err := s.Chosen(t.Context(), c, customer.ByCreated, false); code(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := s.Chosen(t.Context(), customer.Choice{IDs: []int64{1}, Filter: &customer.Filter{}}, customer.ByCreated, false); code(err) != "NOBODY_CHOSEN" {
		t.Errorf("both at once: %v", err)
	}
}
