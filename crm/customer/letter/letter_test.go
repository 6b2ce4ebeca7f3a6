package letter_test

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/customer/letter"
)

// TestNamesThatAreOne: forms, look-alikes and what stands around a name.
func TestNamesThatAreOne(t *testing.T) {
	for name, spellings := range map[string][]string{
		"高崎":    {"髙﨑", "高﨑", "髙嵜", "高 崎"},
		"渡辺":    {"渡邉", "渡邊"},
		"斎藤":    {"齋藤", "齊藤", "斉藤"},
		"広沢":    {"廣澤"},
		"健二":    {"健ニ"},
		"ジョー":   {"ジョ一", "じょー", "ジョ－"},
		"山田商店":  {"株式会社山田商店", "㈱山田商店", "山田商店(株)"},
		"吉田花子":  {"𠮷田花子", "吉田　花子様", "吉田・花子"},
		"smith": {"SMITH", "Ｓｍｉｔｈ"},
	} {
		want := letter.Name(norm.NFKC.String(name))
		for _, s := range spellings {
			if got := letter.Name(norm.NFKC.String(s)); got != want {
				t.Errorf("%s is folded to %q, %s to %q", s, got, name, want)
			}
		}
		if again := letter.Name(want); again != want {
			t.Errorf("%q is folded again to %q", want, again)
		}
	}
	seen := map[string]string{}
	for _, name := range []string{"高崎", "高橋", "渡部", "斎木", "広田", "健一", "健二", "健三", "一", "二", "花子", "華子", "桜", "桜子", "田中", "田口"} {
		if other, taken := seen[letter.Name(name)]; taken {
			t.Errorf("%s is folded as %s", name, other)
		}
		seen[letter.Name(name)] = name
	}
}

func TestReadingsThatAreOne(t *testing.T) {
	for reading, spellings := range map[string][]string{
		"ショウジ":  {"シヨウジ", "しょうじ", "ショージ", "ショオジ"},
		"ミズキ":   {"ミヅキ", "みづき"},
		"ユウコ":   {"ユーコ", "ユウ コ"},
		"オオノ":   {"オーノ", "オウノ"},
		"ハットリ":  {"ハツトリ", "八ットリ"},
		"タロウ":   {"タロー", "夕ロウ"},
		"テシガワラ": {"てしがわら"},
	} {
		want := letter.Reading(reading)
		for _, s := range spellings {
			if got := letter.Reading(s); got != want {
				t.Errorf("%s is folded to %q, %s to %q", s, got, reading, want)
			}
		}
		if again := letter.Reading(want); again != want {
			t.Errorf("%q is folded again to %q", want, again)
		}
	}
	seen := map[string]string{}
	for _, reading := range []string{"ユウ", "ユウコ", "ユウキ", "ユキ", "ユキコ", "トモ", "トモオ", "ハルカ", "ハルナ", "リョウ", "リョウコ", "コウイチ", "コイチ", "マサオ", "マサ"} {
		if other, taken := seen[letter.Reading(reading)]; taken {
			t.Errorf("%s is folded as %s", reading, other)
		}
		seen[letter.Reading(reading)] = reading
	}
}
