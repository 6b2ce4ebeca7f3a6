package customer

import (
	"strings"
	"time"
)

func dateKey(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02")
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
