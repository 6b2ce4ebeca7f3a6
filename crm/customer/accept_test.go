package customer_test

import (
	"fmt"
	"log/slog"
	"testing"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// doubtfulTwo brings two appearances of one person that only a person may join:
// the same name and home, and nothing to prove it.
func (w *world) doubtfulTwo(n int) (first, second int64) {
	b := mall.Buyer{
		Mail: fmt.Sprintf("a%d@example.com", n), FamilyName: "佐藤", GivenName: fmt.Sprintf("花子%d", n),
		PostalCode: "1000001", Prefecture: "東京都", City: "千代田区", Address: fmt.Sprintf("千代田1-2-%d", n),
	}
	first = w.bring(mall.Yahoo, b, 100)
	b.Mail = fmt.Sprintf("b%d@example.com", n)
	return first, w.bring(mall.OwnSite, b, 100)
}

func TestAcceptAtOnceAndTakeBack(t *testing.T) {
	s, d, _ := newService(t)
	w := newWorld(t, d, now, s)
	var pairs [][2]int64
	for n := range 3 {
		a, b := w.doubtfulTwo(n + 1)
		pairs = append(pairs, [2]int64{a, b})
	}
	// One that a person told apart is not accepted unseen, whatever its score.
	if _, _, err := s.Decide(t.Context(), pairs[2][0], pairs[2][1], customer.Different, 0, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Decide(t.Context(), pairs[2][0], pairs[2][1], customer.Undecided, 0, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Decide(t.Context(), pairs[2][0], pairs[2][1], customer.Different, 0, nil); err != nil {
		t.Fatal(err)
	}
	would, err := s.Acceptance(t.Context(), 60)
	if err != nil || would.Pairs != 2 || would.Customers != 4 {
		t.Fatalf("%+v, %v", would, err)
	}
	for wrong, ask := range map[string][2]int{"SCORE_TOO_LOW": {20, 2}, "COUNT_CHANGED": {60, 1}, "NOTHING_TO_ACCEPT": {100, 0}} {
		if _, err := s.Accept(t.Context(), ask[0], ask[1]); code(err) != wrong {
			t.Errorf("accepting %v: %v, want %s", ask, err, wrong)
		}
	}
	batch, err := s.Accept(t.Context(), 60, 2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.UndoBatch(t.Context(), batch.ID); code(err) != "BATCH_AT_WORK" {
		t.Errorf("taking back what is at work: %v", err)
	}
	if err := s.RunJob(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	for i, p := range pairs {
		if one := w.now(p[0]) == w.now(p[1]); one != (i < 2) {
			t.Errorf("pair %d is one: %t", i, one)
		}
	}
	if got := latest(t, s); got.Status != customer.BatchDone || got.Merged != 2 || got.LeftOver != 0 {
		t.Errorf("%+v", got)
	}
	if _, err := s.UndoBatch(t.Context(), batch.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.RunJob(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	for i, p := range pairs {
		if w.now(p[0]) == w.now(p[1]) {
			t.Errorf("pair %d is one though the batch was taken back", i)
		}
	}
	if got := latest(t, s); got.Status != customer.BatchUndone || got.Undone != 2 {
		t.Errorf("%+v", got)
	}
}

func latest(t *testing.T, s *customer.Service) *db.CandidateBatch {
	t.Helper()
	rows, err := s.Batches(t.Context(), 1)
	if err != nil || len(rows) != 1 {
		t.Fatal(err)
	}
	return rows[0]
}

// TestHouseholds: who is connected by pairs is one household, through merges,
// their undo and decisions taken back.
func TestHouseholds(t *testing.T) {
	s, d, _ := newService(t)
	w := newWorld(t, d, now, s)
	home := func(given string) mall.Buyer {
		return mall.Buyer{Mail: given + "@example.com", FamilyName: "佐藤", GivenName: given, Phone: "03-5555-0101"}
	}
	a, b, c := w.bring(mall.Yahoo, home("花子"), 100), w.bring(mall.Yahoo, home("太郎"), 100), w.bring(mall.Yahoo, home("次郎"), 100)
	decide := func(x, y int64, as customer.Decision) {
		t.Helper()
		if _, _, err := s.Decide(t.Context(), x, y, as, 0, nil); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(of int64, want int) {
		t.Helper()
		if got, err := s.Housemates(t.Context(), of, 10); err != nil || len(got) != want {
			t.Errorf("customer %d lives with %v, want %d, %v", of, got, want, err)
		}
	}
	decide(a, b, customer.OneHousehold)
	expect(a, 1)
	expect(c, 0)
	decide(b, c, customer.OneHousehold)
	expect(a, 2)
	merge, err := s.Merge(t.Context(), customer.MergeRequest{SurvivorID: b, MergedID: c, Accept: []customer.Fact{customer.FactGivenName}})
	if err != nil {
		t.Fatal(err)
	}
	expect(a, 1)
	expect(c, 0)
	if _, err := s.Undo(t.Context(), customer.UndoRequest{SurvivorID: b, MergeID: merge.ID}); err != nil {
		t.Fatal(err)
	}
	expect(a, 2)
	decide(a, b, customer.Undecided)
	expect(a, 0)
	expect(c, 1)
}
