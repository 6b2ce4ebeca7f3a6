package bulk_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/bulk"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/crm/tag"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var now = &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}

// nowhere takes jobs that nobody runs: the tests call Work.
type nowhere struct{}

func (nowhere) Enqueue(context.Context, db.Tx, interface{ Kind() string }) error { return nil }

// desk grants points to customers with even ids: the others are no members.
type desk struct{ granted []int64 }

func (k *desk) GrantInBulk(_ context.Context, _ db.Tx, customerID, _ int64, _, _ string, _ *int64) error {
	if customerID%2 == 1 {
		return fault.New(fault.Precondition, "no member")
	}
	k.granted = append(k.granted, customerID)
	return nil
}

type world struct {
	*testing.T
	d     *db.DB
	bulk  *bulk.Service
	desk  *desk
	tags  *tag.Service
	kept  *property.Service
	crowd []int64
}

func newWorld(t *testing.T) *world {
	t.Helper()
	d := dbtest.New(t)
	w := &world{T: t, d: d, desk: &desk{}, kept: property.New(d, now)}
	w.bulk = bulk.New(d, now, nowhere{}, w.desk, slog.New(slog.DiscardHandler))
	w.tags = tag.New(d, now, segment.New(segment.Config{DB: d, Clock: now, Zone: time.UTC, Currency: "JPY"}))
	err := d.NewRaw("INSERT INTO customers (family_name) SELECT 'x' FROM generate_series(1, 4100) RETURNING id").Scan(t.Context(), &w.crowd)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) run(r bulk.Request) *db.BulkEdit {
	w.Helper()
	row, err := w.bulk.Start(w.Context(), r)
	if err != nil {
		w.Fatal(err)
	}
	return w.work(row)
}

func (w *world) work(row *db.BulkEdit) *db.BulkEdit {
	w.Helper()
	if err := w.bulk.Work(w.Context()); err != nil {
		w.Fatal(err)
	}
	row, err := w.bulk.Find(w.Context(), row.ID)
	if err != nil {
		w.Fatal(err)
	}
	return row
}

func (w *world) undo(row *db.BulkEdit) {
	w.Helper()
	if _, err := w.bulk.Undo(w.Context(), row.ID); err != nil {
		w.Fatal(err)
	}
	if row = w.work(row); row.Status != bulk.Undone {
		w.Errorf("after an undo: %s", row.Status)
	}
}

func (w *world) tagged(id int64) (who []int64) {
	w.Helper()
	if err := w.d.NewRaw("SELECT customer_id FROM customer_taggings WHERE tag_id = ? ORDER BY 1", id).Scan(w.Context(), &who); err != nil {
		w.Fatal(err)
	}
	return who
}

func TestTagsAreGivenOnceAndTakenBack(t *testing.T) {
	w := newWorld(t)
	vip, err := w.tags.Create(t.Context(), "ＶＩＰ")
	if err != nil || vip.Name != "VIP" {
		t.Fatal(vip, err)
	}
	had := w.crowd[:10]
	for _, id := range had {
		if err := w.tags.Change(t.Context(), id, []int64{vip.ID}, nil); err != nil {
			t.Fatal(err)
		}
	}
	request := bulk.Request{Action: bulk.Tag, Customers: w.crowd, TagID: vip.ID, Key: "a"}
	outlook, err := w.bulk.Preview(t.Context(), request)
	if err != nil || outlook != (bulk.Outlook{Total: 4100, Same: 10}) {
		t.Errorf("%+v, %v", outlook, err)
	}
	untold := bulk.Request{Action: bulk.Tag, Customers: w.crowd, Key: "b"} // a tag yet to be made
	if outlook, err := w.bulk.Preview(t.Context(), untold); err != nil || outlook != (bulk.Outlook{Total: 4100}) {
		t.Errorf("%+v, %v", outlook, err)
	}
	if _, err := w.bulk.Start(t.Context(), untold); !fault.Is(err, fault.NotFound) {
		t.Errorf("an edit began without its tag: %v", err)
	}
	row := w.run(request)
	if row.Status != bulk.Done || row.Done != 4100 || row.Changed != 4090 || len(w.tagged(vip.ID)) != 4100 {
		t.Errorf("%+v", row)
	}
	if again := w.run(request); again.ID != row.ID {
		t.Errorf("the same key began another edit")
	}
	// One of them was merged into another since: his tag goes with the undo all the same.
	gone, stay := w.crowd[20], w.crowd[0]
	for _, sql := range []string{"UPDATE customers SET merged_into = ?1 WHERE id = ?0", "DELETE FROM customer_taggings WHERE customer_id = ?1", "UPDATE customer_taggings SET customer_id = ?1 WHERE customer_id = ?0"} {
		if _, err := w.d.NewRaw(sql, gone, stay).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.undo(row)
	if got := w.tagged(vip.ID); !slices.Equal(got, had[1:]) {
		t.Errorf("after the undo %d are tagged, want those who were before", len(got))
	}
	off := w.run(bulk.Request{Action: bulk.Untag, Customers: w.crowd, TagID: vip.ID, Key: "b"})
	if off.Changed != 9 || len(w.tagged(vip.ID)) != 0 {
		t.Errorf("%+v", off)
	}
	w.undo(off)
	if got := w.tagged(vip.ID); !slices.Equal(got, had[1:]) {
		t.Errorf("untagging was not taken back: %v", got)
	}
}

func TestValuesComeBackWhereNobodyChangedThemSince(t *testing.T) {
	w := newWorld(t)
	if _, err := w.kept.Create(t.Context(), property.Draft{Key: "size", Name: "Size", Type: property.Number}); err != nil {
		t.Fatal(err)
	}
	set := func(id int64, value string) {
		t.Helper()
		if _, err := w.kept.Set(t.Context(), id, map[string]json.RawMessage{"size": json.RawMessage(value)}); err != nil {
			t.Fatal(err)
		}
	}
	known := func() map[int64]string {
		t.Helper()
		held, err := w.kept.Of(t.Context(), w.crowd[:5])
		if err != nil {
			t.Fatal(err)
		}
		found := map[int64]string{}
		for id, values := range held {
			for _, v := range values {
				found[id] = string(v)
			}
		}
		return found
	}
	a, b, c, d := w.crowd[0], w.crowd[1], w.crowd[2], w.crowd[3]
	set(a, "1")
	set(b, "7")
	request := bulk.Request{Action: bulk.SetProperty, Customers: w.crowd[:4], PropertyKey: "size", Value: json.RawMessage("7"), Key: "a"}
	outlook, err := w.bulk.Preview(t.Context(), request)
	if err != nil || outlook != (bulk.Outlook{Total: 4, Same: 1, Replaced: 1}) {
		t.Errorf("%+v, %v", outlook, err)
	}
	row := w.run(request)
	if row.Changed != 3 {
		t.Errorf("%+v", row)
	}
	set(c, "9")
	w.undo(row)
	if got := known(); len(got) != 3 || got[a] != "1" || got[b] != "7" || got[c] != "9" {
		t.Errorf("%v; %d had nothing before", got, d)
	}
}

func TestPointsAreForMembersAndForGood(t *testing.T) {
	w := newWorld(t)
	request := bulk.Request{Action: bulk.GrantPoints, Customers: w.crowd[:500], Points: 100, Key: "a"}
	if _, err := w.bulk.Start(t.Context(), request); !fault.Is(err, fault.Forbidden) {
		t.Errorf("without the scope: %v", err)
	}
	scopes, err := access.Scopes(access.ScopePointsWrite)
	if err != nil {
		t.Fatal(err)
	}
	ctx := access.WithCaller(t.Context(), &access.Caller{Principal: access.Principal{Kind: access.ActorStaff, Scopes: scopes}})
	request.Points = 0
	var f *fault.Error
	if _, err := w.bulk.Start(ctx, request); !errors.As(err, &f) || f.Code != "POINTS_RANGE" {
		t.Error(err)
	}
	request.Points = 100
	row, err := w.bulk.Start(ctx, request)
	if err != nil {
		t.Fatal(err)
	}
	row = w.work(row)
	if row.Changed != 250 || row.Refused != 250 || len(w.desk.granted) != 250 {
		t.Errorf("%+v, %d granted", row, len(w.desk.granted))
	}
	if _, err := w.bulk.Undo(t.Context(), row.ID); !errors.As(err, &f) || f.Code != "NOT_UNDOABLE" {
		t.Error(err)
	}
}

func TestTagsAreMergedAndNotDeletedWhileASegmentNamesThem(t *testing.T) {
	w := newWorld(t)
	one, err := w.tags.Create(t.Context(), "one")
	if err != nil {
		t.Fatal(err)
	}
	two, err := w.tags.Create(t.Context(), "two")
	if err != nil {
		t.Fatal(err)
	}
	segments := segment.New(segment.Config{DB: w.d, Clock: now, Zone: time.UTC, Currency: "JPY"})
	catalog, err := segments.Catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var value string
	for _, f := range catalog.Fields() {
		if f.Name == "tag" {
			value = f.Choices[0].Value // by name: one
		}
	}
	rule := json.RawMessage(`{"field":"tag","op":"any_of","value":["` + value + `"]}`)
	if _, err := segments.Create(t.Context(), segment.Draft{Name: "S", Rule: rule}); err != nil {
		t.Fatal(err)
	}
	var f *fault.Error
	if err := w.tags.Delete(t.Context(), one.ID); !errors.As(err, &f) || f.Code != "TAG_IN_USE" || f.Params["segments"] != "S" {
		t.Fatal(err)
	}
	if err := w.tags.Change(t.Context(), w.crowd[0], []int64{one.ID}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.tags.MergeInto(t.Context(), one.ID, two.ID); err != nil {
		t.Fatal(err)
	}
	if got := w.tagged(two.ID); !slices.Equal(got, w.crowd[:1]) {
		t.Error(got)
	}
	list, err := segments.List(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	if names, err := segments.Naming(t.Context(), w.d, gid.Encode("CustomerTag", two.ID)); err != nil || !slices.Equal(names, []string{"S"}) {
		t.Errorf("the rule names another tag than %v, %v: %s", names, err, list[0].Rule)
	}
	if _, err := segments.Count(t.Context(), list[0].Rule); err != nil {
		t.Errorf("the rule does not stand: %v", err)
	}
	if _, err := w.tags.Rename(t.Context(), two.ID, "二つ"); err != nil {
		t.Fatal(err)
	}
}

// TestAMergeGoesFirst has a merge under way take its customers while an edit of
// them waits: were the edit to lock them before it waits, each would wait for
// the other.
func TestAMergeGoesFirst(t *testing.T) {
	w := newWorld(t)
	vip, err := w.tags.Create(t.Context(), "VIP")
	if err != nil {
		t.Fatal(err)
	}
	row, err := w.bulk.Start(t.Context(), bulk.Request{Action: bulk.Tag, Customers: w.crowd[:4], TagID: vip.ID, Key: "merge"})
	if err != nil {
		t.Fatal(err)
	}
	worked := make(chan error, 1)
	err = db.RunInTx(t.Context(), w.d, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(?)", db.PeopleLock).Exec(ctx); err != nil {
			return err
		}
		go func() { worked <- w.bulk.Work(t.Context()) }()
		for waits := false; !waits; {
			err := w.d.NewRaw(`SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
				AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`).Scan(ctx, &waits)
			if err != nil {
				return err
			}
			select {
			case err := <-worked:
				t.Fatalf("the edit did not wait for the merge: %v", err)
			default:
			}
		}
		_, err := tx.NewRaw("SELECT FROM customers WHERE id = ? FOR UPDATE NOWAIT", w.crowd[0]).Exec(ctx)
		return err
	})
	if err != nil {
		t.Errorf("a merge cannot have its customers: %v", err)
	}
	if err := <-worked; err != nil {
		t.Error(err)
	}
	if row, err = w.bulk.Find(t.Context(), row.ID); err != nil || row.Status != bulk.Done {
		t.Errorf("the edit is %s, %v", row.Status, err)
	}
}
