package calendar

import (
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Key names an event for good: a prediction by its rule and first day, which
// what is announced in its place takes over; anything else by its row.
type Key struct {
	Rule string
	On   time.Time // midnight UTC
	Row  int64     // 0: a prediction's
}

// String is the key as clients hold it: RAKUTEN_SUPER_SALE@2026-12-04, or #17.
func (k Key) String() string {
	if k.Row != 0 {
		return "#" + strconv.FormatInt(k.Row, 10)
	}
	return k.Rule + "@" + k.On.Format(time.DateOnly)
}

// ParseKey reads what String writes. Errors: fault.Invalid INVALID_ID.
func ParseKey(text string) (Key, error) {
	if digits, ok := strings.CutPrefix(text, "#"); ok {
		row, err := strconv.ParseInt(digits, 10, 64)
		if err == nil && row > 0 && strconv.FormatInt(row, 10) == digits {
			return Key{Row: row}, nil
		}
	}
	if rule, day, ok := strings.Cut(text, "@"); ok && rule != "" {
		if on, err := time.Parse(time.DateOnly, day); err == nil {
			return Key{Rule: rule, On: on}, nil
		}
	}
	return Key{}, fault.New(fault.Invalid, "this is no event").WithCode("INVALID_ID").At("id")
}
