package note_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/note"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var start = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

type world struct {
	*testing.T
	d     *db.DB
	clock *clock.Fixed
	notes *note.Service
	who   []int64
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, d: dbtest.New(t), clock: &clock.Fixed{T: start}}
	w.notes = note.New(w.d, w.clock)
	err := w.d.NewRaw(`WITH made AS (INSERT INTO customers (family_name) VALUES ('佐藤'), ('佐藤') RETURNING id),
		stats AS (INSERT INTO customer_stats (customer_id) SELECT id FROM made) SELECT id FROM made ORDER BY id`).Scan(t.Context(), &w.who)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) write(customerID int64, body string, pinned bool) *db.CustomerNote {
	w.Helper()
	row, err := w.notes.Write(w.Context(), customerID, body, pinned)
	if err != nil {
		w.Fatal(err)
	}
	return row
}

// pinned is what is pinned to the page of a customer; "": nothing.
func (w *world) pinned(customerID int64) string {
	w.Helper()
	row, err := w.notes.Pinned(w.Context(), customerID)
	if err != nil {
		w.Fatal(err)
	}
	if row == nil {
		return ""
	}
	return row.Body
}

// onTimeline is how many notes the timeline of a customer has.
func (w *world) onTimeline(customerID int64) int {
	w.Helper()
	rows, err := event.Timeline(w.Context(), w.d, customerID, []string{"note"}, nil, 100)
	if err != nil {
		w.Fatal(err)
	}
	return len(rows)
}

func code(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	return f.CodeOrKind()
}

func TestANoteHasWords(t *testing.T) {
	w := newWorld(t)
	longest := strings.Repeat("字", note.MaxBody)
	for _, c := range []struct{ body, want string }{
		{"", "NOTE_BODY"}, {" \n　", "NOTE_BODY"}, {"a\x00b", "NOTE_BODY"}, {longest + "字", "NOTE_BODY"}, {longest, ""},
	} {
		if _, err := w.notes.Write(t.Context(), w.who[0], c.body, false); code(err) != c.want {
			t.Errorf("%d bytes: %v, want %q", len(c.body), err, c.want)
		}
	}
	if row := w.write(w.who[0], "  香りの強いお茶が好き\n", false); row.Body != "香りの強いお茶が好き" || row.Pinned {
		t.Errorf("%+v", row)
	}
	if n := w.onTimeline(w.who[0]); n != 2 {
		t.Errorf("%d notes on the timeline", n)
	}
	var nobody int64
	if err := w.d.NewRaw("INSERT INTO customers (anonymous) VALUES (true) RETURNING id").Scan(t.Context(), &nobody); err != nil {
		t.Fatal(err)
	}
	if _, err := w.notes.Write(t.Context(), nobody, "x", false); code(err) != "ANONYMOUS_CUSTOMER" {
		t.Errorf("of nobody in particular: %v", err)
	}
	if _, err := w.notes.Write(t.Context(), nobody+100, "x", false); !fault.Is(err, fault.NotFound) {
		t.Errorf("of nobody: %v", err)
	}
}

func TestAnEditKeepsWhatStoodThere(t *testing.T) {
	w := newWorld(t)
	row := w.write(w.who[0], "はじめ", false)
	for _, body := range []string{"つぎ", "つぎ ", "おわり"} { // the second says nothing new
		w.clock.Advance(time.Hour)
		if _, err := w.notes.Update(t.Context(), row.ID, note.Change{Body: &body}); err != nil {
			t.Fatal(err)
		}
	}
	history, err := w.notes.History(t.Context(), row.ID)
	if err != nil || len(history) != 2 || history[0].Body != "つぎ" || history[1].Body != "はじめ" || !history[1].ReplacedAt.Equal(start.Add(time.Hour)) {
		t.Errorf("%+v, %v", history, err)
	}
	now, err := w.notes.ByIDs(t.Context(), []int64{row.ID})
	if err != nil || len(now) != 1 || now[0].Body != "おわり" || now[0].EditedAt == nil || !now[0].WrittenAt.Equal(start) {
		t.Errorf("%+v, %v", now, err)
	}
	empty := " "
	if _, err := w.notes.Update(t.Context(), row.ID, note.Change{Body: &empty}); code(err) != "NOTE_BODY" {
		t.Errorf("emptied: %v", err)
	}
	if _, err := w.notes.Update(t.Context(), row.ID+100, note.Change{Body: &empty}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a note that is not there: %v", err)
	}
}

func TestOneNoteIsPinned(t *testing.T) {
	w := newWorld(t)
	first, yes, no := w.write(w.who[0], "一", true), true, false
	second := w.write(w.who[0], "二", true)
	if got := w.pinned(w.who[0]); got != "二" {
		t.Errorf("pinned is %q", got)
	}
	if row, err := w.notes.Update(t.Context(), first.ID, note.Change{Pinned: &yes}); err != nil || !row.Pinned || w.pinned(w.who[0]) != "一" {
		t.Errorf("%+v, %v, %q", row, err, w.pinned(w.who[0]))
	}
	if _, err := w.notes.Update(t.Context(), second.ID, note.Change{Pinned: &no}); err != nil || w.pinned(w.who[0]) != "一" {
		t.Errorf("taking one down that does not hang took another down: %v, %q", err, w.pinned(w.who[0]))
	}
	if history, err := w.notes.History(t.Context(), first.ID); err != nil || len(history) != 0 {
		t.Errorf("a pin is no edit: %v, %v", history, err)
	}
}

func TestDeletingLeavesNothing(t *testing.T) {
	w := newWorld(t)
	row, body := w.write(w.who[0], "消える", true), "やはり消える"
	if _, err := w.notes.Update(t.Context(), row.ID, note.Change{Body: &body}); err != nil {
		t.Fatal(err)
	}
	whose, err := w.notes.Delete(t.Context(), row.ID)
	if err != nil || whose != w.who[0] {
		t.Fatal(whose, err)
	}
	var left int
	err = w.d.NewRaw(`SELECT (SELECT count(*) FROM customer_notes) + (SELECT count(*) FROM customer_note_versions) + (SELECT count(*) FROM customer_note_pins)
		+ (SELECT count(*) FROM audit_log WHERE detail::text LIKE '%消える%')`).Scan(t.Context(), &left)
	if err != nil || left != 0 || w.onTimeline(w.who[0]) != 0 {
		t.Errorf("%d rows and %d entries of the timeline are left, %v", left, w.onTimeline(w.who[0]), err)
	}
	if _, err := w.notes.Delete(t.Context(), row.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("twice: %v", err)
	}
}

func TestNotesGoWithAMergeOfCustomersAndComeBack(t *testing.T) {
	w := newWorld(t)
	customers := customer.New(w.d, w.clock, nil)
	w.write(w.who[0], "残る人のメモ", true)
	moved, body := w.write(w.who[1], "移る人のメモ", true), "移る人の新しいメモ"
	if _, err := w.notes.Update(t.Context(), moved.ID, note.Change{Body: &body}); err != nil {
		t.Fatal(err)
	}
	merge, err := customers.Merge(t.Context(), customer.MergeRequest{SurvivorID: w.who[0], MergedID: w.who[1]})
	if err != nil {
		t.Fatal(err)
	}
	if w.onTimeline(w.who[0]) != 2 || w.pinned(w.who[0]) != "残る人のメモ" {
		t.Errorf("%d notes, pinned %q", w.onTimeline(w.who[0]), w.pinned(w.who[0]))
	}
	again := "統合のあとに書き直したメモ"
	if row, err := w.notes.Update(t.Context(), moved.ID, note.Change{Body: &again}); err != nil || row.CustomerID != w.who[0] {
		t.Errorf("%+v, %v", row, err)
	}
	if _, err := customers.Undo(t.Context(), customer.UndoRequest{SurvivorID: w.who[0], MergeID: merge.ID}); err != nil {
		t.Fatal(err)
	}
	if w.pinned(w.who[1]) != again || w.pinned(w.who[0]) != "残る人のメモ" || w.onTimeline(w.who[1]) != 1 {
		t.Errorf("after the undo: %q and %q, %d", w.pinned(w.who[0]), w.pinned(w.who[1]), w.onTimeline(w.who[1]))
	}
	history, err := w.notes.History(t.Context(), moved.ID)
	if err != nil || len(history) != 2 {
		t.Errorf("%d former words, %v", len(history), err)
	}
}
