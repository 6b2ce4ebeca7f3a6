package customer

import (
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"github.com/meguri-crm/meguri/db"
)

const japan = 81

// phone is E.164, or "" for what is no possible number of a person.
func phone(s, country string) string {
	s = firstNumber(clean(s))
	digits := onlyDigits(s)
	if len(digits) < 6 {
		return ""
	}
	switch rest, abroad := strings.CutPrefix(digits, "0081"); {
	case abroad && !strings.HasPrefix(s, "+"):
		s = "+81" + rest
	case country == "JP" && !strings.HasPrefix(s, "+") && digits[0] != '0' && (len(digits) == 9 || len(digits) == 10):
		s = "0" + digits // a spreadsheet ate the leading zero
	}
	if len(country) != 2 {
		country = "JP"
	}
	n, err := phonenumbers.Parse(s, country)
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return ""
	}
	e164 := phonenumbers.Format(n, phonenumbers.E164)
	if madeUp(e164) {
		return ""
	}
	return e164
}

// firstNumber is the first of several numbers in one column, without an extension.
func firstNumber(s string) string {
	for _, end := range []string{"内線", "(内", "ext", "/", "、", ","} {
		if i := strings.Index(strings.ToLower(s), end); i > 0 {
			s = s[:i]
		}
	}
	return strings.TrimSpace(s)
}

// business are the ranges no person is reached by: free phones and navigation
// dials, which shops write where a customer tells none.
var business = []string{"+81120", "+81800", "+81570", "+81990"}

// madeUp says that a number stands for none: a range of business, or digits
// that nobody is given (000-0000-0000, 090-0000-0000, 03-1111-1111).
func madeUp(e164 string) bool {
	if slices.ContainsFunc(business, func(b string) bool { return strings.HasPrefix(e164, b) && len(e164) <= len("+818001234567") }) {
		return true
	}
	const subscriber = 8
	if len(e164) <= subscriber {
		return true
	}
	tail := e164[len(e164)-subscriber:]
	return strings.Count(tail, tail[:1]) == subscriber
}

// mobile says that a number is a person's, not a home's or an office's, as far
// as numbers tell. Japanese ones begin with 070, 080 or 090.
func mobile(e164 string) bool {
	rest, japanese := strings.CutPrefix(e164, "+81")
	return !japanese || len(rest) == len("9012345678") && rest[1] == '0' && strings.ContainsRune("789", rune(rest[0]))
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

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
