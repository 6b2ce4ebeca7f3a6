package mall

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"
)

// brokenMail says that a cell is meant to be a mail address and is none. Words
// for none at all, such as なし, are not meant to be one.
func brokenMail(cell string) bool {
	s := strings.TrimSpace(width.Fold.String(cell))
	if !strings.ContainsAny(s, "@.") {
		return false
	}
	local, domain, _ := strings.Cut(s, "@")
	return local == "" || !strings.Contains(domain, ".") || strings.ContainsAny(domain, "@") || strings.ContainsFunc(s, unicode.IsSpace)
}

// brokenDay says that a cell is meant to be a whole day, three numbers or eight
// digits, and is none. A birthday without its year is not meant to be one.
func brokenDay(cell string, order dateOrder) bool {
	numbers := strings.FieldsFunc(width.Fold.String(cell), func(r rune) bool { return r < '0' || r > '9' })
	if len(numbers) != 3 && (len(numbers) != 1 || len(numbers[0]) != 8) {
		return false
	}
	_, err := parseTime(cell, order, time.UTC)
	return err != nil
}
