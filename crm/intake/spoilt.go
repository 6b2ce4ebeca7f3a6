package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/spreadsheet"
)

// A spreadsheet that opens a CSV rewrites cells it takes for numbers and dates,
// and saves them so: 0355550101 comes back as 355550101, a code of thirteen
// digits as 4.90123E+12, 2024-01-05 as 2024/1/5. Nobody meant to change these.

var (
	leadingZeros = regexp.MustCompile(`^0+\d+$`)
	scientific   = regexp.MustCompile(`^\d(\.\d+)?E\+\d+$`)
)

// unspoilt is the cell that was sent back, or the one that stood in the file
// where a spreadsheet alone made them differ.
func unspoilt(stood, sent string) string {
	switch {
	case stood == sent:
	case sent == spreadsheet.Shielded(stood):
		return stood
	case leadingZeros.MatchString(stood) && sent == strings.TrimLeft(stood[:len(stood)-1], "0")+stood[len(stood)-1:]:
		return stood
	case scientific.MatchString(sent) && sameDigits(stood, sent):
		return stood
	case sameInstant(stood, sent):
		return stood
	}
	return sent
}

// sameDigits says that sent is stood in as few digits as sent shows.
func sameDigits(stood, sent string) bool {
	n, err := strconv.ParseFloat(stood, 64)
	if err != nil || strings.ContainsAny(stood, "eE") {
		return false
	}
	digits := 0
	if dot := strings.IndexByte(sent, '.'); dot >= 0 {
		digits = strings.IndexByte(sent, 'E') - dot - 1
	}
	shown, err := strconv.ParseFloat(sent, 64)
	if err != nil {
		return false
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'E', digits, 64), 64)
	return err == nil && rounded == shown
}

// The ways in which files write an instant, and in which spreadsheets write it
// back: without zeros in front, and often without its seconds.
var (
	instants            = []string{"2006-01-02 15:04:05", "2006/01/02 15:04:05", "2006-01-02T15:04:05", "2006-01-02", "2006/01/02"}
	spreadsheetInstants = map[string]time.Duration{
		"2006/1/2 15:04:05": time.Second, "2006-1-2 15:04:05": time.Second, "2006/1/2 15:04": time.Minute, "2006-1-2 15:04": time.Minute,
		"2006/1/2": 24 * time.Hour, "2006-1-2": 24 * time.Hour,
	}
)

// sameInstant says that sent is the instant that stood, as finely as it is
// written. A date where a time stood is a change.
func sameInstant(stood, sent string) bool {
	for _, layout := range instants {
		at, err := time.Parse(layout, stood)
		if err != nil {
			continue
		}
		for layout, fine := range spreadsheetInstants {
			back, err := time.Parse(layout, sent)
			if err == nil && back.Equal(at.Truncate(fine)) && (fine < 24*time.Hour) == strings.Contains(stood, ":") {
				return true
			}
		}
	}
	return false
}
