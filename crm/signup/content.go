package signup

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Text is what a form says, in Japanese and, where the merchant wrote it, in English.
type Text struct {
	JA string `json:"ja"`
	EN string `json:"en,omitempty"`
}

// In is the text in a locale; Japanese where there is none.
func (t Text) In(locale string) string {
	if locale == English && t.EN != "" {
		return t.EN
	}
	return t.JA
}

// Locales of a form.
const (
	Japanese = "ja"
	English  = "en"
)

// Field is a kind of thing a form asks beside the mail address.
type Field string

// The fields, in the order in which forms usually ask.
const (
	Name      Field = "NAME"
	Kana      Field = "KANA"
	BirthDate Field = "BIRTH_DATE"
	Gender    Field = "GENDER"
	Phone     Field = "PHONE"
	Postcode  Field = "POSTCODE"
	Address   Field = "ADDRESS" // prefecture, city and the rest
)

// Fields are all of them.
var Fields = []Field{Name, Kana, BirthDate, Gender, Phone, Postcode, Address}

// Question is a field of a form, in the merchant's order.
type Question struct {
	Field    Field `json:"field"`
	Required bool  `json:"required"`
}

// Ask is one consent that a form asks for, for advertising through a channel,
// in the very words that are kept with it.
type Ask struct {
	Channel string `json:"channel"` // MAIL, SMS, POSTAL
	Wording Text   `json:"wording"`
	// Required: the form cannot be sent without it.
	Required bool `json:"required"`
}

// Channels are those a form can ask consent for: where it learns the address to
// write to. LINE and push know their own.
var Channels = []string{"MAIL", "SMS", "POSTAL"}

// needs is the field without which a channel has no address.
var needs = map[string]Field{"SMS": Phone, "POSTAL": Address}

// Content is what a form says and asks.
type Content struct {
	Title     Text       `json:"title"`
	Intro     Text       `json:"intro"`
	Thanks    Text       `json:"thanks"` // once the address is confirmed
	Questions []Question `json:"questions"`
	// Properties are custom properties, asked after the questions.
	Properties []PropertyQuestion `json:"properties,omitempty"`
	Asks       []Ask              `json:"asks"`
	// Joins makes who confirms a member. JoinPoints is what rules of the point
	// programme give for it: of a form as it stands what they give now, of an
	// earlier version what it promised when it was published.
	Joins      bool  `json:"joins"`
	JoinPoints int64 `json:"joinPoints"`
	// AsRulesSay: content that is written leaves JoinPoints to the rules.
	AsRulesSay bool `json:"-"`
	// PrivacyURL leads to the merchant's privacy policy; "": none.
	PrivacyURL string `json:"privacyUrl"`
}

// Bounds of a form.
const (
	maxTitle   = 80
	maxText    = 1_000
	maxWording = 300
	maxPoints  = 1_000_000
)

// tidy is c with its texts trimmed.
func (c Content) tidy() Content {
	for _, t := range []*Text{&c.Title, &c.Intro, &c.Thanks} {
		t.JA, t.EN = trimmed(t.JA), trimmed(t.EN)
	}
	c.Asks = slices.Clone(c.Asks)
	for i := range c.Asks {
		// One line: it stands beside a box, and in a mail.
		c.Asks[i].Wording.JA, c.Asks[i].Wording.EN = oneLine(c.Asks[i].Wording.JA), oneLine(c.Asks[i].Wording.EN)
	}
	c.Properties = slices.Clone(c.Properties)
	for i := range c.Properties {
		c.Properties[i].Label.JA, c.Properties[i].Label.EN = oneLine(c.Properties[i].Label.JA), oneLine(c.Properties[i].Label.EN)
	}
	c.Title.JA, c.Title.EN = oneLine(c.Title.JA), oneLine(c.Title.EN)
	c.PrivacyURL = strings.TrimSpace(c.PrivacyURL)
	if !c.Joins {
		c.JoinPoints = 0
	}
	return c
}

// check finds the first thing wrong with a form. Errors: fault.Invalid with the
// field: title, asks.0.wording …
func (c Content) check() error {
	for _, t := range []struct {
		field    string
		text     Text
		max      int
		required bool
	}{{"title", c.Title, maxTitle, true}, {"intro", c.Intro, maxText, false}, {"thanks", c.Thanks, maxText, false}} {
		if err := t.text.check(t.field, t.max, t.required); err != nil {
			return err
		}
	}
	if err := c.checkQuestions(); err != nil {
		return err
	}
	if err := c.checkProperties(); err != nil {
		return err
	}
	if err := c.checkAsks(); err != nil {
		return err
	}
	if c.JoinPoints < 0 || c.JoinPoints > maxPoints {
		return fault.New(fault.Invalid, "from 0 to %d", maxPoints).WithCode("OUT_OF_RANGE").At("joinPoints").With("max", maxPoints)
	}
	if c.PrivacyURL == "" {
		return nil
	}
	if u, err := url.Parse(c.PrivacyURL); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return fault.New(fault.Invalid, "this is not an address that begins with https://").WithCode("BAD_URL").At("privacyUrl")
	}
	return nil
}

func (t Text) check(field string, longest int, required bool) error {
	if required && t.JA == "" {
		return fault.New(fault.Invalid, "this is required").WithCode("REQUIRED").At(field)
	}
	if utf8.RuneCountInString(t.JA) > longest || utf8.RuneCountInString(t.EN) > longest {
		return fault.New(fault.Invalid, "at most %d characters", longest).WithCode("TOO_LONG").At(field).With("max", longest)
	}
	return nil
}

func (c Content) checkQuestions() error {
	seen := map[Field]bool{}
	for i, q := range c.Questions {
		if !slices.Contains(Fields, q.Field) || seen[q.Field] {
			return fault.New(fault.Invalid, "each field once").WithCode("UNKNOWN_VALUE").At(fmt.Sprintf("questions.%d", i))
		}
		seen[q.Field] = true
	}
	return nil
}

func (c Content) checkAsks() error {
	if len(c.Asks) == 0 && !c.Joins {
		return fault.New(fault.Invalid, "ask for a consent, or make members: otherwise nothing comes of the form").WithCode("NOTHING_TO_AGREE").At("asks")
	}
	seen := map[string]bool{}
	for i, a := range c.Asks {
		at := fmt.Sprintf("asks.%d.", i)
		if !slices.Contains(Channels, a.Channel) || seen[a.Channel] {
			return fault.New(fault.Invalid, "each channel once").WithCode("UNKNOWN_VALUE").At(at + "channel")
		}
		seen[a.Channel] = true
		if err := a.Wording.check(at+"wording", maxWording, true); err != nil {
			return err
		}
		field, needed := needs[a.Channel]
		if needed && !slices.ContainsFunc(c.Questions, func(q Question) bool { return q.Field == field }) {
			return fault.New(fault.Invalid, "ask for where to send it, too").WithCode("NO_ADDRESS_ASKED").At(at+"channel").With("field", string(field))
		}
	}
	return nil
}

// sameWording reports whether both ask for the same consents in the same words.
func (c Content) sameWording(other Content) bool { return slices.Equal(c.Asks, other.Asks) }

// trimmed is a text of lines without what cannot be seen.
func trimmed(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, s))
}

// oneLine is a text without line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(trimmed(s)), " ") }
