package server

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/preference"
	"github.com/meguri-crm/meguri/crm/property"
)

// preferences are the routes of the page on which a person chooses what he gets.
// A GET changes nothing: programs follow links, too.
func (rs *routes) preferences(mux *http.ServeMux) {
	own := http.NewCrossOriginProtection() // the form is sent from its own page
	mux.HandleFunc("GET "+link.PreferencesPath+"{token}", rs.showPreferences)
	mux.Handle("POST "+link.PreferencesPath+"{token}", own.Handler(http.HandlerFunc(rs.changePreferences)))
}

// whoChooses is the customer of a link to the page: one of a mail, which holds
// for good, or a pass that expires.
func (rs *routes) whoChooses(token string) (int64, error) {
	signer := rs.app.Messages.Signer
	if ref, err := signer.Parse(link.Preferences, token); err == nil {
		return ref.CustomerID, nil
	}
	pass, err := signer.ReadPass(token, rs.app.Clock.Now(), link.Preferences)
	return pass.ID, err
}

func (rs *routes) showPreferences(w http.ResponseWriter, r *http.Request) {
	token, locale := r.PathValue("token"), localeOf(r)
	id, err := rs.whoChooses(token)
	if err != nil {
		rs.noPreferences(w, r, err)
		return
	}
	st, err := rs.app.Preferences.Of(r.Context(), id)
	if err != nil {
		rs.noPreferences(w, r, err)
		return
	}
	page := rs.preferencesPage(r, st, token, locale, nil, nil)
	switch {
	case r.URL.Query().Has("stopped"):
		page.Done = said(locale, "preferences.stopped")
	case r.URL.Query().Has("saved"):
		page.Done = said(locale, "preferences.saved")
	}
	rs.public(w, r, http.StatusOK, "preferences.html", locale, said(locale, "preferences.title"), page)
}

func (rs *routes) noPreferences(w http.ResponseWriter, r *http.Request, err error) {
	if fault.Is(err, fault.Precondition) {
		rs.tell(w, r, http.StatusGone, "expiredPage", noticePage{})
		return
	}
	rs.refuse(w, r, err, "unknown")
}

func (rs *routes) changePreferences(w http.ResponseWriter, r *http.Request) {
	readForm(w, r, maxForm)
	token, locale := r.PathValue("token"), localeOf(r)
	id, err := rs.whoChooses(token)
	if err != nil {
		rs.noPreferences(w, r, err)
		return
	}
	st, err := rs.app.Preferences.Of(r.Context(), id)
	if err != nil {
		rs.noPreferences(w, r, err)
		return
	}
	merchant := rs.merchantName(r, locale)
	change := preference.Change{
		On: map[string]bool{}, Method: "PREFERENCES", Locale: locale, From: rs.app.Config.ClientIP(r).String(),
		Wording: func(channel string) string { return said(locale, "preferences.word."+channel, merchant) },
	}
	outcome := "saved"
	if r.PostFormValue("all") == "off" {
		outcome, change.Reason = "stopped", r.PostFormValue("reason")
	} else if n, err := strconv.Atoi(r.PostFormValue("perMonth")); err == nil {
		change.PerMonth = &n
	}
	for _, c := range st.Choices {
		// What the page could not turn on was not sent with it.
		if c.On || c.Offered {
			change.On[c.Channel] = outcome == "saved" && slices.Contains(r.PostForm["on"], c.Channel)
		}
	}
	sent := sentValues(r.PostForm)
	values, problems := toldValues(st.Asked, sent)
	if len(problems) > 0 {
		rs.public(w, r, http.StatusUnprocessableEntity, "preferences.html", locale, said(locale, "preferences.title"), rs.preferencesPage(r, st, token, locale, sent, problems))
		return
	}
	change.Values = values
	if _, err := rs.app.Preferences.Change(r.Context(), id, change); err != nil {
		rs.noPreferences(w, r, err)
		return
	}
	http.Redirect(w, r, link.PreferencesPath+token+"?"+outcome+"&lang="+locale, http.StatusSeeOther)
}

// toldValues is what was sent of the custom properties that are asked; problems are
// keys whose values do not fit. What is left empty is not told.
func toldValues(asked []preference.Asked, sent map[string][]string) (values map[string]json.RawMessage, problems map[string]bool) {
	values, problems = map[string]json.RawMessage{}, map[string]bool{}
	for _, a := range asked {
		value, err := a.Property.Posted(sent[a.Property.Key])
		switch {
		case err != nil:
			problems[a.Property.Key] = true
		case property.Known(value):
			values[a.Property.Key] = value
		}
	}
	return values, problems
}

// preferencesPage is the page as HTML shows it.
type preferencesPage struct {
	Action, Done, Mail string
	Kept               []keptField
	Problems           bool
	Choices            []preferenceChoice
	PerMonths          []preferenceOption
	Reasons            []preferenceOption
	AnyOn              bool
}

type preferenceChoice struct {
	Channel, Wording, Note string
	On, Locked             bool
}

type preferenceOption struct {
	Value, Label string
	Checked      bool
}

// preferencesPage is the page of somebody; sent and problems are of what is to be mended.
func (rs *routes) preferencesPage(r *http.Request, st *preference.Standing, token, locale string, sent map[string][]string, problems map[string]bool) preferencesPage {
	merchant := rs.merchantName(r, locale)
	p := preferencesPage{Action: link.PreferencesPath + token + "?lang=" + locale, Mail: st.Mail, Problems: len(problems) > 0}
	for _, a := range st.Asked {
		f := newKeptField(a.Property, a.Property.Name, locale, false, sent[a.Property.Key])
		if a.Known {
			f.Note = said(locale, "kept.known")
		}
		if problems[a.Property.Key] {
			f.Problem = said(locale, "wrong")
		}
		p.Kept = append(p.Kept, f)
	}
	for _, c := range st.Choices {
		shown := preferenceChoice{Channel: c.Channel, Wording: said(locale, "preferences.word."+c.Channel, merchant), On: c.On}
		if !c.On && !c.Offered {
			shown.Locked, shown.Note = true, said(locale, "preferences.locked")
		}
		p.AnyOn = p.AnyOn || c.On
		p.Choices = append(p.Choices, shown)
	}
	if slices.ContainsFunc(st.Choices, func(c preference.Choice) bool { return c.Channel == "MAIL" }) {
		for _, n := range preference.PerMonths {
			o := preferenceOption{Value: strconv.Itoa(n), Label: said(locale, "preferences.often.0"), Checked: n == st.PerMonth}
			if n > 0 {
				o.Label = said(locale, "preferences.often.n", o.Value)
			}
			p.PerMonths = append(p.PerMonths, o)
		}
	}
	for _, reason := range preference.Reasons {
		p.Reasons = append(p.Reasons, preferenceOption{Value: reason, Label: said(locale, "preferences.reason."+reason)})
	}
	return p
}

// merchantName is what the merchant calls himself.
func (rs *routes) merchantName(r *http.Request, locale string) string {
	sender, err := rs.app.Messages.Senders.Current(r.Context())
	if err != nil || sender.Name == "" {
		return said(locale, "preferences.shop")
	}
	return sender.Name
}
