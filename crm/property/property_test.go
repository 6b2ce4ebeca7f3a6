package property_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var now = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

func service(t *testing.T) (*property.Service, *db.DB) {
	t.Helper()
	d := dbtest.New(t)
	return property.New(d, &clock.Fixed{T: now}), d
}

func define(t *testing.T, s *property.Service, d property.Draft) property.Definition {
	t.Helper()
	made, err := s.Create(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func customer(t *testing.T, d *db.DB) (id int64) {
	t.Helper()
	if err := d.NewRaw("INSERT INTO customers (family_name) VALUES ('佐藤') RETURNING id").Scan(t.Context(), &id); err != nil {
		t.Fatal(err)
	}
	return id
}

func raw(text string) json.RawMessage { return json.RawMessage(text) }

func codeOf(err error) string {
	var f *fault.Error
	if err == nil {
		return ""
	}
	if !errors.As(err, &f) {
		return err.Error()
	}
	return f.CodeOrKind()
}

var options = []property.Option{{Value: "dog", Name: "犬"}, {Value: "cat", Name: "ネコ"}, {Value: "bird", Name: "鳥", Archived: true}}

func TestValuesFitTheirType(t *testing.T) {
	of := func(kind property.Type) property.Definition {
		d := property.Definition{Key: "k", Name: "n", Type: kind, Decimals: 1}
		if kind == property.Choice || kind == property.Choices {
			d.Options = options
		}
		return d
	}
	for _, c := range []struct {
		kind        property.Type
		value, held string
		want, code  string
	}{
		{property.Text, `" 緑茶 "`, "", `"緑茶"`, ""},
		{property.Text, `""`, "", `null`, ""},
		{property.Text, `12`, "", "", "VALUE_TYPE"},
		{property.Text, `"a\u0000b"`, "", "", "VALUE_TYPE"},
		{property.Number, `24.50`, "", `24.5`, ""},
		{property.Number, `-0`, "", `0`, ""},
		{property.Number, `24.55`, "", "", "NUMBER_DECIMALS"},
		{property.Number, `1e400000000`, "", "", "VALUE_TYPE"},
		{property.Number, `1000000000001`, "", "", "NUMBER_RANGE"},
		{property.Number, `"12"`, "", "", "VALUE_TYPE"},
		{property.Date, `"2026-02-29"`, "", "", "DATE_INVALID"},
		{property.Date, `"2024-02-29"`, "", `"2024-02-29"`, ""},
		{property.Boolean, `false`, "", `false`, ""},
		{property.Boolean, `"yes"`, "", "", "VALUE_TYPE"},
		{property.Choice, `"dog"`, "", `"dog"`, ""},
		{property.Choice, `"bird"`, "", "", "NO_SUCH_CHOICE"},
		{property.Choice, `"bird"`, `"bird"`, `"bird"`, ""},
		{property.Choices, `["cat","dog","cat"]`, "", `["dog","cat"]`, ""},
		{property.Choices, `["bird","dog"]`, `["bird"]`, `["dog","bird"]`, ""},
		{property.Choices, `["bird"]`, `["dog"]`, "", "NO_SUCH_CHOICE"},
		{property.Choices, `[]`, "", `null`, ""},
	} {
		got, err := of(c.kind).Check(raw(c.value), raw(c.held))
		if string(got) != c.want || codeOf(err) != c.code {
			t.Errorf("%s %s: %s %s, want %s %s", c.kind, c.value, got, codeOf(err), c.want, c.code)
		}
	}
}

func TestCellsOfFilesAreRead(t *testing.T) {
	of := func(kind property.Type) property.Definition {
		return property.Definition{Key: "k", Type: kind, Decimals: 1, Options: options}
	}
	for _, c := range []struct {
		kind             property.Type
		cell, want, code string
	}{
		{property.Number, "１，２００.５円", "1200.5", ""},
		{property.Date, "2026年2月3日", `"2026-02-03"`, ""},
		{property.Date, "2026/2/3 00:00", `"2026-02-03"`, ""},
		{property.Date, "きのう", "", "DATE_INVALID"},
		{property.Boolean, "あり", "true", ""},
		{property.Boolean, "×", "false", ""},
		{property.Boolean, "たぶん", "", "VALUE_TYPE"},
		{property.Choice, "ﾈｺ", `"cat"`, ""},
		{property.Choice, "亀", "", "NO_SUCH_CHOICE"},
		{property.Choices, "ネコ、犬", `["dog","cat"]`, ""},
		{property.Choices, "dog, 犬", `["dog"]`, ""},
		{property.Text, "  ", "null", ""},
	} {
		got, err := of(c.kind).Read(c.cell)
		if string(got) != c.want || codeOf(err) != c.code {
			t.Errorf("%s %q: %s %s, want %s %s", c.kind, c.cell, got, codeOf(err), c.want, c.code)
		}
	}
}

func TestValuesOutliveRenaming(t *testing.T) {
	s, d := service(t)
	who := customer(t, d)
	pet := define(t, s, property.Draft{Key: "pet", Name: "ペット", Type: property.Choice, Options: []property.Option{{Name: "犬"}, {Name: "猫"}}})
	cat := pet.Options[1].Value
	if _, err := s.Set(t.Context(), who, map[string]json.RawMessage{"pet": raw(`"` + cat + `"`)}); err != nil {
		t.Fatal(err)
	}
	renamed, err := s.Update(t.Context(), pet.ID, property.Draft{Name: "飼っている動物", Options: []property.Option{{Value: pet.Options[0].Value, Name: "いぬ"}, {Name: "鳥"}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(renamed.Options) != 3 || !renamed.Options[2].Archived || renamed.Options[2].Value != cat || renamed.Options[1].Value == cat {
		t.Fatalf("the choice that was left out is not kept: %+v", renamed.Options)
	}
	held, err := s.Of(t.Context(), []int64{who})
	if err != nil || renamed.Shown(held[who][pet.ID], "ja") != "猫" {
		t.Errorf("%s, %v", held[who][pet.ID], err)
	}
	again, err := s.Update(t.Context(), pet.ID, property.Draft{Name: "ペット", Options: []property.Option{{Name: "猫"}}})
	if err != nil || again.Options[0].Value != cat || again.Options[0].Archived {
		t.Errorf("猫 came back as %+v, %v", again.Options, err)
	}
}

func TestNothingIsWrittenWhenOneValueIsWrong(t *testing.T) {
	s, d := service(t)
	who := customer(t, d)
	define(t, s, property.Draft{Key: "a", Name: "A", Type: property.Text})
	define(t, s, property.Draft{Key: "b", Name: "B", Type: property.Number})
	if _, err := s.Set(t.Context(), who, map[string]json.RawMessage{"a": raw(`"x"`), "b": raw(`"y"`)}); codeOf(err) != "VALUE_TYPE" {
		t.Fatal(err)
	}
	if held, err := s.Of(t.Context(), []int64{who}); err != nil || len(held) > 0 {
		t.Errorf("%v, %v", held, err)
	}
	changed, err := s.Set(t.Context(), who, map[string]json.RawMessage{"a": raw(`"x"`), "b": raw(`7`)})
	if err != nil || !slices.Equal(changed, []string{"a", "b"}) {
		t.Fatal(changed, err)
	}
	if changed, err = s.Set(t.Context(), who, map[string]json.RawMessage{"a": raw(`null`), "b": raw(`7`)}); err != nil || !slices.Equal(changed, []string{"a"}) {
		t.Errorf("of one that was taken away and one that stayed, %v changed; %v", changed, err)
	}
	if _, err := s.Set(t.Context(), who, map[string]json.RawMessage{"c": raw(`1`)}); codeOf(err) != "NO_SUCH_PROPERTY" {
		t.Error(err)
	}
	if _, err := s.Set(t.Context(), who+1, map[string]json.RawMessage{"a": raw(`"x"`)}); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

func TestDefinitionsAreChecked(t *testing.T) {
	s, _ := service(t)
	define(t, s, property.Draft{Key: "taken", Name: "Taken", Type: property.Text})
	for code, d := range map[string]property.Draft{
		"PROPERTY_KEY":        {Key: "9a", Name: "n", Type: property.Text},
		"PROPERTY_KEY_TAKEN":  {Key: "taken", Name: "n", Type: property.Text},
		"PROPERTY_NAME_TAKEN": {Key: "other", Name: " taken ", Type: property.Text},
		"PROPERTY_NAME":       {Key: "other", Type: property.Text},
		"CHOICES_REQUIRED":    {Key: "other", Name: "n", Type: property.Choices},
		"CHOICES_NOT_ALLOWED": {Key: "other", Name: "n", Type: property.Date, Options: options},
		"CHOICE_TWICE":        {Key: "other", Name: "n", Type: property.Choice, Options: []property.Option{{Name: "ネコ"}, {Name: "ﾈｺ"}}},
		"CHOICE_NAME":         {Key: "other", Name: "n", Type: property.Choice, Options: []property.Option{{Name: "犬、猫"}}},
		"CHOICE_VALUE":        {Key: "other", Name: "n", Type: property.Choice, Options: []property.Option{{Value: "a b", Name: "犬"}}},
		"UNKNOWN_VALUE":       {Key: "other", Name: "n", Type: "COLOUR"},
		"OUT_OF_RANGE":        {Key: "other", Name: "n", Type: property.Number, Decimals: 5},
	} {
		if _, err := s.Create(t.Context(), d); codeOf(err) != code {
			t.Errorf("%s, want %s", codeOf(err), code)
		}
	}
}

func TestThereAreAtMostAHundred(t *testing.T) {
	s, _ := service(t)
	var last property.Definition
	for i := range property.MaxProperties {
		last = define(t, s, property.Draft{Key: fmt.Sprintf("k%d", i), Name: fmt.Sprintf("n%d", i), Type: property.Text})
	}
	more := property.Draft{Key: "more", Name: "more", Type: property.Text}
	if _, err := s.Create(t.Context(), more); codeOf(err) != "TOO_MANY_PROPERTIES" {
		t.Fatal(err)
	}
	if _, err := s.Archive(t.Context(), last.ID); err != nil {
		t.Fatal(err)
	}
	define(t, s, more)
	if _, err := s.Restore(t.Context(), last.ID); codeOf(err) != "TOO_MANY_PROPERTIES" {
		t.Error(err)
	}
	list, err := s.List(t.Context(), true)
	if err != nil || len(list) != property.MaxProperties+1 || !list[len(list)-1].Archived() {
		t.Errorf("%d listed, %v", len(list), err)
	}
}

func TestAFileIsTakenBackWhereItsWordStands(t *testing.T) {
	s, d := service(t)
	first, second := customer(t, d), customer(t, d)
	a := define(t, s, property.Draft{Key: "a", Name: "A", Type: property.Text})
	b := define(t, s, property.Draft{Key: "b", Name: "B", Type: property.Number})
	set := func(who int64, values map[string]json.RawMessage) {
		t.Helper()
		if _, err := s.Set(t.Context(), who, values); err != nil {
			t.Fatal(err)
		}
	}
	set(first, map[string]json.RawMessage{"a": raw(`"by hand"`)})
	err := property.Put(t.Context(), d, []property.Write{
		{CustomerID: first, Property: a, Value: raw(`"file"`)},
		{CustomerID: first, Property: b, Value: raw(`1`)},
		{CustomerID: second, Property: a, Value: raw(`"file"`)},
	}, now, 7)
	if err != nil {
		t.Fatal(err)
	}
	set(second, map[string]json.RawMessage{"a": raw(`"since"`)})
	if err := property.TakeBack(t.Context(), d, 7, []int64{first, second}, now); err != nil {
		t.Fatal(err)
	}
	held, err := s.Of(t.Context(), []int64{first, second})
	if err != nil || string(held[first][a.ID]) != `"by hand"` || len(held[first]) != 1 || string(held[second][a.ID]) != `"since"` {
		t.Errorf("%v %v, %v", held[first], held[second], err)
	}
}
