package model

import "testing"

func TestAnEmptyListStaysOne(t *testing.T) {
	raw, err := UnmarshalJSON(map[string]any{"all": []any(nil), "any": []any{map[string]any{"not": []any(nil)}, nil, int64(2)}})
	if want := `{"all":[],"any":[{"not":[]},null,2]}`; err != nil || string(raw) != want {
		t.Errorf("%s, %v; want %s", raw, err, want)
	}
}
