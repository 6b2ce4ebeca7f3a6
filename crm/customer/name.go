package customer

import (
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/customer/letter"
)

// spelled is a name in the spelling of comparisons: as written, and as read.
type spelled struct {
	family, given, whole             string // whole: in one piece, as many malls have it
	familyRead, givenRead, wholeRead string
	latin                            bool
}

// spell folds the name of n. A name that is written in kana only, as tills do,
// is its own reading and says nothing about kanji.
func spell(n Normal) spelled {
	s := spelled{family: letter.Name(n.FamilyName), given: letter.Name(n.GivenName)}
	read, kana := n.FamilyKana+n.GivenKana, allKana(n.FamilyName+n.GivenName)
	s.familyRead, s.givenRead = letter.Reading(n.FamilyKana), letter.Reading(n.GivenKana)
	s.wholeRead = letter.Reading(read)
	if kana {
		if read == "" {
			s.familyRead, s.givenRead = letter.Reading(n.FamilyName), letter.Reading(n.GivenName)
			s.wholeRead = letter.Reading(n.FamilyName + n.GivenName)
		}
		s.family, s.given = "", ""
		return s
	}
	s.whole = s.family + s.given
	if s.latin = latin(s.whole); s.latin {
		parts := strings.Fields(strings.ToLower(n.FamilyName + " " + n.GivenName))
		slices.Sort(parts) // first names come first or last
		s.whole = strings.Join(parts, "")
	}
	return s
}

// kanjiKey is the full name as written; "" unless both parts, or an undivided
// name of at least three letters, are there: a surname is a household, not a
// person.
func (s spelled) kanjiKey() string {
	if s.given == "" && len([]rune(s.family)) < 3 {
		return ""
	}
	return s.whole
}

// kanaKey is the full name as read; "" where only a part of it is told.
func (s spelled) kanaKey() string {
	if s.givenRead == "" && len([]rune(s.familyRead)) < 4 {
		return ""
	}
	return s.wholeRead
}

// keys are the spellings of a full name, each enough beside a phone: kanji and kana.
func (s spelled) keys() (keys []string) {
	if k := s.kanjiKey(); k != "" {
		keys = append(keys, "j:"+k)
	}
	if k := s.kanaKey(); k != "" {
		keys = append(keys, "k:"+k)
	}
	return keys
}

// verdict is how two spellings of something stand to each other.
type verdict int

const (
	untold verdict = iota // one of them is missing, or the two are not comparable
	same
	other
)

func held(a, b string) verdict {
	switch {
	case a == "" || b == "":
		return untold
	case a == b:
		return same
	}
	return other
}

// names compares as much of the names as both tell. One who writes a name
// otherwise but reads it the same agrees, but for the letters of a given name,
// in which a family may differ that reads alike.
func (c *Comparison) names(x, y Normal) {
	a, b := spell(x), spell(y)
	full, family, given := written(a, b)
	read := held(a.kanaKey(), b.kanaKey())
	near := read == other && full != same && given != other && nearly(a, b)
	switch {
	case near:
		c.Agree = append(c.Agree, FactNearName)
	default:
		c.judge(FactKana, read)
	}
	switch {
	case full == same:
		c.Agree = append(c.Agree, FactName)
	case near:
	case read == same:
		if given == other {
			c.Differ = append(c.Differ, FactWriting)
		}
	case full == other && family == untold:
		c.Differ = append(c.Differ, FactName)
	default:
		c.judge(FactFamilyName, either(family, held(a.familyRead, b.familyRead)))
		c.judge(FactGivenName, either(given, held(a.givenRead, b.givenRead)))
	}
}

func (c *Comparison) judge(f Fact, v verdict) {
	switch v {
	case same:
		c.Agree = append(c.Agree, f)
	case other:
		c.Differ = append(c.Differ, f)
	}
}

func either(first, second verdict) verdict {
	if first != untold {
		return first
	}
	return second
}

// written compares names as written: in full, and part by part where they are
// divided or begin alike.
func written(a, b spelled) (full, family, given verdict) {
	if a.latin != b.latin || a.whole == "" || b.whole == "" {
		return untold, untold, untold
	}
	full = held(a.kanjiKey(), b.kanjiKey())
	switch {
	case a.family == "" || b.family == "":
		return full, untold, untold
	case a.given != "" && b.given != "":
		return full, held(a.family, b.family), held(a.given, b.given)
	case strings.HasPrefix(a.whole, b.whole) || strings.HasPrefix(b.whole, a.whole):
		return full, same, untold
	case a.latin:
		return full, untold, untold
	case commonLetters(a.whole, b.whole) >= 2:
		return other, same, other
	}
	return other, untold, untold
}

func commonLetters(a, b string) (n int) {
	x, y := []rune(a), []rune(b)
	for n < min(len(x), len(y)) && x[n] == y[n] {
		n++
	}
	return n
}

// nearly says that two readings differ as a slip of the pen does: in a mark of
// voicing, in a letter too many, too few or out of place, or in one letter of
// the surname. One other letter in the given name is how sisters are named.
func nearly(a, b spelled) bool {
	if unvoiced.Replace(a.wholeRead) == unvoiced.Replace(b.wholeRead) {
		return true
	}
	x, y := []rune(a.wholeRead), []rune(b.wholeRead)
	if min(len(x), len(y)) < 5 {
		return false
	}
	if a.givenRead != "" && a.givenRead == b.givenRead && len(x) == len(y) {
		return oneOther(x, y)
	}
	return slipped(x, y)
}

var unvoiced = strings.NewReplacer(strings.Split("ガカギキグクゲケゴコザサジシズスゼセゾソダタデテドトバハビヒブフベヘボホパハピヒプフペヘポホ", "")...)

func oneOther(x, y []rune) bool {
	n := 0
	for i := range x {
		if x[i] != y[i] {
			n++
		}
	}
	return n == 1
}

// slipped says that one of x and y has a letter more than the other, or the same
// letters with two neighbours exchanged.
func slipped(x, y []rune) bool {
	if len(x) < len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(y) && x[i] == y[i] {
		i++
	}
	switch len(x) - len(y) {
	case 1:
		return string(x[i+1:]) == string(y[i:])
	case 0:
		return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:])
	}
	return false
}

func allKana(s string) bool {
	for _, r := range s {
		if !letter.IsKana(r) && r != ' ' && r != '・' {
			return false
		}
	}
	return s != ""
}

func latin(s string) bool {
	for _, r := range s {
		if r > 0x24F {
			return false
		}
	}
	return s != ""
}
