package tag_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/tag"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var now = &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}

// segments name the tags whose ids they hold.
type segments map[string]string

func (s segments) Naming(_ context.Context, _ bun.IDB, id string) (names []string, err error) {
	for name, held := range s {
		if held == id {
			names = append(names, name)
		}
	}
	return names, nil
}

func (s segments) Rename(_ context.Context, _ bun.IDB, from, to string) error {
	for name, held := range s {
		if held == from {
			s[name] = to
		}
	}
	return nil
}

func newService(t *testing.T) (*tag.Service, *db.DB, segments) {
	t.Helper()
	d, rules := dbtest.New(t), segments{}
	return tag.New(d, now, rules), d, rules
}

func code(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	return f.CodeOrKind()
}

func people(t *testing.T, d *db.DB, n int) (ids []int64) {
	t.Helper()
	err := d.NewRaw(`WITH made AS (INSERT INTO customers (family_name) SELECT '佐藤' FROM generate_series(1, ?) RETURNING id),
		stats AS (INSERT INTO customer_stats (customer_id) SELECT id FROM made) SELECT id FROM made ORDER BY id`, n).Scan(t.Context(), &ids)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func create(t *testing.T, s *tag.Service, name string) int64 {
	t.Helper()
	row, err := s.Create(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return row.ID
}

func give(t *testing.T, s *tag.Service, customerID int64, tags ...int64) {
	t.Helper()
	if err := s.Change(t.Context(), customerID, tags, nil); err != nil {
		t.Fatal(err)
	}
}

// names are the tags of a customer.
func names(t *testing.T, s *tag.Service, customerID int64) string {
	t.Helper()
	of, err := s.Of(t.Context(), []int64{customerID})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, row := range of[customerID] {
		list = append(list, row.Name)
	}
	return strings.Join(list, " ")
}

func TestATagHasOneSpelling(t *testing.T) {
	s, _, _ := newService(t)
	row, err := s.Create(t.Context(), "　ＶＩＰ　 のお客様 ")
	if err != nil || row.Name != "VIP のお客様" {
		t.Fatalf("%+v, %v", row, err)
	}
	longest := strings.Repeat("字", tag.MaxName)
	for name, want := range map[string]string{
		"vip のお客様": "TAG_NAME_TAKEN", "": "TAG_NAME", " 　": "TAG_NAME", "a,b": "TAG_NAME", "お茶、器": "TAG_NAME", longest + "字": "TAG_NAME", longest: "",
	} {
		if _, err := s.Create(t.Context(), name); code(err) != want {
			t.Errorf("%q: %v, want %s", name, err, want)
		}
	}
	if _, err := s.Rename(t.Context(), row.ID, longest); code(err) != "TAG_NAME_TAKEN" {
		t.Errorf("a name that another has: %v", err)
	}
	renamed, err := s.Rename(t.Context(), row.ID, "vip のお客様")
	if err != nil || renamed.Name != "vip のお客様" {
		t.Errorf("its own name in other letters: %+v, %v", renamed, err)
	}
	if _, err := s.Rename(t.Context(), row.ID+100, "無"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a tag that is not there: %v", err)
	}
}

func TestThereAreOnlySoManyTags(t *testing.T) {
	s, d, _ := newService(t)
	_, err := d.NewRaw("INSERT INTO customer_tags (name, created_at) SELECT 't' || n, ? FROM generate_series(1, ?) n", now.Now(), tag.MaxTags-1).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	create(t, s, "最後")
	if _, err := s.Create(t.Context(), "余り"); code(err) != "TOO_MANY_TAGS" {
		t.Errorf("one too many: %v", err)
	}
}

func TestTagsAreGivenAndTaken(t *testing.T) {
	s, d, _ := newService(t)
	who := people(t, d, 2)
	tea, gift := create(t, s, "お茶会"), create(t, s, "ギフト")
	if err := s.Change(t.Context(), who[0], []int64{tea, gift, tea}, nil); err != nil {
		t.Fatal(err)
	}
	give(t, s, who[0], tea) // again: nothing changes
	if got := names(t, s, who[0]); got != "お茶会 ギフト" {
		t.Errorf("has %q", got)
	}
	if err := s.Change(t.Context(), who[0], nil, []int64{gift}); err != nil || names(t, s, who[0]) != "お茶会" {
		t.Errorf("after taking one: %q, %v", names(t, s, who[0]), err)
	}
	counts, err := s.Counts(t.Context(), []int64{tea, gift})
	if err != nil || counts[tea] != 1 || counts[gift] != 0 {
		t.Errorf("%v, %v", counts, err)
	}
	if err := s.Change(t.Context(), who[1], []int64{tea, gift + 100}, nil); !fault.Is(err, fault.NotFound) || names(t, s, who[1]) != "" {
		t.Errorf("of a tag that is not there nothing is given: %v, %q", err, names(t, s, who[1]))
	}
	var nobody int64
	if err := d.NewRaw("INSERT INTO customers (anonymous) VALUES (true) RETURNING id").Scan(t.Context(), &nobody); err != nil {
		t.Fatal(err)
	}
	if err := s.Change(t.Context(), nobody, []int64{tea}, nil); code(err) != "ANONYMOUS_CUSTOMER" {
		t.Errorf("nobody in particular has a tag: %v", err)
	}
}

func TestMergingTagsLeavesOneEach(t *testing.T) {
	s, d, rules := newService(t)
	who := people(t, d, 3)
	vip, best := create(t, s, "VIP"), create(t, s, "上得意")
	give(t, s, who[0], vip)
	give(t, s, who[1], vip, best)
	give(t, s, who[2], best)
	rules["上得意の会員"] = gid.Encode("CustomerTag", best)
	if _, err := s.MergeInto(t.Context(), vip, vip); code(err) != "SAME_TAG" {
		t.Errorf("one with itself: %v", err)
	}
	stay, err := s.MergeInto(t.Context(), best, vip)
	if err != nil || stay.ID != vip {
		t.Fatalf("%+v, %v", stay, err)
	}
	for _, id := range who {
		if got := names(t, s, id); got != "VIP" {
			t.Errorf("customer %d has %q", id, got)
		}
	}
	if rules["上得意の会員"] != gid.Encode("CustomerTag", vip) {
		t.Error("a rule names the tag that is gone")
	}
	if _, err := s.Find(t.Context(), best); !fault.Is(err, fault.NotFound) {
		t.Errorf("the other is still there: %v", err)
	}
}

func TestATagInARuleStays(t *testing.T) {
	s, d, rules := newService(t)
	who := people(t, d, 1)
	vip := create(t, s, "VIP")
	give(t, s, who[0], vip)
	rules["上得意"] = gid.Encode("CustomerTag", vip)
	var f *fault.Error
	if err := s.Delete(t.Context(), vip); code(err) != "TAG_IN_USE" || !errors.As(err, &f) || f.Params["segments"] != "上得意" {
		t.Errorf("deleted although a segment names it: %v", err)
	}
	delete(rules, "上得意")
	if err := s.Delete(t.Context(), vip); err != nil || names(t, s, who[0]) != "" {
		t.Errorf("%v, still on the customer: %q", err, names(t, s, who[0]))
	}
}

func TestTagsGoWithAMergeOfCustomersAndComeBack(t *testing.T) {
	s, d, _ := newService(t)
	who := people(t, d, 2)
	customers := customer.New(d, now, nil)
	tea, gift, vip := create(t, s, "お茶会"), create(t, s, "ギフト"), create(t, s, "VIP")
	give(t, s, who[0], tea, vip)
	give(t, s, who[1], gift, vip)
	merge, err := customers.Merge(t.Context(), customer.MergeRequest{SurvivorID: who[0], MergedID: who[1]})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(t, s, who[0]); got != "VIP お茶会 ギフト" {
		t.Errorf("the survivor has %q", got)
	}
	counts, err := s.Counts(t.Context(), []int64{vip})
	if err != nil || counts[vip] != 1 {
		t.Errorf("one customer counts %d times, %v", counts[vip], err)
	}
	if err := s.Change(t.Context(), who[1], []int64{tea}, nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("who was merged away is tagged: %v", err)
	}
	if _, err := customers.Undo(t.Context(), customer.UndoRequest{SurvivorID: who[0], MergeID: merge.ID}); err != nil {
		t.Fatal(err)
	}
	if got := []string{names(t, s, who[0]), names(t, s, who[1])}; !slices.Equal(got, []string{"VIP お茶会", "VIP ギフト"}) {
		t.Errorf("after the undo: %q", got)
	}
}

func TestManyAreTaggedOnce(t *testing.T) {
	s, d, _ := newService(t)
	who := people(t, d, 3)
	vip := create(t, s, "VIP")
	give(t, s, who[0], vip)
	changed, err := tag.Put(t.Context(), d, vip, who, 7, nil, now.Now())
	if slices.Sort(changed); err != nil || !slices.Equal(changed, who[1:]) {
		t.Errorf("tagged %v, %v", changed, err)
	}
	if changed, err = tag.Put(t.Context(), d, vip+100, who, 7, nil, now.Now()); err != nil || len(changed) > 0 {
		t.Errorf("with a tag that is gone: %v, %v", changed, err)
	}
	changed, err = tag.Take(t.Context(), d, vip, []int64{who[1], who[1] + 1000})
	if err != nil || !slices.Equal(changed, who[1:2]) || names(t, s, who[0])+names(t, s, who[2]) != "VIPVIP" {
		t.Errorf("taken from %v, %v", changed, err)
	}
}

func TestTheLogSaysHowMany(t *testing.T) {
	s, d, _ := newService(t)
	who := people(t, d, 1)
	give(t, s, who[0], create(t, s, "VIP"))
	var detail string
	err := d.NewRaw("SELECT detail::text FROM audit_log WHERE action = 'customer.tags' AND object_id = ?", who[0]).Scan(t.Context(), &detail)
	if err != nil || !strings.Contains(detail, `"added": 1`) {
		t.Errorf("%s, %v", detail, err)
	}
	if strings.Contains(detail, "佐藤") {
		t.Errorf("the log tells who it is: %s", detail)
	}
}
