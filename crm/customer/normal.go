package customer

import (
	"strings"
	"time"
	"unicode"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Normal is a buyer in one spelling: what is written to a profile, and what
// match keys are made of. Placeholders of malls ("入力待ち", 999-9999-9999) are
// empty in it.
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
	n.Phone = phone(b.Phone, n.Country)
	n.Mail, n.Relay = mail(b.Mail)
	if isPlaceholder(n) {
		// A gift whose recipient has not answered yet; nothing in it is a person.
		return Normal{MemberID: n.MemberID, LineID: n.LineID, Country: "JP", Gender: "UNKNOWN"}
	}
	return n
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

// mail is a mail address in lower case and whether a mall lent it; "" when it
// is none.
func mail(s string) (address string, relay bool) {
	s = strings.ToLower(clean(s))
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || !strings.Contains(domain, ".") || strings.ContainsAny(s, " ,;<>\"") || strings.Contains(domain, "@") {
		return "", false
	}
	relay = mall.IsRelayDomain(domain)
	if relay {
		local, _, _ = strings.Cut(local, "+") // Amazon adds the case's number
	}
	return local + "@" + domain, relay
}

// phone is E.164, or "" for what is no possible number or a placeholder.
func phone(s, country string) string {
	s = strings.TrimSpace(clean(s))
	if s == "" {
		return ""
	}
	digits := onlyDigits(s)
	if len(digits) < 6 || strings.Count(digits, digits[:1]) == len(digits) {
		return "" // 000-0000-0000, 9999999999
	}
	if country == "JP" && !strings.HasPrefix(s, "+") && digits[0] != '0' && (len(digits) == 9 || len(digits) == 10) {
		s = "0" + digits // a spreadsheet ate the leading zero
	}
	if len(country) != 2 {
		country = "JP"
	}
	n, err := phonenumbers.Parse(s, country)
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return ""
	}
	return phonenumbers.Format(n, phonenumbers.E164)
}

// NationalPhone writes a number that is kept as E.164 as people of its country
// do; Japanese ones without the country's code. What is no number stays.
func NationalPhone(e164 string) string {
	n, err := phonenumbers.Parse(e164, "JP")
	if err != nil {
		return e164
	}
	if n.GetCountryCode() != japan {
		return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
	}
	return phonenumbers.Format(n, phonenumbers.NATIONAL)
}

// PhoneOf is the number in an identity that is a phone with a name, written
// like NationalPhone; "" for other kinds.
func PhoneOf(i db.Identity) string {
	if KeyKind(i.Kind) != PhoneName {
		return ""
	}
	number, _, _ := strings.Cut(i.Value, "|")
	return NationalPhone(number)
}

const japan = 81

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
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
