package server

import (
	"net/http"
	"strconv"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/policy/qr"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/crm/signup"
)

// maxSignUp bounds the body of a form.
const maxSignUp = 16 << 10

// signUpRate is how many forms one address of the network may send: a family at
// once, and then one a minute.
var signUpRate = rate{burst: 10, perSecond: 1.0 / 60}

// signUps are the routes of sign-up forms. Nothing on them needs a script, and a
// GET changes nothing.
func (rs *routes) signUps(mux *http.ServeMux) {
	forms := &signUpRoutes{routes: rs, sent: newLimiter(signUpRate)}
	own := http.NewCrossOriginProtection() // a form is sent from its own page
	mux.HandleFunc("GET /f/{slug}", forms.show)
	mux.Handle("POST /f/{slug}", own.Handler(http.HandlerFunc(forms.take)))
	mux.HandleFunc("GET /f/{slug}/sent", forms.wait)
	mux.Handle("POST /f/{slug}/again", own.Handler(http.HandlerFunc(forms.again)))
	mux.HandleFunc("GET /f/{slug}/qr.svg", forms.code)
	mux.HandleFunc("GET "+signup.ConfirmPath+"{token}", forms.ask)
	mux.Handle("POST "+signup.ConfirmPath+"{token}", own.Handler(http.HandlerFunc(forms.confirm)))
	mux.Handle("POST /sign-up-preview", rs.signUpPreview())
}

type signUpRoutes struct {
	*routes
	sent *limiter
}

// open is the form of the request; where there is none it answers so.
func (rs *signUpRoutes) open(w http.ResponseWriter, r *http.Request) *signup.Form {
	form, err := rs.app.SignUps.Open(r.Context(), r.PathValue("slug"))
	if err != nil {
		rs.refuse(w, r, err, "closed")
		return nil
	}
	return form
}

// refuse answers for what does not exist, by the key of its words, or for what
// failed.
func (rs *routes) refuse(w http.ResponseWriter, r *http.Request, err error, missing string) {
	if fault.Is(err, fault.NotFound) {
		rs.tell(w, r, http.StatusNotFound, missing, noticePage{})
		return
	}
	rs.app.Log.ErrorContext(r.Context(), "a page for shoppers failed", "route", r.Pattern, "error", err)
	rs.tell(w, r, http.StatusServiceUnavailable, "failed", noticePage{})
}

func (rs *signUpRoutes) show(w http.ResponseWriter, r *http.Request) {
	if form := rs.open(w, r); form != nil {
		code := r.URL.Query().Get(referral.CodeParam)
		rs.shown(w, r, http.StatusOK, form, localeOf(r), signup.Answers{Referral: code, ByLink: code != ""}, nil)
	}
}

// shown answers with a form to fill in, or to mend.
func (rs *signUpRoutes) shown(w http.ResponseWriter, r *http.Request, status int, form *signup.Form, locale string, a signup.Answers, problems map[string]signup.Problem) {
	asked, err := rs.app.SignUps.Asked(r.Context(), form.Content)
	if err != nil {
		rs.refuse(w, r, err, "closed")
		return
	}
	page := newSignUpPage(form, asked, locale, a, problems)
	asks, err := rs.app.SignUps.AsksReferral(r.Context(), form.Content)
	if err != nil {
		rs.refuse(w, r, err, "closed")
		return
	}
	if asks {
		page.Referral = newSignUpReferral(a, problems)
	}
	rs.public(w, r, status, "signup.html", locale, form.Content.Title.In(locale), page)
}

// readForm reads a body that anybody may send: one that is long or does not come
// holds nothing for long.
func readForm(w http.ResponseWriter, r *http.Request, most int64) {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	body := http.NewResponseController(w)
	_ = body.SetReadDeadline(time.Now().Add(formTimeout))
	_ = r.ParseForm() // what cannot be read is an empty form
	_ = body.SetReadDeadline(time.Time{})
}

// take takes a form in. A robot that fills in every field is told what a person
// is told.
func (rs *signUpRoutes) take(w http.ResponseWriter, r *http.Request) {
	form := rs.open(w, r)
	if form == nil {
		return
	}
	ip := rs.app.Config.ClientIP(r)
	network := (&access.Caller{IP: ip}).Network().String()
	if !rs.sent.allow(network, 1, rs.app.Clock.Now()) {
		rs.tell(w, r, http.StatusTooManyRequests, "slow", noticePage{Back: signup.Path(form.Slug)})
		return
	}
	readForm(w, r, maxSignUp)
	locale := localeOf(r)
	in := signup.Submission{Form: form, Answers: answersOf(r), Locale: locale, IP: ip, Zone: rs.app.Config.Zone}
	if r.PostFormValue("website") != "" {
		rs.sentTo(w, r, form, locale, rs.app.SignUps.Decoy())
		return
	}
	if r.PostFormValue("version") != strconv.Itoa(form.Version) {
		// The wording has changed since the page was opened: it must be read anew.
		in.Answers.Channels = nil
		rs.mend(w, r, in, map[string]signup.Problem{"agree": signup.Reworded})
		return
	}
	again, problems, err := rs.app.SignUps.Submit(r.Context(), in)
	switch {
	case err != nil:
		rs.refuse(w, r, err, "closed")
	case len(problems) > 0:
		rs.mend(w, r, in, problems)
	default:
		rs.sentTo(w, r, form, locale, again)
	}
}

func (rs *signUpRoutes) mend(w http.ResponseWriter, r *http.Request, in signup.Submission, problems map[string]signup.Problem) {
	rs.shown(w, r, http.StatusUnprocessableEntity, in.Form, in.Locale, in.Answers, problems)
}

// sentTo leads to the page that says so, which can be loaded again.
func (*signUpRoutes) sentTo(w http.ResponseWriter, r *http.Request, form *signup.Form, locale, again string) {
	http.Redirect(w, r, signup.Path(form.Slug)+"/sent?lang="+locale+"&again="+again, http.StatusSeeOther)
}

func (rs *signUpRoutes) wait(w http.ResponseWriter, r *http.Request) {
	locale, slug := localeOf(r), r.PathValue("slug")
	page := noticePage{Note: said(locale, "sent.note"), Back: signup.Path(slug)}
	if r.URL.Query().Has("done") {
		page.Done = said(locale, "sent.done")
	}
	if again := r.URL.Query().Get("again"); again != "" {
		page.Buttons = []pageButton{{Action: signup.Path(slug) + "/again?lang=" + locale, Label: said(locale, "sent.again"), Token: again, Plain: true}}
	}
	rs.tell(w, r, http.StatusOK, "sent", page)
}

func (rs *signUpRoutes) again(w http.ResponseWriter, r *http.Request) {
	readForm(w, r, maxForm)
	token := r.PostFormValue("token")
	if err := rs.app.SignUps.Resend(r.Context(), token); err != nil {
		rs.refuse(w, r, err, "unknown")
		return
	}
	http.Redirect(w, r, signup.Path(r.PathValue("slug"))+"/sent?done&lang="+localeOf(r)+"&again="+token, http.StatusSeeOther)
}

// code answers with the address of a form as a QR code to print.
func (rs *signUpRoutes) code(w http.ResponseWriter, r *http.Request) {
	form := rs.open(w, r)
	if form == nil {
		return
	}
	svg, err := qr.SVG(rs.app.Config.PublicURL.String() + signup.Path(form.Slug))
	if err != nil {
		rs.refuse(w, r, err, "closed")
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	w.Header().Set("Content-Security-Policy", "default-src 'none'")
	_, _ = w.Write(svg)
}

// ask shows what the link of a mail would confirm.
func (rs *signUpRoutes) ask(w http.ResponseWriter, r *http.Request) {
	token := r.PathValue("token")
	st, err := rs.app.SignUps.Look(r.Context(), token)
	rs.stand(w, r, token, st, err)
}

func (rs *signUpRoutes) confirm(w http.ResponseWriter, r *http.Request) {
	token := r.PathValue("token")
	st, err := rs.app.SignUps.Confirm(r.Context(), token, rs.app.Config.ClientIP(r))
	rs.stand(w, r, token, st, err)
}

// stand answers with where a form that was sent stands.
func (rs *signUpRoutes) stand(w http.ResponseWriter, r *http.Request, token string, st *signup.Standing, err error) {
	if st == nil {
		rs.refuse(w, r, err, "unknown")
		return
	}
	locale := st.Locale
	key, status, page := "confirm", http.StatusOK, noticePage{}
	switch {
	case st.Confirmed:
		key, page.Text = "confirmed", st.Form.Content.Thanks.In(locale)
	case err != nil: // it has expired
		key, status = "expired", http.StatusGone
		page.Buttons = []pageButton{{Action: signup.Path(st.Form.Slug) + "/again?lang=" + locale, Label: said(locale, "sent.again"), Token: token}}
	default:
		page.Text = said(locale, "confirm.text", st.Form.Content.Title.In(locale))
		page.Buttons = []pageButton{{Action: signup.ConfirmPath + token, Label: said(locale, "confirm.button")}}
	}
	if page.Text == "" {
		page.Text = said(locale, key+".text")
	}
	if !st.Confirmed && len(st.Agreed) > 0 {
		page.ItemsTitle = said(locale, "confirm.agreed")
		for _, ask := range st.Agreed {
			page.Items = append(page.Items, ask.Wording.In(locale))
		}
	}
	rs.public(w, r, status, "message.html", locale, said(locale, key+".title"), page)
}
