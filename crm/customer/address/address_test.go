package address_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/customer/address"
)

// TestOnePlace holds spellings of one place against its first.
func TestOnePlace(t *testing.T) {
	type written struct{ postcode, prefecture, city, line string }
	for name, spellings := range map[string][]written{
		"Chiyoda: numbers and what divides them": {
			{"1000001", "東京都", "千代田区", "千代田1-2-3"},
			{"1000001", "東京都", "千代田区", "千代田一丁目二番三号"},
			{"1000001", "東京都", "千代田区", "千代田１丁目２－３"},
			{"1000001", "東京都", "千代田区", "千代田1丁目2番地3"},
			{"1000001", "東京都", "千代田区", "千代田一ー二ー三"},
			{"1000001", "東京都", "千代田区", "千代田1丁目 2番 3号"},
			{"1000001", "東京都", "千代田区", "千代田1の2の3"},
			{"1000001", "", "", "東京都千代田区千代田1−2−3"},
			{"1000001", "", "千代田区", "千代田1-2-3"},
			{"1000001", "", "", "千代田1-2-3"},
			{"", "東京都", "千代田区", "千代田1-2-3"},
			{"1000002", "東京都", "千代田区", "千代田1-2-3"},
			{"1000001", "東京都", "千代田区", "千代田1-2-3 巡りビル401"},
			{"1000001", "東京都", "千代田区", "千代田1-2-3-401"},
			{"1000001", "東京都", "千代田区", "千代田1丁目2-3号 巡りビル4F"},
			{"1000001", "東京都", "千代田區", "千代田 1-2-3"},
		},
		"small letters between kanji": {
			{"1000013", "東京都", "千代田区", "霞が関3-1"},
			{"1000013", "東京都", "千代田区", "霞ヶ関三丁目1番"},
			{"1000013", "東京都", "千代田区", "霞ケ関3丁目1"},
			{"1000013", "東京都", "千代田区", "霞関3-1"},
		},
		"a city with one of them": {
			{"2530044", "神奈川県", "茅ヶ崎市", "新栄町12-3"},
			{"2530044", "神奈川県", "茅ケ崎市", "新栄町１２番３号"},
			{"2530044", "", "茅が崎市", "新栄町十二番三号"},
		},
		"大字 and 字": {
			{"5101233", "三重県", "三重郡菰野町", "大字菰野字江田123番地4"},
			{"5101233", "三重県", "菰野町", "菰野江田123-4"},
			{"5101233", "三重県", "三重郡菰野町", "菰野字江田123番地の4"},
		},
		"Sapporo": {
			{"0600001", "北海道", "札幌市中央区", "北一条西二丁目3"},
			{"0600001", "北海道", "札幌市", "北1条西2丁目3番地"},
			{"0600001", "", "中央区", "北1条西2-3"},
		},
		"streets of Kyoto": {
			{"6048225", "京都府", "京都市中京区", "蟷螂山町123"},
			{"6048225", "京都府", "京都市中京区", "新町通四条上る蟷螂山町123番地"},
			{"6048225", "京都府", "京都市中京区", "新町通四条上ル蟷螂山町123"},
		},
		"numbers in names": {
			{"1020082", "東京都", "千代田区", "一番町5-6"},
			{"1020082", "東京都", "千代田区", "1番町5番6号"},
		},
		"letters that a name is written with": {
			{"1410031", "東京都", "品川区", "西五反田七丁目8-9"},
			{"1410031", "東京都", "品川区", "西五反田7-8-9"},
			{"1410031", "東京都", "品川區", "西五反田7ー8ー9 澤コーポ202号室"},
		},
		"Roppongi": {
			{"1060032", "東京都", "港区", "六本木6-10-1"},
			{"1060032", "東京都", "港区", "六本木六丁目十番一号"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			want := ""
			for _, w := range spellings {
				got := address.Parse(w.postcode, w.prefecture, w.city, w.line).Key()
				if want == "" {
					want = got
				}
				if got == "" || got != want {
					t.Errorf("%+v gives %q, want %q", w, got, want)
				}
			}
		})
	}
}

// TestOtherPlace: each of a group is a place of its own, or none.
func TestOtherPlace(t *testing.T) {
	seen := map[string]string{}
	for _, line := range []string{
		"千代田1-2-3", "千代田1-2-4", "千代田1-23", "千代田12-3", "千代田2-1-3", "一番町1-2-3", "二番町1-2-3", "三番町1-2-3", "六番町1-2-3",
		"神田神保町1-2-3", "神田三崎町1-2-3", "西神田1-2-3", "富士見1-2-3", "九段北1-2-3", "九段南1-2-3",
	} {
		key := address.Parse("", "東京都", "千代田区", line).Key()
		if other, taken := seen[key]; taken || key == "" {
			t.Errorf("%s gives %q, as %s", line, key, other)
		}
		seen[key] = line
	}
	for _, line := range []string{"千代田", "", "千代田番地なし", "三田"} {
		if key := address.Parse("1000001", "東京都", "千代田区", line).Key(); key != "" {
			t.Errorf("%q has no house number but gives %q", line, key)
		}
	}
	if key := address.Parse("", "", "府中市", "府川町1-2").Key(); key != "" {
		t.Errorf("two prefectures have a 府中市; without one it gives %q", key)
	}
	if a, b := address.Parse("", "東京都", "府中市", "宮町1-2").Key(), address.Parse("", "広島県", "府中市", "宮町1-2").Key(); a == b || a == "" {
		t.Errorf("府中市 of two prefectures: %q and %q", a, b)
	}
}

func TestBuildingAndRoom(t *testing.T) {
	for _, c := range []struct{ line, block, building, room string }{
		{"千代田1-2-3 巡りビル401", "1-2-3", "巡リビル", "401"},
		{"千代田1-2-3巡りビル401号室", "1-2-3", "巡リビル", "401"},
		{"千代田1-2-3-401", "1-2-3", "", "401"},
		{"千代田1-2-3 401", "1-2-3", "", "401"},
		{"千代田1-2-3 401号", "1-2-3", "", "401"},
		{"千代田1-2 コーポ千代田0102", "1-2", "コーポ千代田", "102"},
		{"千代田1-2-3 巡りビル", "1-2-3", "巡リビル", ""},
		{"千代田1-2-3", "1-2-3", "", ""},
	} {
		a := address.Parse("1000001", "東京都", "千代田区", c.line)
		if a.Block != c.block || a.Building != c.building || a.Room != c.room {
			t.Errorf("%s: %+v", c.line, a)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("1000001", "東京都", "千代田区", "千代田一丁目2番3号 巡りビル401号室")
	f.Add("6048225", "京都府", "京都市中京区", "新町通四条上る蟷螂山町123番地")
	f.Add("", "", "", "ー-ー一ノ二")
	f.Fuzz(func(t *testing.T, postcode, prefecture, city, line string) {
		a := address.Parse(postcode, prefecture, city, line)
		if (a.Key() == "") != (a.Block == "" || (a.Municipality == "" || a.Town == "") && a.Postcode == "") {
			t.Errorf("%+v has the key %q", a, a.Key())
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		address.Parse("1000001", "東京都", "千代田区", "千代田一丁目2番3号 巡りビル401号室")
	}
}
