package access

import "strings"

// Device is what a session's User-Agent header says it is used with; empty
// fields are not known.
type Device struct {
	Browser string // Chrome, Safari …
	System  string // Windows, iOS …
	Token   bool   // no browser: an access token that was issued by hand
}

// mark is a word in a User-Agent and what it means. Browsers name those they
// descend from as well, so the first that fits counts.
type mark struct{ word, means string }

var browsers = []mark{
	{"Edg", "Edge"},
	{"OPR/", "Opera"},
	{"SamsungBrowser/", "Samsung Internet"},
	{"Firefox/", "Firefox"},
	{"FxiOS/", "Firefox"},
	{"CriOS/", "Chrome"},
	{"Chrome/", "Chrome"},
	{"Safari/", "Safari"},
	{"curl/", "curl"},
}

var systems = []mark{
	{"iPhone", "iOS"},
	{"iPad", "iPadOS"},
	{"Android", "Android"},
	{"CrOS", "ChromeOS"},
	{"Windows", "Windows"},
	{"Macintosh", "macOS"},
	{"Linux", "Linux"},
}

// DeviceOf reads a User-Agent header.
func DeviceOf(userAgent string) Device {
	return Device{Browser: find(browsers, userAgent), System: find(systems, userAgent), Token: userAgent == tokenAgent}
}

func find(marks []mark, in string) string {
	for _, m := range marks {
		if strings.Contains(in, m.word) {
			return m.means
		}
	}
	return ""
}
