package world

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/mall"
)

// Everybody writes his name and address a little differently from mall to mall;
// who he is stays the same.

// familyOn is the family name as the person writes it on a mall: some keep the
// old form of a letter for one of them.
func (p *Person) familyOn(m mall.Mall) string {
	if p.family.old != "" && p.spells>>spellingOf[m]&1 == 1 {
		return p.family.old
	}
	return p.family.kanji
}

var spellingOf = map[mall.Mall]int{mall.Rakuten: 0, mall.OwnSite: 1, mall.Yahoo: 2, mall.Store: 3, mall.Amazon: 4}

// fullName is the name in one field: most leave a space, some do not.
func (p *Person) fullName(m mall.Mall) string {
	whole := p.familyOn(m) + p.given.kanji
	if p.given.kanji == "" || p.spells%7 == 3 && len([]rune(whole)) > 3 {
		return whole
	}
	return p.familyOn(m) + " " + p.given.kanji
}

var fullWidth = strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９", "-", "－")

// streetOn is what stands below the city.
func (p *Person) streetOn(m mall.Mall) string {
	h := p.house
	var street string
	switch (p.spells + spellingOf[m]) % 4 {
	case 0:
		street = fmt.Sprintf("%d丁目%d番%d号", h[0], h[1], h[2])
	case 1:
		street = fullWidth.Replace(fmt.Sprintf("%d-%d-%d", h[0], h[1], h[2]))
	default:
		street = fmt.Sprintf("%d-%d-%d", h[0], h[1], h[2])
	}
	if p.building == "" {
		return p.home.area + street
	}
	return p.home.area + street + " " + p.building
}

// kanaOn is a reading, in letters of half width where the mall writes such.
func kanaOn(m mall.Mall, kana string) string {
	if m == mall.Yahoo {
		return halfKana.Replace(kana)
	}
	return kana
}

var halfKana = strings.NewReplacer(
	"ガ", "ｶﾞ", "ギ", "ｷﾞ", "グ", "ｸﾞ", "ゲ", "ｹﾞ", "ゴ", "ｺﾞ", "ザ", "ｻﾞ", "ジ", "ｼﾞ", "ズ", "ｽﾞ", "ゼ", "ｾﾞ", "ゾ", "ｿﾞ",
	"ダ", "ﾀﾞ", "ヂ", "ﾁﾞ", "ヅ", "ﾂﾞ", "デ", "ﾃﾞ", "ド", "ﾄﾞ", "バ", "ﾊﾞ", "ビ", "ﾋﾞ", "ブ", "ﾌﾞ", "ベ", "ﾍﾞ", "ボ", "ﾎﾞ",
	"パ", "ﾊﾟ", "ピ", "ﾋﾟ", "プ", "ﾌﾟ", "ペ", "ﾍﾟ", "ポ", "ﾎﾟ", "ア", "ｱ", "イ", "ｲ", "ウ", "ｳ", "エ", "ｴ", "オ", "ｵ",
	"カ", "ｶ", "キ", "ｷ", "ク", "ｸ", "ケ", "ｹ", "コ", "ｺ", "サ", "ｻ", "シ", "ｼ", "ス", "ｽ", "セ", "ｾ", "ソ", "ｿ", "タ", "ﾀ", "チ", "ﾁ",
	"ツ", "ﾂ", "テ", "ﾃ", "ト", "ﾄ", "ナ", "ﾅ", "ニ", "ﾆ", "ヌ", "ﾇ", "ネ", "ﾈ", "ノ", "ﾉ", "ハ", "ﾊ", "ヒ", "ﾋ", "フ", "ﾌ", "ヘ", "ﾍ",
	"ホ", "ﾎ", "マ", "ﾏ", "ミ", "ﾐ", "ム", "ﾑ", "メ", "ﾒ", "モ", "ﾓ", "ヤ", "ﾔ", "ユ", "ﾕ", "ヨ", "ﾖ", "ラ", "ﾗ", "リ", "ﾘ", "ル", "ﾙ",
	"レ", "ﾚ", "ロ", "ﾛ", "ワ", "ﾜ", "ヲ", "ｦ", "ン", "ﾝ", "ッ", "ｯ", "ャ", "ｬ", "ュ", "ｭ", "ョ", "ｮ", "ー", "ｰ",
)

// undivided is a phone number without hyphens.
func undivided(phone string) string { return strings.ReplaceAll(phone, "-", "") }

// part is the n-th part of a number with hyphens.
func part(number string, n int) string {
	if parts := strings.Split(number, "-"); n < len(parts) {
		return parts[n]
	}
	return ""
}

func yen(v int64) string { return strconv.FormatInt(v, 10) }
