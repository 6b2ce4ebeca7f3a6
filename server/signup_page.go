package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/signup"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// maxSignUpDraft bounds the form that a preview is asked for.
const maxSignUpDraft = 64 << 10

// signUpPreview answers POST /sign-up-preview with a form, which need not be
// saved, as shoppers would see it: {"content", "locale"}, the content as the
// mutations take it.
func (rs *routes) signUpPreview() http.Handler {
	return rs.guarded(access.ScopeSettingsRead, func(w http.ResponseWriter, r *http.Request) error {
		var in struct {
			Content model.SignUpContentInput `json:"content"`
			Locale  string                   `json:"locale"`
		}
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxSignUpDraft)).Decode(&in); err != nil {
			return fault.Wrap(fault.Invalid, err, "this is no form")
		}
		if in.Locale != english {
			in.Locale = japanese
		}
		form := &signup.Form{SignUpForm: db.SignUpForm{Slug: "preview"}, Content: in.Content.Content()}
		asked, err := rs.app.SignUps.Asked(r.Context(), form.Content)
		if err != nil {
			return err
		}
		var page bytes.Buffer
		err = rs.write(&page, r, "signup.html", in.Locale, form.Content.Title.In(in.Locale), newSignUpPage(form, asked, in.Locale, signup.Answers{}, nil))
		if err != nil {
			return fault.Wrap(fault.Internal, err, "the form cannot be shown")
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = page.WriteTo(w)
		return nil
	})
}

// answersOf is what somebody wrote on a form.
func answersOf(r *http.Request) signup.Answers {
	v := r.PostForm.Get
	return signup.Answers{
		Mail: v("mail"), FamilyName: v("familyName"), GivenName: v("givenName"), FamilyKana: v("familyKana"), GivenKana: v("givenKana"),
		BirthDate: v("birthDate"), Gender: v("gender"), Phone: v("phone"), PostalCode: v("postalCode"), Prefecture: v("prefecture"),
		City: v("city"), Address: v("address"), Channels: r.PostForm["agree"], Sent: sentValues(r.PostForm),
		Referral: v("referral"), ByLink: v("byLink") != "" && v("byLink") == v("referral"),
	}
}

// signUpField is an input of a form.
type signUpField struct {
	Name, Type, Value, Complete, Mode string
	Max                               int
	Required                          bool
	Problem                           string   // key of its words
	Choices                           []string // radio buttons instead
	OpensPair, ClosesPair             bool
}

type signUpAsk struct {
	signup.Ask
	Wording string
	Checked bool
	Problem string
}

// signUpReferral asks for the code of who sent one.
type signUpReferral struct {
	Value, Problem string
	ByLink         string // the code that stood in the address; empty: none
}

// signUpPage is a form as HTML shows it.
type signUpPage struct {
	Action, Intro, Privacy string
	Version                int
	Fields                 []signUpField
	Kept                   []keptField
	Asks                   []signUpAsk
	NothingAgreed          string
	Joins                  bool
	Points                 string
	Referral               *signUpReferral // nil: not asked
	Problems               bool
}

func newSignUpPage(form *signup.Form, asked []signup.Asked, locale string, a signup.Answers, problems map[string]signup.Problem) signUpPage {
	c := form.Content
	p := signUpPage{
		Action: signup.Path(form.Slug) + "?lang=" + locale, Intro: c.Intro.In(locale), Privacy: c.PrivacyURL, Version: form.Version,
		Joins: c.Joins, NothingAgreed: string(problems["agree"]), Problems: len(problems) > 0,
	}
	if c.JoinPoints > 0 {
		p.Points = grouped(c.JoinPoints)
	}
	p.Fields = append(p.Fields, signUpField{Name: "mail", Type: "email", Mode: "email", Complete: "email", Required: true, Value: a.Mail, Max: 254})
	for _, q := range c.Questions {
		p.Fields = append(p.Fields, fieldsOf(q, &a)...)
	}
	for i := range p.Fields {
		p.Fields[i].Problem = string(problems[p.Fields[i].Name])
	}
	p.Kept = keptFields(asked, locale, a, problems)
	for _, ask := range c.Asks {
		p.Asks = append(p.Asks, signUpAsk{
			Ask: ask, Wording: ask.Wording.In(locale), Checked: slices.Contains(a.Channels, ask.Channel), Problem: string(problems["agree."+ask.Channel]),
		})
	}
	return p
}

func newSignUpReferral(a signup.Answers, problems map[string]signup.Problem) *signUpReferral {
	asked := &signUpReferral{Value: a.Referral, Problem: string(problems["referral"])}
	if a.ByLink {
		asked.ByLink = a.Referral
	}
	return asked
}

// fieldsOf are the inputs of a question.
func fieldsOf(q signup.Question, a *signup.Answers) []signUpField {
	var list []signUpField
	switch q.Field {
	case signup.Name:
		list = []signUpField{{Name: "familyName", Value: a.FamilyName, Complete: "family-name", OpensPair: true}, {Name: "givenName", Value: a.GivenName, Complete: "given-name", ClosesPair: true}}
	case signup.Kana:
		list = []signUpField{{Name: "familyKana", Value: a.FamilyKana, Complete: "off", OpensPair: true}, {Name: "givenKana", Value: a.GivenKana, Complete: "off", ClosesPair: true}}
	case signup.BirthDate:
		list = []signUpField{{Name: "birthDate", Value: a.BirthDate, Complete: "bday", Type: "date"}}
	case signup.Gender:
		list = []signUpField{{Name: "gender", Value: a.Gender, Choices: []string{"FEMALE", "MALE", "OTHER"}}}
	case signup.Phone:
		list = []signUpField{{Name: "phone", Value: a.Phone, Complete: "tel", Type: "tel", Mode: "tel"}}
	case signup.Postcode:
		list = []signUpField{{Name: "postalCode", Value: a.PostalCode, Complete: "postal-code", Mode: "numeric"}}
	case signup.Address:
		list = []signUpField{
			{Name: "prefecture", Value: a.Prefecture, Complete: "address-level1"},
			{Name: "city", Value: a.City, Complete: "address-level2"},
			{Name: "address", Value: a.Address, Complete: "address-line1"},
		}
	}
	for i := range list {
		list[i].Required, list[i].Max = q.Required, 100
		if list[i].Type == "" {
			list[i].Type = "text"
		}
	}
	return list
}

// grouped is a figure with its thousands apart.
func grouped(n int64) string {
	if n < 1000 {
		return strconv.FormatInt(n, 10)
	}
	return grouped(n/1000) + fmt.Sprintf(",%03d", n%1000)
}
