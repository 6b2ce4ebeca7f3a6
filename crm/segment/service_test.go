package segment_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// shop is a service over a database of its own, with three customers: 1 bought
// yesterday, 2 a hundred days ago, 3 never.
func shop(t *testing.T) (*segment.Service, *db.DB, *clock.Fixed) {
	t.Helper()
	d := dbtest.New(t)
	now := &clock.Fixed{T: night}
	crowd := []*person{
		{id: 1, member: true, stage: "GOLD", orders: []order{{mall: "RAKUTEN", currency: "JPY", at: night.AddDate(0, 0, -1), net: 5000, sale: true}}},
		{id: 2, orders: []order{{mall: "YAHOO", currency: "JPY", at: night.AddDate(0, 0, -100), net: 9000, sale: true}}},
		{id: 3},
	}
	if err := pgx.BeginFunc(context.Background(), d.Pool, func(tx pgx.Tx) error {
		insertPeople(t, tx, crowd)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return segment.New(segment.Config{DB: d, Clock: now, Zone: tokyo, Currency: "JPY"}), d, now
}

const recent = `{"field":"last_order","op":"within_days","value":90}`

func members(t *testing.T, d *db.DB, id int64) []int64 {
	t.Helper()
	var ids []int64
	if err := d.NewRaw("SELECT customer_id FROM segment_members WHERE segment_id = ? ORDER BY 1", id).Scan(context.Background(), &ids); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestPreview(t *testing.T) {
	s, _, _ := shop(t)
	ctx := context.Background()
	p, err := s.Preview(ctx, json.RawMessage(`{"all":[]}`), 2)
	if err != nil {
		t.Fatal(err)
	}
	if p.Count != 3 || len(p.Sample) != 2 || p.Sentence.JA != "すべての顧客" {
		t.Errorf("everybody: %+v", p)
	}
	p, err = s.Preview(ctx, json.RawMessage(`{"field":"stage","op":"any_of","value":["GOLD"]}`), 5)
	if err != nil || p.Count != 1 || !slices.Equal(p.Sample, []int64{1}) {
		t.Errorf("gold: %+v, %v", p, err)
	}
	if p.Sentence != (segment.Words{JA: "ステージがゴールドの顧客", EN: "Customers who are at stage Gold"}) {
		t.Errorf("the stages of the ladder are not named: %+v", p.Sentence)
	}
	n, err := s.Count(ctx, json.RawMessage(recent))
	if err != nil || n != 1 {
		t.Errorf("count %d, %v", n, err)
	}
	if _, err = s.Count(ctx, json.RawMessage(`{"field":"x"}`)); len(segment.Problems(err)) != 1 {
		t.Errorf("a bad rule: %v", err)
	}
}

// TestTheSampleIsTheSameEitherWay: of many, whom the hash puts first; of few, all there are.
func TestTheSampleIsTheSameEitherWay(t *testing.T) {
	s, d, _ := shop(t)
	if _, err := d.Exec(`WITH made AS (INSERT INTO customers (id) SELECT g FROM generate_series(1000, 5000) AS g RETURNING id)
		INSERT INTO customer_stats (customer_id, orders_count) SELECT id, id % 100 FROM made`); err != nil {
		t.Fatal(err)
	}
	for rule, people := range map[string]int64{`{"all":[]}`: 4004, `{"field":"orders","op":"eq","value":7}`: 40, `{"field":"orders","op":"gte","value":500}`: 0} {
		p, err := s.Preview(t.Context(), json.RawMessage(rule), segment.MaxSample)
		if err != nil || p.Count != people || int64(len(p.Sample)) != min(people, segment.MaxSample) {
			t.Fatalf("%s: %d people, %d shown, %v", rule, p.Count, len(p.Sample), err)
		}
		var want []int64
		st := segment.NewCatalog(segment.Merchant{Zone: tokyo, Currency: "JPY"}).Compile(parse(t, catalog(), rule), night).IDs()
		err = d.Pool.QueryRow(t.Context(), `SELECT ARRAY(SELECT id FROM (`+st.SQL+`) AS hit ORDER BY (id % 1048576 * 2654435761) % 4294967296, id LIMIT 50)`, st.ExecArgs()...).Scan(&want)
		if err != nil || !slices.Equal(p.Sample, want) {
			t.Errorf("%s: shown %v, want %v, %v", rule, p.Sample, want, err)
		}
	}
}

func TestPreviewIsCutShort(t *testing.T) {
	_, d, now := shop(t)
	if _, err := d.Exec(`WITH made AS (INSERT INTO customers (id) SELECT g FROM generate_series(1000, 200000) AS g RETURNING id)
		INSERT INTO customer_stats (customer_id) SELECT id FROM made`); err != nil {
		t.Fatal(err)
	}
	count := func(timeout time.Duration) (int64, error) {
		s := segment.New(segment.Config{DB: d, Clock: now, Zone: tokyo, Currency: "JPY", Timeout: timeout})
		s.SetQuick(time.Millisecond)
		return s.Count(context.Background(), json.RawMessage(`{"all":[]}`))
	}
	if _, err := count(time.Millisecond); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
	if n, err := count(time.Minute); err != nil || n != 199_004 {
		t.Errorf("a rule that the quick plan does not finish: %d, %v", n, err)
	}
}

func TestMembershipFollowsTheRule(t *testing.T) {
	s, d, now := shop(t)
	ctx := context.Background()
	row, err := s.Create(ctx, segment.Draft{Name: " 最近の購入者 ", Rule: json.RawMessage(recent)})
	if err != nil {
		t.Fatal(err)
	}
	if row.Name != "最近の購入者" || *row.MemberCount != 1 || !slices.Equal(members(t, d, row.ID), []int64{1}) {
		t.Fatalf("created: %+v with %v", row, members(t, d, row.ID))
	}
	if _, err := d.Exec(`UPDATE customer_stats SET last_order_at = ? WHERE customer_id = 2`, night.AddDate(0, 0, 80)); err != nil {
		t.Fatal(err)
	}
	now.Advance(100 * 24 * time.Hour) // customer 1 falls out without any event
	moves, err := s.Refresh(ctx, row.ID)
	if err != nil || moves.Entered != 1 || moves.Left != 1 || *moves.Segment.MemberCount != 1 {
		t.Fatalf("refreshed: %+v, %v", moves, err)
	}
	if got := members(t, d, row.ID); !slices.Equal(got, []int64{2}) {
		t.Errorf("members %v", got)
	}
	now.Advance(time.Hour)
	if moves, err = s.Refresh(ctx, row.ID); err != nil || moves.Entered+moves.Left != 0 {
		t.Errorf("nothing moved, but %+v, %v", moves, err)
	}
	var entered time.Time
	if err := d.NewRaw("SELECT entered_at FROM segment_members WHERE segment_id = ?", row.ID).Scan(ctx, &entered); err != nil || !entered.Equal(now.Now().Add(-time.Hour)) {
		t.Errorf("who stays keeps the instant he entered: %v, %v", entered, err)
	}
}

func TestSavedSegments(t *testing.T) {
	s, d, now := shop(t)
	ctx := context.Background()
	first, err := s.Create(ctx, segment.Draft{Name: "A", Rule: json.RawMessage(recent)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = s.Create(ctx, segment.Draft{Name: "A", Rule: json.RawMessage(recent)}); code(err) != "NAME_TAKEN" {
		t.Errorf("a second A: %v", err)
	}
	if _, err = s.Create(ctx, segment.Draft{Name: "\t", Rule: json.RawMessage(recent)}); code(err) != "NAME_INVALID" {
		t.Errorf("without a name: %v", err)
	}
	_, err = s.Create(ctx, segment.Draft{Name: "B", Rule: json.RawMessage(`{"all":[{"field":"x"}]}`)})
	if p := segment.Problems(err); len(p) != 1 || p[0].Field != "rule.all.0.field" {
		t.Errorf("a bad rule: %v", err)
	}

	now.Advance(time.Minute)
	name := "C"
	row, err := s.Update(ctx, first.ID, segment.Change{Name: &name, Rule: json.RawMessage(`{"all":[]}`)})
	if err != nil || row.Name != "C" || *row.MemberCount != 3 {
		t.Fatalf("updated: %+v, %v", row, err)
	}
	if list, err := s.List(ctx, false); err != nil || len(list) != 1 {
		t.Errorf("list: %v, %v", list, err)
	}
	if row, err = s.Archive(ctx, first.ID); err != nil || row.ArchivedAt == nil || len(members(t, d, first.ID)) != 0 {
		t.Fatalf("archived: %+v, %v", row, err)
	}
	if again, err := s.Archive(ctx, first.ID); err != nil || !again.ArchivedAt.Equal(*row.ArchivedAt) {
		t.Errorf("archived again: %+v, %v", again, err)
	}
	if _, err = s.Refresh(ctx, first.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("refresh of an archived one: %v", err)
	}
	if list, err := s.List(ctx, false); err != nil || len(list) != 0 {
		t.Errorf("list: %v, %v", list, err)
	}
	if _, err = s.Create(ctx, segment.Draft{Name: "C", Rule: json.RawMessage(recent)}); err != nil {
		t.Errorf("an archived segment's name is free again: %v", err)
	}
	var actions []string
	if err := d.NewRaw("SELECT action FROM audit_log ORDER BY id").Scan(ctx, &actions); err != nil {
		t.Fatal(err)
	}
	if want := []string{"segment.create", "segment.update", "segment.archive", "segment.create"}; !slices.Equal(actions, want) {
		t.Errorf("audit log %v, want %v", actions, want)
	}
}

// TestSegmentsOfSegments saves rules that name others, and keeps those that are named.
func TestSegmentsOfSegments(t *testing.T) {
	s, d, _ := shop(t)
	ctx := context.Background()
	inner, err := s.Create(ctx, segment.Draft{Name: "inner", Rule: json.RawMessage(recent)})
	if err != nil {
		t.Fatal(err)
	}
	name := func(id int64) json.RawMessage { return naming(gid.Encode("Segment", id)) }
	outer, err := s.Create(ctx, segment.Draft{Name: "outer", Rule: json.RawMessage(`{"not":` + string(name(inner.ID)) + `}`)})
	if err != nil || !slices.Equal(members(t, d, outer.ID), []int64{2, 3}) {
		t.Fatalf("outer: %v, %v", members(t, d, outer.ID), err)
	}
	if words, err := s.Sentence(ctx, outer.Rule); err != nil || words.JA != "セグメント「inner」に該当する人を除く顧客" {
		t.Errorf("%+v, %v", words, err)
	}
	if _, err = s.Update(ctx, inner.ID, segment.Change{Rule: name(outer.ID)}); len(segment.Problems(err)) != 1 || segment.Problems(err)[0].Code != "SEGMENT_CYCLE" {
		t.Errorf("a circle: %v", err)
	}
	if _, err = s.Archive(ctx, inner.ID); code(err) != "SEGMENT_IN_USE" {
		t.Errorf("archived though named: %v", err)
	}
	// Another process saves a segment: a rule that names it is understood at once.
	other := segment.New(segment.Config{DB: d, Clock: &clock.Fixed{T: night}, Zone: tokyo, Currency: "JPY"})
	late, err := other.Create(ctx, segment.Draft{Name: "late", Rule: json.RawMessage(`{"all":[]}`)})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Count(ctx, name(late.ID)); err != nil || n != 3 {
		t.Errorf("late: %d, %v", n, err)
	}
	for _, id := range []int64{outer.ID, inner.ID} {
		if _, err := s.Archive(ctx, id); err != nil {
			t.Errorf("archive %d: %v", id, err)
		}
	}
}

func code(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
