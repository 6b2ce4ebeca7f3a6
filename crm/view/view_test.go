package view_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/view"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var now = &clock.Fixed{T: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}

func code(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	return f.CodeOrKind()
}

// person is a call of a new member of staff.
func person(t *testing.T, d *db.DB, name string, scopes ...access.Scope) context.Context {
	t.Helper()
	row := &db.Staff{Email: name + "@example.com", Name: name, Role: "MARKETER", PasswordHash: "x", Locale: "ja"}
	if _, err := d.NewInsert().Model(row).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	set, err := access.Scopes(scopes...)
	if err != nil {
		t.Fatal(err)
	}
	return access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: row.ID, Scopes: set})
}

func names(rows []db.SavedView) (list []string) {
	for _, r := range rows {
		list = append(list, r.Name)
	}
	return list
}

func draft(name string, shared bool) view.Draft {
	return view.Draft{List: "customers", Name: name, Shared: shared, Search: json.RawMessage(`{"sort":"NET_SALES"}`)}
}

func TestViewsAreOnesOwnUntilShared(t *testing.T) {
	d := dbtest.New(t)
	s := view.New(d, now)
	hana, taro, boss := person(t, d, "hana"), person(t, d, "taro"), person(t, d, "boss", access.ScopeStaffWrite)
	own, err := s.Create(hana, draft(" 上得意 ", false))
	if err != nil || own.Name != "上得意" {
		t.Fatalf("%+v, %v", own, err)
	}
	shared, err := s.Create(hana, draft("休眠予備軍", true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Create(taro, draft("上得意", false)); err != nil {
		t.Errorf("another person's view of the same name: %v", err)
	}
	if list, err := s.List(hana, "customers"); err != nil || !slices.Equal(names(list), []string{"上得意", "休眠予備軍"}) {
		t.Errorf("hana sees %v, %v", names(list), err)
	}
	if list, err := s.List(taro, "customers"); err != nil || !slices.Equal(names(list), []string{"上得意", "休眠予備軍"}) || list[0].ID == own.ID {
		t.Errorf("taro sees %v, %v", names(list), err)
	}

	renamed := "休眠"
	if _, err := s.Update(taro, shared.ID, view.Change{Name: &renamed}); code(err) != "VIEW_NOT_YOURS" {
		t.Errorf("taro renames hana's view: %v", err)
	}
	if err := s.Delete(taro, own.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("taro deletes what he cannot see: %v", err)
	}
	if row, err := s.Update(boss, shared.ID, view.Change{Name: &renamed}); err != nil || row.Name != renamed || !row.Shared {
		t.Errorf("who manages staff renames it: %+v, %v", row, err)
	}
	if err := s.Delete(hana, own.ID); err != nil {
		t.Error(err)
	}
	var actions []string
	if err := d.NewRaw("SELECT action FROM audit_log WHERE object_kind = 'SavedView' ORDER BY id").Scan(t.Context(), &actions); err != nil {
		t.Fatal(err)
	}
	want := []string{"saved_view.create", "saved_view.create", "saved_view.create", "saved_view.update", "saved_view.delete"}
	if !slices.Equal(actions, want) {
		t.Errorf("audited: %v", actions)
	}
}

func TestWhatAViewMayHold(t *testing.T) {
	d := dbtest.New(t)
	s := view.New(d, now)
	hana := person(t, d, "hana")
	change := func(edit func(*view.Draft)) view.Draft {
		one := draft("上得意", false)
		edit(&one)
		return one
	}
	if _, err := s.Create(hana, draft("上得意", false)); err != nil {
		t.Fatal(err)
	}
	for want, bad := range map[string]view.Draft{
		"VIEW_NAME_TAKEN": draft("上得意", true),
		"VIEW_NAME":       change(func(d *view.Draft) { d.Name = "  " }),
		"VIEW_SEARCH":     change(func(d *view.Draft) { d.Name, d.Search = "x", json.RawMessage(`["a"]`) }),
		"NO_SUCH_LIST":    change(func(d *view.Draft) { d.List = "customers-2" }),
	} {
		if _, err := s.Create(hana, bad); code(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	large := change(func(d *view.Draft) {
		d.Name, d.Search = "y", json.RawMessage(`{"q":"`+strings.Repeat("x", view.MaxSearch)+`"}`)
	})
	if _, err := s.Create(hana, large); code(err) != "VIEW_SEARCH" {
		t.Errorf("a view beyond its size: %v", err)
	}
	for n := 1; n < view.MaxViews; n++ {
		if _, err := s.Create(hana, draft(fmt.Sprintf("view %d", n), false)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Create(hana, draft("one more", false)); code(err) != "TOO_MANY_VIEWS" {
		t.Errorf("a view too many: %v", err)
	}
	if _, err := s.List(t.Context(), "customers"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("nobody lists views: %v", err)
	}
}

func TestColumnsAreRememberedPerPerson(t *testing.T) {
	d := dbtest.New(t)
	s := view.New(d, now)
	hana, taro := person(t, d, "hana"), person(t, d, "taro")
	for _, columns := range [][]string{{"name", "stage"}, {"sales", "name"}} {
		if err := s.RememberColumns(hana, "customers", columns); err != nil {
			t.Fatal(err)
		}
	}
	if columns, err := s.Columns(hana, "customers"); err != nil || !slices.Equal(columns, []string{"sales", "name"}) {
		t.Errorf("hana's columns: %v, %v", columns, err)
	}
	if columns, err := s.Columns(taro, "customers"); err != nil || columns != nil {
		t.Errorf("taro never chose, and gets %v, %v", columns, err)
	}
	if err := s.RememberColumns(hana, "customers", nil); err != nil {
		t.Fatal(err)
	}
	if columns, err := s.Columns(hana, "customers"); err != nil || columns != nil {
		t.Errorf("forgotten columns: %v, %v", columns, err)
	}
	for _, bad := range [][]string{{""}, {strings.Repeat("c", 41)}, make([]string, view.MaxColumns+1)} {
		if err := s.RememberColumns(hana, "customers", bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%d columns: %v", len(bad), err)
		}
	}
}

// TestOnlyListsThereAreAreKept: else there were room for fifty views under each
// of any number of names.
func TestOnlyListsThereAreAreKept(t *testing.T) {
	d := dbtest.New(t)
	s := view.New(d, now)
	hana := person(t, d, "hana")
	for what, call := range map[string]func(list string) error{
		"create a view": func(list string) error {
			one := draft("x", false)
			one.List = list
			_, err := s.Create(hana, one)
			return err
		},
		"list views":       func(list string) error { _, err := s.List(hana, list); return err },
		"remember columns": func(list string) error { return s.RememberColumns(hana, list, []string{"name"}) },
		"forget columns":   func(list string) error { return s.RememberColumns(hana, list, nil) },
		"columns":          func(list string) error { _, err := s.Columns(hana, list); return err },
	} {
		for _, list := range []string{"", "Customers", "customers-2"} {
			if err := call(list); code(err) != "NO_SUCH_LIST" {
				t.Errorf("%s of %q: %v, want NO_SUCH_LIST", what, list, err)
			}
		}
		for _, list := range view.Lists {
			if err := call(list); err != nil {
				t.Errorf("%s of %s: %v", what, list, err)
			}
		}
	}
}
