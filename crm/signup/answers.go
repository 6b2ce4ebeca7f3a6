package signup

import (
	"encoding/json"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/mall"
)

// Answers is what somebody wrote on a form.
type Answers struct {
	Mail       string `json:"mail"`
	FamilyName string `json:"familyName,omitempty"`
	GivenName  string `json:"givenName,omitempty"`
	FamilyKana string `json:"familyKana,omitempty"`
	GivenKana  string `json:"givenKana,omitempty"`
	BirthDate  string `json:"birthDate,omitempty"` // 1980-04-12
	Gender     string `json:"gender,omitempty"`    // FEMALE, MALE, OTHER
	Phone      string `json:"phone,omitempty"`
	PostalCode string `json:"postalCode,omitempty"`
	Prefecture string `json:"prefecture,omitempty"`
	City       string `json:"city,omitempty"`
	Address    string `json:"address,omitempty"`
	// Referral is the code of who sent him; ByLink: it stood in the address of the form.
	Referral string `json:"referral,omitempty"`
	ByLink   bool   `json:"byLink,omitempty"`
	// Channels are those of the form's consents that were ticked.
	Channels []string `json:"channels"`
	// Sent is what came in for custom properties, by their keys; what it says
	// stands in Kept once it was read.
	Sent map[string][]string        `json:"-"`
	Kept map[string]json.RawMessage `json:"kept,omitempty"`
}

// Problem is what is wrong with an answer.
type Problem string

// The problems.
const (
	Missing  Problem = "missing"
	Wrong    Problem = "wrong"
	TooLong  Problem = "tooLong"
	NoCode   Problem = "noCode"
	NotAgree Problem = "notAgreed" // a consent the form cannot do without
	Nothing  Problem = "nothing"   // agreed to nothing, on a form that only asks for that
	Reworded Problem = "reworded"  // the form has changed since it was opened
)

// maxAnswer is how many characters an answer has at most.
const maxAnswer = 100

// oldest is the year before which nobody who fills in forms was born.
const oldest = 1900

// parts are the answers that belong to a field.
func (a *Answers) parts(f Field) map[string]*string {
	switch f {
	case Name:
		return map[string]*string{"familyName": &a.FamilyName, "givenName": &a.GivenName}
	case Kana:
		return map[string]*string{"familyKana": &a.FamilyKana, "givenKana": &a.GivenKana}
	case BirthDate:
		return map[string]*string{"birthDate": &a.BirthDate}
	case Gender:
		return map[string]*string{"gender": &a.Gender}
	case Phone:
		return map[string]*string{"phone": &a.Phone}
	case Postcode:
		return map[string]*string{"postalCode": &a.PostalCode}
	case Address:
		return map[string]*string{"prefecture": &a.Prefecture, "city": &a.City, "address": &a.Address}
	}
	return nil
}

// settle keeps of a what the form asks, each on one line, and finds what is
// wrong with it, by the name of the answer; none: it can be taken.
func (a *Answers) settle(c Content, asked []Asked, today time.Time) map[string]Problem {
	kept, problems := Answers{Mail: oneLine(a.Mail)}, map[string]Problem{}
	if !customer.IsPersonalMail(kept.Mail) || !plainAddress(kept.Mail) {
		problems["mail"] = Wrong
	}
	for _, q := range c.Questions {
		given := a.parts(q.Field)
		for name, into := range kept.parts(q.Field) {
			*into = oneLine(*given[name])
			switch {
			case *into == "" && q.Required:
				problems[name] = Missing
			case utf8.RuneCountInString(*into) > maxAnswer:
				problems[name] = TooLong
			case *into != "" && !fits(name, *into, today):
				problems[name] = Wrong
			}
		}
	}
	if c.Joins {
		kept.Referral, kept.ByLink = oneLine(a.Referral), a.ByLink
		if utf8.RuneCountInString(kept.Referral) > maxAnswer {
			problems["referral"] = TooLong
		}
	}
	kept.Sent = a.Sent
	kept.settleKept(asked, a.Sent, problems)
	kept.Channels = []string{}
	for _, ask := range c.Asks {
		switch {
		case slices.Contains(a.Channels, ask.Channel):
			kept.Channels = append(kept.Channels, ask.Channel)
			kept.require(needs[ask.Channel], problems)
		case ask.Required:
			problems["agree."+ask.Channel] = NotAgree
		}
	}
	if len(kept.Channels) == 0 && !c.Joins {
		problems["agree"] = Nothing
	}
	*a = kept
	return problems
}

// require notes that what a channel needs is missing; "" needs nothing.
func (a *Answers) require(f Field, problems map[string]Problem) {
	for name, answer := range a.parts(f) {
		if *answer == "" {
			problems[name] = Missing
		}
	}
}

// fits reports whether an answer is of its kind.
func fits(name, answer string, today time.Time) bool {
	switch name {
	case "birthDate":
		day, err := time.Parse(time.DateOnly, answer)
		return err == nil && day.Year() >= oldest && !day.After(today)
	case "gender":
		return slices.Contains([]string{"FEMALE", "MALE", "OTHER"}, answer)
	case "phone":
		return customer.IsPhone(answer)
	case "postalCode":
		return len(customer.PostalCode(answer)) == 7
	}
	return true
}

// plainAddress is an address as one types it, and nothing that a header could
// take for more.
func plainAddress(s string) bool {
	parsed, err := mail.ParseAddress(s)
	return err == nil && parsed.Name == "" && strings.EqualFold(parsed.Address, s) && len(s) <= 254
}

// buyer is a as a shop would tell of somebody.
func (a *Answers) buyer() mall.Buyer {
	return mall.Buyer{
		Mail: a.Mail, FamilyName: a.FamilyName, GivenName: a.GivenName, FamilyKana: a.FamilyKana, GivenKana: a.GivenKana,
		BirthDate: a.BirthDate, Gender: a.Gender, Phone: a.Phone, PostalCode: a.PostalCode, Prefecture: a.Prefecture,
		City: a.City, Address: a.Address,
	}
}
