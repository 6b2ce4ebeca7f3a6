package customer

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// variants folds old and variant forms of kanji that occur in names and places
// to one of them. For match keys only: nobody's name is rewritten.
// Source: the variants table of open address normalisers (jisDai2 and 人名用).
var variants = strings.NewReplacer(
	"齋", "斎", "齊", "斎", "斉", "斎", "邊", "辺", "邉", "辺", "澤", "沢", "櫻", "桜", "廣", "広", "國", "国",
	"濱", "浜", "濵", "浜", "龍", "竜", "髙", "高", "﨑", "崎", "嵜", "崎", "德", "徳", "栁", "柳", "冨", "富", "嶋", "島", "嶌", "島",
	"眞", "真", "惠", "恵", "壽", "寿", "條", "条", "圓", "円", "瀨", "瀬", "關", "関", "鐵", "鉄", "會", "会", "學", "学", "榮", "栄",
	"檜", "桧", "籠", "篭", "萬", "万", "與", "与", "來", "来", "豐", "豊", "藏", "蔵", "縣", "県", "區", "区", "曾", "曽", "淵", "渕",
)

// nameKeys are the spellings of a full name, each enough beside a phone: kanji and kana.
func nameKeys(n Normal) []string {
	var keys []string
	if k := kanjiKey(n); k != "" {
		keys = append(keys, "j:"+k)
	}
	if k := kanaKey(n); k != "" {
		keys = append(keys, "k:"+k)
	}
	return keys
}

// kanjiKey is the full name; "" unless both parts, or an undivided name of at
// least three letters, are there: a surname is a household, not a person.
func kanjiKey(n Normal) string {
	if n.GivenName == "" && len([]rune(n.FamilyName)) < 3 {
		return ""
	}
	return kanjiFolded(n)
}

func kanjiFolded(n Normal) string {
	return strings.ToLower(variants.Replace(unspaced(n.FamilyName + n.GivenName)))
}

func kanaKey(n Normal) string {
	if n.GivenKana == "" && len([]rune(n.FamilyKana)) < 4 {
		return ""
	}
	return unspaced(n.FamilyKana + n.GivenKana)
}

// firstLetter is the first letter of the name, divided or not.
func firstLetter(n Normal) string {
	for _, r := range kanjiFolded(n) {
		return string(r)
	}
	return ""
}

func unspaced(s string) string { return strings.ReplaceAll(s, " ", "") }

func dateKey(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02")
}

var (
	hyphens    = strings.NewReplacer("‐", "-", "‑", "-", "–", "-", "—", "-", "―", "-", "−", "-", "－", "-", "~", "-", "〜", "-", "～", "-", "ー", "-")
	places     = strings.NewReplacer("大字", "", "字", "", "ヶ", "ケ", "が", "ケ", "ヵ", "カ", "之", "ノ", "の", "ノ", "ッ", "ツ", " ", "")
	kanjiCount = regexp.MustCompile(`[〇一二三四五六七八九十]+(丁目|番地|番|号)`)
	counters   = regexp.MustCompile(`(\d)(丁目|番地の|番地|番|号|ノ)`)
	longVowel  = regexp.MustCompile(`([^\d])ー|ー([^\d])`)
	number     = regexp.MustCompile(`\d+(-\d+)*`)
)

// addressKey is prefecture, city and street down to the house number, without
// the building; "" when there is no house number.
func addressKey(n Normal) string {
	s := n.Prefecture + n.City + n.Address
	s = variants.Replace(s)
	s = kanjiCount.ReplaceAllStringFunc(s, arabicCount)
	// A long vowel mark is a letter beside letters and a hyphen between digits.
	s = longVowel.ReplaceAllString(s, "${1}\u30fc\u30fc${2}")
	s = strings.ReplaceAll(s, "\u30fc\u30fc", "\u0000")
	s = hyphens.Replace(s)
	s = strings.ReplaceAll(s, "\u0000", "ー")
	s = places.Replace(s)
	s = counters.ReplaceAllString(s, "$1-")
	s = strings.ToLower(strings.ReplaceAll(s, "--", "-"))
	at := number.FindStringIndex(s)
	if at == nil {
		return ""
	}
	return s[:at[1]]
}

// arabicCount writes 二十三番地 as 23番地.
func arabicCount(s string) string {
	const digits = "〇一二三四五六七八九"
	total, current := 0, 0
	var unit []rune
	for i, r := range []rune(s) {
		if at := strings.IndexRune(digits, r); at >= 0 {
			current = current*10 + at/3
			continue
		}
		if r == '十' {
			total += max(current, 1) * 10
			current = 0
			continue
		}
		unit = []rune(s)[i:]
		break
	}
	return strconv.Itoa(total+current) + string(unit)
}

// SearchText is what the list of customers is searched in: name, kana, mail and
// phone in one spelling.
func SearchText(n Normal) string {
	parts := []string{
		n.FamilyName + n.GivenName, n.FamilyName + " " + n.GivenName, n.FamilyKana + n.GivenKana, n.Phone, localPhone(n.Phone),
	}
	if !n.Relay {
		parts = append(parts, n.Mail)
	}
	var kept []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			kept = append(kept, strings.ToLower(p))
		}
	}
	return strings.Join(kept, "\n")
}

// FoldSearch brings what somebody types into the same spelling.
func FoldSearch(s string) string { return strings.ToLower(clean(s)) }

// localPhone is a Japanese number as people write it, without hyphens.
func localPhone(e164 string) string {
	if rest, ok := strings.CutPrefix(e164, "+81"); ok {
		return "0" + rest
	}
	return ""
}
