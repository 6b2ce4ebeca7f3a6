// Package address knows when two Japanese addresses are one place.
//
// It owns the one spelling that addresses are compared in: municipality, town,
// house number, building and room, told apart whatever was left out or written
// otherwise (kanji numbers, 丁目 番地 号 and hyphens, ヶ ケ が, 大字 and 字, the
// street names of Kyoto, prefecture or county missing), and the table of
// municipalities and their postcodes. It promises that the same place gives the
// same key as long as town and house number are written, that reading is pure,
// and that nothing in it is ever shown as somebody's address. It leaves other
// countries, and what follows from two people at one place, to crm/customer.
package address

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/customer/letter"
)

// Address is a place in the spelling of comparisons.
type Address struct {
	Municipality string // 東京都千代田区; "" when neither written nor told by the postcode
	Postcode     string
	Town         string // without the house number
	Block        string // 1-2-3; "": none is written
	Building     string
	Room         string
}

// Parse reads an address from what malls write into four columns, whichever of
// them it stands in.
func Parse(postcode, prefecture, city, line string) *Address {
	text := fold(prefecture + city + line)
	a := &Address{Postcode: postcode}
	m, rest := locate(postcode, text)
	if m != nil {
		a.Municipality = m.prefecture + m.city
		if strings.HasPrefix(m.code, kyotoCity) {
			rest = withoutStreets(rest)
		}
	}
	town, numbers, building := number(rest)
	a.Town = townName(town)
	a.block(numbers)
	a.place(building)
	return a
}

// kyotoCity begins the codes of the wards of Kyoto.
const kyotoCity = "261"

// Key is the place down to the house number; "" when it is not known so far.
// Where municipality and town are known the postcode, which people mistype, is
// not part of it.
func (a *Address) Key() string {
	switch {
	case a.Block == "":
		return ""
	case a.Municipality != "" && a.Town != "":
		return a.Municipality + a.Town + a.Block
	case a.Postcode != "":
		return "〒" + a.Postcode + a.Town + a.Block
	}
	return ""
}

// parts is how many numbers make a house number: 丁目, 番 and 号. What follows
// with another hyphen is a room.
const parts = 3

func (a *Address) block(numbers []string) {
	if len(numbers) > parts {
		a.Room = numbers[parts]
		numbers = numbers[:parts]
	}
	a.Block = strings.Join(numbers, "-")
}

// place takes building and room from what follows the house number.
func (a *Address) place(rest string) {
	rest = strings.Trim(rest, " -,")
	bare := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(rest, "室"), "号"), " ")
	digits := len(bare)
	for digits > 0 && bare[digits-1] >= '0' && bare[digits-1] <= '9' {
		digits--
	}
	if digits < len(bare) {
		a.Room, rest = strings.TrimLeft(bare[digits:], "0"), bare[:digits]
	}
	a.Building = strings.Trim(strings.ReplaceAll(rest, " ", ""), "-")
}

// fold brings the letters of an address into one spelling; spaces stay, they
// may divide a house number from a room.
func fold(s string) string {
	if !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(s)
	}
	letters := []rune(strings.ToLower(s))
	for i, r := range letters {
		letters[i] = letter.Katakana(letter.Kanji(r))
	}
	out := make([]rune, 0, len(letters))
	for i, r := range letters {
		before, after := at(letters, i-1), at(letters, i+1)
		switch {
		case letter.IsHyphen(r) && (!letter.IsKana(before) || isDigit(after)):
			out = append(out, '-')
		case letter.IsHyphen(r):
			out = append(out, 'ー')
		case isLink(r) && isLetter(before) && isLetter(after) && (!isNumeral(before) || !isNumeral(after)):
			// 霞が関, 霞ヶ関, 霞関; 四ツ谷, 四谷; 井の頭, 井之頭
		default:
			out = append(out, r)
		}
	}
	return string(out)
}

// isLink says that r may stand between two kanji of a name, or be left out there.
func isLink(r rune) bool {
	switch r {
	case 'ケ', 'ヶ', 'ガ', 'ヵ', 'ノ', '之', '乃', 'ツ', 'ッ':
		return true
	}
	return false
}

// isLetter says that r is a kanji of a place's name.
func isLetter(r rune) bool { return letter.IsKanji(r) && r != '之' && r != '乃' }

func at(letters []rune, i int) rune {
	if i < 0 || i >= len(letters) {
		return 0
	}
	return letters[i]
}

// directions end the street names that addresses in Kyoto begin with.
var directions = []string{"上ル", "下ル", "入ル", "東入", "西入"}

// withoutStreets drops 烏丸通御池上る from 烏丸通御池上る二条殿町.
func withoutStreets(s string) string {
	end := 0
	for _, d := range directions {
		if i := strings.LastIndex(s, d); i >= 0 {
			end = max(end, i+len(d))
		}
	}
	return s[end:]
}

var partWords = strings.NewReplacer("大字", "", "小字", "", " ", "", "-", "")

// townName is a town without the words that say what it is a part of.
func townName(s string) string {
	s = partWords.Replace(s)
	letters := []rune(s)
	out := make([]rune, 0, len(letters))
	for i, r := range letters {
		if r == '字' && at(letters, i-1) != '文' && letter.IsKanji(at(letters, i+1)) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}
