package address

import (
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/customer/letter"
)

// number divides what follows the municipality into town, the numbers of the
// house, and what comes after them.
func number(s string) (town string, numbers []string, rest string) {
	letters := []rune(s)
	var name []rune
	for i := 0; i < len(letters); {
		value, n := numeral(letters[i:])
		if n == 0 {
			name = append(name, letters[i])
			i++
			continue
		}
		next := letters[i+n:]
		switch {
		case partOfName(next):
			name = append(name, []rune(strconv.Itoa(value))...) // 北一条西 and 北1条西, 三番町 and 3番町
		case isDigit(letters[i]) || counted(next):
			numbers, rest = house(letters[i:])
			return string(name), numbers, rest
		default:
			name = append(name, letters[i:i+n]...) // 三田, 六本木
		}
		i += n
	}
	return string(name), nil, ""
}

// names continue a number that belongs to a place's name.
var names = []string{"条", "線", "地割", "番町", "番丁", "丁町", "区", "部", "町"}

func partOfName(next []rune) bool { return startsWith(next, names...) }

// counters follow the numbers of a house; a longer one stands before its part.
var counters = []string{"丁目", "番地ノ", "番地", "番", "号", "-", "ノ"}

// counted says that a number written in kanji is one of a house.
func counted(next []rune) bool {
	if startsWith(next, "丁目", "番地", "番", "号") {
		return true
	}
	if startsWith(next, "-", "ノ") {
		_, n := numeral(next[1:])
		return n > 0
	}
	return false
}

// ofRoom follow a number that is a room or a storey, not part of the house's.
var ofRoom = []string{"号室", "号棟", "棟", "室", "f", "階"}

// house reads the numbers of a house: 1丁目2番3号, 1-2-3, 一丁目二の三.
func house(letters []rune) (numbers []string, rest string) {
	i := 0
	for {
		value, n := numeral(letters[i:])
		if n == 0 || startsWith(letters[i+n:], ofRoom...) && len(numbers) > 0 {
			break
		}
		numbers = append(numbers, strconv.Itoa(value))
		i += n
		gap, ok := divider(letters[i:])
		i += gap
		if !ok {
			break
		}
	}
	return numbers, string(letters[i:])
}

// divider is how many letters stand between two numbers of a house, and whether
// another number may follow.
func divider(letters []rune) (n int, more bool) {
	for _, c := range counters {
		if !startsWith(letters, c) {
			continue
		}
		n = len([]rune(c))
		if c == "番地" && startsWith(letters[n:], "-") || c == "号" && startsWith(letters[n:], "-") {
			n++
		}
		for c != "号" && n < len(letters) && letters[n] == ' ' {
			n++
		}
		return n, true
	}
	return 0, false
}

func startsWith(letters []rune, words ...string) bool {
	for _, w := range words {
		if head := []rune(w); len(letters) >= len(head) && string(letters[:len(head)]) == w {
			return true
		}
	}
	return false
}

const (
	kanjiDigits = "〇一二三四五六七八九"
	highest     = 99_999 // no house has a longer number
)

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isNumeral(r rune) bool { return strings.ContainsRune(kanjiDigits+"十百千零", r) }

// numeral reads a number in digits or in kanji at the beginning of letters: its
// value and how many letters it has, 0 for none.
func numeral(letters []rune) (value, n int) {
	if len(letters) == 0 {
		return 0, 0
	}
	if isDigit(letters[0]) {
		for n < len(letters) && isDigit(letters[n]) {
			value = min(value*10+int(letters[n]-'0'), highest)
			n++
		}
		return value, n
	}
	return kanjiNumeral(letters)
}

var units = map[rune]int{'十': 10, '百': 100, '千': 1000}

// kanjiNumeral reads 二十三, 百五 and 一〇五.
func kanjiNumeral(letters []rune) (value, n int) {
	current := 0
	for n < len(letters) && isNumeral(letters[n]) {
		r := letters[n]
		if unit, ok := units[r]; ok {
			value += max(current, 1) * unit
			current = 0
		} else if digit := strings.Index(kanjiDigits, string(r)); digit >= 0 {
			current = min(current*10+digit/len("一"), highest)
		}
		n++
	}
	if n > 0 && letter.IsKanji(letters[0]) || n > 0 && letters[0] == '〇' {
		return min(value+current, highest), n
	}
	return 0, 0
}
