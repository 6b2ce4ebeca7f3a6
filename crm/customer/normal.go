package customer

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"github.com/meguri-crm/meguri/crm/mall"
)

// Normal is a buyer in one spelling: what is written to a profile, and what
// match keys are made of. Placeholders of malls ("入力待ち", 999-9999-9999) are
// empty in it.
//
//nolint:recvcheck // a value everywhere; fill alone writes to it
type Normal struct {
	MemberID   string
	Mail       string // lower case
	Relay      bool   // Mail is an address lent by a mall
	LineID     string
	FamilyName string
	GivenName  string
	FamilyKana string // katakana
	GivenKana  string
	Phone      string // E.164
	PostalCode string // seven digits; other countries as written
	Prefecture string
	City       string
	Address    string
	Country    string
	Gender     string // UNKNOWN, FEMALE, MALE, OTHER
	BirthDate  time.Time
}

// Normalize brings a buyer as written by a mall into one spelling.
func Normalize(b mall.Buyer) Normal {
	n := Normal{
		MemberID: clean(b.MemberID), LineID: clean(b.LineID),
		FamilyName: clean(b.FamilyName), GivenName: clean(b.GivenName),
		FamilyKana: katakana(b.FamilyKana), GivenKana: katakana(b.GivenKana),
		PostalCode: postalCode(b.PostalCode), Prefecture: clean(b.Prefecture),
		City: clean(b.City), Address: clean(b.Address), Country: strings.ToUpper(clean(b.Country)),
		Gender: gender(b.Gender), BirthDate: birthDate(b.BirthDate),
	}
	if n.Country == "" {
		n.Country = "JP"
	}
	n.FamilyName, n.GivenName = divided(n.FamilyName, n.GivenName)
	n.FamilyKana, n.GivenKana = divided(n.FamilyKana, n.GivenKana)
	n.Phone = phone(b.Phone, n.Country)
	n.Mail, n.Relay = mail(b.Mail)
	if isPlaceholder(n) {
		// A gift whose recipient has not answered yet; nothing in it is a person.
		return Normal{MemberID: n.MemberID, LineID: n.LineID, Country: "JP", Gender: "UNKNOWN"}
	}
	return n
}

// divided are surname and given name of one that stands in one column, with a
// space between; names in Latin letters stay, they come in either order.
func divided(family, given string) (string, string) {
	first, second, ok := strings.Cut(family, " ")
	if given != "" || !ok || strings.Contains(second, " ") || latin(family) || strings.Contains(family, "社") {
		return family, given
	}
	return first, second
}

// isPlaceholder knows the buyer Rakuten writes while a social gift waits for its recipient.
func isPlaceholder(n Normal) bool {
	return n.FamilyName == "入力待ち" || n.GivenName == "入力待ち" || n.Prefecture == "入力待ち" || n.FamilyKana == "ニュウリョクマチ"
}

// clean folds compatibility forms and spaces, and drops variation selectors
// and control characters.
func clean(s string) string {
	s = norm.NFKC.String(s)
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF, r == 0x200B, r == 0xFEFF:
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	return strings.TrimPrefix(s, "'") // Excel and Shopify keep leading zeros with it
}

// katakana folds half-width and hiragana readings.
func katakana(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'ぁ' && r <= 'ゖ' {
			return r + ('ァ' - 'ぁ')
		}
		return r
	}, clean(width.Fold.String(s)))
}

// postalCode is seven digits for Japan; a lost leading zero is put back.
func postalCode(s string) string {
	s = strings.TrimPrefix(clean(s), "〒")
	digits := onlyDigits(s)
	if digits != strings.NewReplacer("-", "", "−", "", "‐", "", " ", "").Replace(s) {
		return s // not Japanese
	}
	if len(digits) == 6 {
		digits = "0" + digits
	}
	if digits == "9999999" || digits == "0000000" {
		return ""
	}
	return digits
}

func gender(s string) string {
	switch strings.ToLower(clean(s)) {
	case "男", "男性", "m", "male", "1":
		return "MALE"
	case "女", "女性", "f", "female", "2":
		return "FEMALE"
	case "その他", "other", "x", "9":
		return "OTHER"
	}
	return "UNKNOWN"
}

func birthDate(s string) time.Time {
	s = strings.NewReplacer("/", "-", ".", "-", "年", "-", "月", "-", "日", "").Replace(clean(s))
	for _, layout := range []string{"2006-1-2", "20060102"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1900 {
			return t
		}
	}
	return time.Time{}
}
