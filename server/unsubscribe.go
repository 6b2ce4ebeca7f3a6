package server

import (
	"embed"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/response"
)

// maxForm bounds the body of the unsubscribe form, which holds one field.
const maxForm = 4 << 10

// formTimeout is how long that body may take.
const formTimeout = 10 * time.Second

// pagePolicy lets the pages for recipients load nothing but the merchant's logo.
const pagePolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// The pages for recipients of mails.
const (
	pageAsk     = "ask"     // stop these mails?
	pageDone    = "done"    // stopped
	pageUnknown = "unknown" // the link is not valid
	pageFailed  = "failed"  // try again later
)

//go:embed page/*.html
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "page/*.html"))

// askUnsubscribe shows the page behind the link in a mail. It never
// unsubscribes: mail scanners follow links, too.
func (rs *routes) askUnsubscribe(w http.ResponseWriter, r *http.Request) {
	token := r.PathValue("token")
	if err := rs.app.Messages.Responses.Unsubscribable(token); err != nil {
		rs.page(w, r, http.StatusNotFound, pageUnknown, "")
		return
	}
	rs.page(w, r, http.StatusOK, pageAsk, token)
}

// unsubscribe takes the page's button and the one-click request of mail
// programs (RFC 8058), which says so in its body.
func (rs *routes) unsubscribe(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	// Anybody may post here: a body that does not come holds nothing for long.
	body := http.NewResponseController(w)
	_ = body.SetReadDeadline(time.Now().Add(formTimeout))
	// PostFormValue reads urlencoded and multipart bodies, as RFC 8058 allows both.
	method := response.ByLink
	if r.PostFormValue("List-Unsubscribe") == "One-Click" {
		method = response.ByOneClick
	}
	_ = body.SetReadDeadline(time.Time{})
	err := rs.app.Messages.Responses.Unsubscribe(r.Context(), r.PathValue("token"), method)
	switch {
	case err == nil:
		rs.page(w, r, http.StatusOK, pageDone, "")
	case fault.Is(err, fault.NotFound):
		rs.page(w, r, http.StatusNotFound, pageUnknown, "")
	default:
		rs.app.Log.ErrorContext(r.Context(), "an unsubscribe could not be recorded", "error", err)
		rs.page(w, r, http.StatusServiceUnavailable, pageFailed, "")
	}
}

// page answers with one of the pages for recipients, in Japanese unless the
// browser asks for English first.
func (rs *routes) page(w http.ResponseWriter, r *http.Request, status int, name, token string) {
	uncached(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", pagePolicy)
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	sender, err := rs.app.Messages.Senders.Current(r.Context())
	if err != nil {
		rs.app.Log.ErrorContext(r.Context(), "the sender could not be read", "error", err)
	}
	brand, err := rs.app.Messages.Brands.Current(r.Context())
	if err != nil {
		rs.app.Log.ErrorContext(r.Context(), "the brand could not be read", "error", err)
		brand = message.Brand{Accent: message.DefaultAccent}
	}
	logo := ""
	if brand.Logo != nil {
		logo = message.LogoPath + brand.Logo.Hash
	}
	err = pages.ExecuteTemplate(w, "recipient.html", map[string]any{
		"Page": name, "Token": token, "Merchant": sender.Name, "English": prefersEnglish(r),
		"Logo": logo, "Accent": template.CSS(brand.Accent), "AccentInk": template.CSS(brand.Ink()), //nolint:gosec // both are colours that were checked
	})
	if err != nil {
		rs.app.Log.DebugContext(r.Context(), "a page was not taken", "error", err)
	}
}

func prefersEnglish(r *http.Request) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(r.Header.Get("Accept-Language"))), "en")
}
