package model

import (
	"encoding/json"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/signup"
)

// NewSignUpForm maps a form, which is filled in under origin; nil stays nil.
func NewSignUpForm(f *signup.Form, origin string) *SignUpForm {
	if f == nil {
		return nil
	}
	return &SignUpForm{
		ID: gid.Encode("SignUpForm", f.ID), Slug: f.Slug, URL: origin + signup.Path(f.Slug), Version: f.Version, Content: newSignUpContent(f.Content),
		ChangedAt: f.ChangedAt, CreatedAt: f.CreatedAt, ClosedAt: f.ArchivedAt, Row: f.ID, ShopRow: f.ShopID, StaffRow: f.ChangedBy,
	}
}

// NewSignUpForms maps forms.
func NewSignUpForms(rows []signup.Form, origin string) []*SignUpForm {
	list := make([]*SignUpForm, len(rows))
	for i := range rows {
		list[i] = NewSignUpForm(&rows[i], origin)
	}
	return list
}

// NewSignUpHistory maps what a form has said.
func NewSignUpHistory(rows []signup.Form) []*SignUpFormVersion {
	list := make([]*SignUpFormVersion, len(rows))
	for i, f := range rows {
		list[i] = &SignUpFormVersion{Version: f.Version, Content: newSignUpContent(f.Content), CreatedAt: f.ChangedAt, StaffRow: f.ChangedBy}
	}
	return list
}

// NewSignUpCounts maps what came of a form.
func NewSignUpCounts(c signup.Count) *SignUpCounts {
	return &SignUpCounts{Sent: c.Sent, Confirmed: c.Confirmed, Waiting: c.Waiting, AllConfirmed: c.AllConfirmed}
}

func newSignUpContent(c signup.Content) *SignUpContent {
	content := &SignUpContent{
		Title: newSignUpText(c.Title), Intro: newSignUpText(c.Intro), Thanks: newSignUpText(c.Thanks), Joins: c.Joins, JoinPoints: c.JoinPoints,
		PrivacyURL: c.PrivacyURL, Questions: []*SignUpQuestion{}, Properties: []*SignUpProperty{}, Asks: []*SignUpAsk{},
	}
	for _, q := range c.Questions {
		content.Questions = append(content.Questions, &SignUpQuestion{Field: SignUpField(q.Field), Required: q.Required})
	}
	for _, q := range c.Properties {
		content.Properties = append(content.Properties, &SignUpProperty{Key: q.Key, Label: newSignUpText(q.Label), Required: q.Required})
	}
	for _, a := range c.Asks {
		content.Asks = append(content.Asks, &SignUpAsk{Channel: Channel(a.Channel), Wording: newSignUpText(a.Wording), Required: a.Required})
	}
	return content
}

func newSignUpText(t signup.Text) *SignUpText { return &SignUpText{Ja: t.JA, En: t.EN} }

// Content maps what a form is to say.
func (in SignUpContentInput) Content() signup.Content {
	c := signup.Content{
		Title: in.Title.text(), Intro: in.Intro.text(), Thanks: in.Thanks.text(), Joins: in.Joins, AsRulesSay: in.JoinPoints == nil, PrivacyURL: in.PrivacyURL,
	}
	given(&c.JoinPoints, in.JoinPoints)
	for _, q := range in.Questions {
		c.Questions = append(c.Questions, signup.Question{Field: signup.Field(q.Field), Required: q.Required})
	}
	for _, q := range in.Properties {
		c.Properties = append(c.Properties, signup.PropertyQuestion{Key: q.Key, Label: q.Label.text(), Required: q.Required})
	}
	for _, a := range in.Asks {
		c.Asks = append(c.Asks, signup.Ask{Channel: string(a.Channel), Wording: a.Wording.text(), Required: a.Required})
	}
	return c
}

func (in *SignUpTextInput) text() signup.Text {
	if in == nil {
		return signup.Text{}
	}
	return signup.Text{JA: in.Ja, EN: in.En}
}

// newConsentEvidence maps what was kept with a word of consent, whoever wrote
// it; nil where that is nothing.
func newConsentEvidence(raw json.RawMessage) *ConsentEvidence {
	var e struct {
		customer.Evidenced
		Import   int64 `json:"import"`
		Line     int64 `json:"line"`
		Delivery int64 `json:"deliveryId"`
	}
	if json.Unmarshal(raw, &e) != nil {
		return nil
	}
	shown := &ConsentEvidence{
		FormVersion: known(e.FormVersion), Locale: known(e.Locale), SentAt: e.SentAt, SentFrom: known(e.SentFrom),
		ConfirmedAt: e.ConfirmedAt, ConfirmedFrom: known(e.ConfirmedFrom), Reason: known(e.Reason), Source: known(e.Source),
		Reference: known(e.Reference), ImportLine: known(e.Line), FormID: knownID("SignUpForm", e.Form), ImportID: knownID("Import", e.Import),
		DeliveryID: knownID("Delivery", e.Delivery),
	}
	if *shown == (ConsentEvidence{}) {
		return nil
	}
	return shown
}

func known[T int | int64 | string | time.Time](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

func knownID(kind string, row int64) *string {
	if row == 0 {
		return nil
	}
	id := gid.Encode(kind, row)
	return &id
}
