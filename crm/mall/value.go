package mall

import (
	"errors"
	"math"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// maxAmount bounds every amount: beyond it a JSON number is no longer exact.
const maxAmount = 1<<53 - 1

var (
	errNumber = errors.New("not a number")
	errRange  = errors.New("out of range")
	errDate   = errors.New("not a date")
)

// decimal is an exact decimal number: unscaled / 10^scale.
type decimal struct {
	unscaled int64
	scale    int
}

// parseDecimal reads 1,234.50, ￥1,200, -3 and their full-width forms.
func parseDecimal(s string) (decimal, error) {
	if !isASCII(s) {
		s = strings.NewReplacer("−", "-", "▲", "-", "円", "").Replace(norm.NFKC.String(s))
	}
	s = strings.TrimSpace(s)
	negative := false
	switch {
	case strings.HasPrefix(s, "-"):
		negative, s = true, s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	s = strings.TrimLeft(s, "¥$€£ ")
	var d decimal
	digits, point := 0, false
	for _, r := range s {
		switch {
		case r == ',' && !point:
		case r == '.' && !point:
			point = true
		case r >= '0' && r <= '9':
			if d.unscaled > (math.MaxInt64-9)/10 {
				return decimal{}, errRange
			}
			d.unscaled = d.unscaled*10 + int64(r-'0')
			digits++
			if point {
				d.scale++
			}
		default:
			return decimal{}, errNumber
		}
	}
	if digits == 0 {
		return decimal{}, errNumber
	}
	for d.scale > 0 && d.unscaled%10 == 0 {
		d.unscaled /= 10
		d.scale--
	}
	if negative {
		d.unscaled = -d.unscaled
	}
	return d, nil
}

// times multiplies by a whole number.
func (d decimal) times(n int64) (decimal, error) {
	p := d.unscaled * n
	if n != 0 && (p/n != d.unscaled || p == math.MinInt64) {
		return decimal{}, errRange
	}
	return decimal{p, d.scale}, nil
}

// minor is the amount in the minor unit with that many decimals, rounded half
// up (away from zero, so that a return takes back exactly what its sale was),
// and whether rounding changed it.
func (d decimal) minor(digits int) (amount int64, rounded bool, err error) {
	v := d.unscaled
	for s := d.scale; s < digits; s++ {
		if v > maxAmount || v < -maxAmount {
			return 0, false, errRange
		}
		v *= 10
	}
	if d.scale-digits > 18 {
		return 0, d.unscaled != 0, nil // below half of the minor unit, whatever the digits
	}
	if d.scale > digits {
		divisor := int64(1)
		for range d.scale - digits {
			divisor *= 10
		}
		rest := abs(v % divisor)
		v /= divisor
		rounded = rest != 0
		if rounded && rest >= divisor-rest {
			v += sign(d.unscaled)
		}
	}
	if v > maxAmount || v < -maxAmount {
		return 0, false, errRange
	}
	return v, rounded, nil
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}

func sign(v int64) int64 {
	if v < 0 {
		return -1
	}
	return 1
}

// integer is the number when it is whole.
func (d decimal) integer() (int64, error) {
	if d.scale > 0 {
		return 0, errNumber
	}
	if d.unscaled > maxAmount || d.unscaled < -maxAmount {
		return 0, errRange
	}
	return d.unscaled, nil
}

// dateOrder says which number of a date comes first.
type dateOrder string

const (
	ymd dateOrder = "YMD"
	mdy dateOrder = "MDY"
	dmy dateOrder = "DMY"
)

// parseTime reads dates as shops write them: 2024-03-01 09:05:00, 2024/3/1 9:05,
// 2024年3月1日, 20240301, RFC 3339 with an offset. Without an offset the time is
// of zone; without a time of day it is midnight.
func parseTime(s string, order dateOrder, zone *time.Location) (time.Time, error) {
	if !isASCII(s) {
		s = strings.NewReplacer("年", "-", "月", "-", "日", " ", "時", ":", "分", ":", "秒", "").Replace(norm.NFKC.String(s))
		s = strings.TrimRight(strings.TrimSpace(s), ":")
	}
	if len(s) == 8 && isDigits(s) {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	p := scanner{s: s}
	a, okA := p.number()
	okA = okA && p.any("-/.")
	b, okB := p.number()
	okB = okB && p.any("-/.")
	c, okC := p.number()
	if !okA || !okB || !okC {
		return time.Time{}, errDate
	}
	year, month, day := a, b, c
	switch order {
	case mdy:
		year, month, day = c, a, b
	case dmy:
		year, month, day = c, b, a
	}
	hour, minute, second, ok := p.clock()
	if !ok {
		return time.Time{}, errDate
	}
	if loc, ok := p.offset(); ok {
		zone = loc
	}
	if p.i != len(p.s) || year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 ||
		day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, errDate
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, zone).UTC(), nil
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// scanner walks over a date.
type scanner struct {
	s string
	i int
}

func (p *scanner) number() (int, bool) {
	start, n := p.i, 0
	for p.i < len(p.s) && p.i-start < 9 && p.s[p.i] >= '0' && p.s[p.i] <= '9' {
		n = n*10 + int(p.s[p.i]-'0')
		p.i++
	}
	return n, p.i > start
}

func (p *scanner) any(set string) bool {
	if p.i < len(p.s) && strings.IndexByte(set, p.s[p.i]) >= 0 {
		p.i++
		return true
	}
	return false
}

// clock reads an optional time of day, with optional seconds and fraction.
func (p *scanner) clock() (hour, minute, second int, ok bool) {
	for p.any(" T") {
	}
	if p.i == len(p.s) {
		return 0, 0, 0, true
	}
	hour, ok = p.number()
	if !ok || !p.any(":") {
		return 0, 0, 0, false
	}
	if minute, ok = p.number(); !ok {
		return 0, 0, 0, false
	}
	if p.any(":") {
		if second, ok = p.number(); !ok {
			return 0, 0, 0, false
		}
		if p.any(".,") {
			if _, ok = p.number(); !ok {
				return 0, 0, 0, false
			}
		}
	}
	return hour, minute, second, true
}

// offset reads Z, +09:00, +0900 or " +0900", and a trailing UTC.
func (p *scanner) offset() (*time.Location, bool) {
	rest := strings.TrimSpace(p.s[p.i:])
	if rest == "Z" || rest == "UTC" || rest == "GMT" {
		p.i = len(p.s)
		return time.UTC, true
	}
	if len(rest) < 5 || (rest[0] != '+' && rest[0] != '-') {
		return nil, false
	}
	digits := strings.Replace(rest[1:], ":", "", 1)
	if len(digits) != 4 || !isDigits(digits) {
		return nil, false
	}
	p.i = len(p.s)
	seconds := (int(digits[0]-'0')*10+int(digits[1]-'0'))*3600 + (int(digits[2]-'0')*10+int(digits[3]-'0'))*60
	if rest[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
