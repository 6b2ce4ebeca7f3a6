package server

import (
	"net/http"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/server/seed/world"
)

// recipients are the routes that links in mails lead to.
func (rs *routes) recipients(mux *http.ServeMux) {
	mux.HandleFunc("GET /t/c/{token}", rs.click)
	mux.HandleFunc("GET /t/o/{token}", rs.open)
	mux.HandleFunc("GET /u/{token}", rs.askUnsubscribe)
	mux.HandleFunc("POST /u/{token}", rs.unsubscribe)
	rs.signUps(mux)
	rs.mailChanges(mux)
	rs.preferences(mux)
}

// click leads on from a tracked link. The target is always an address that was
// stored with the delivery, never one that the request brings. The shops of the
// demo merchant are nowhere: there a page says where the shopper would be.
func (rs *routes) click(w http.ResponseWriter, r *http.Request) {
	target, err := rs.app.Messages.Responses.Click(r.Context(), r.PathValue("token"), byMachine(r))
	uncached(w)
	switch {
	case err == nil && world.InShop(target):
		locale := localeOf(r)
		rs.tell(w, r, http.StatusOK, "sample", noticePage{ItemsTitle: said(locale, "sample.address"), Items: []string{target}, Note: said(locale, "sample.note")})
	case err == nil:
		w.Header().Set("Referrer-Policy", "no-referrer") // the token stays here
		http.Redirect(w, r, target, http.StatusFound)
	case fault.Is(err, fault.NotFound):
		rs.page(w, r, http.StatusNotFound, pageUnknown, "")
	default:
		rs.app.Log.ErrorContext(r.Context(), "a tracked link could not be followed", "error", err)
		rs.page(w, r, http.StatusServiceUnavailable, pageFailed, "")
	}
}

// A transparent GIF of one pixel.
const pixel = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

// open notes an open. The answer is the same for every token.
func (rs *routes) open(w http.ResponseWriter, r *http.Request) {
	rs.app.Messages.Responses.Open(r.PathValue("token"), byMachine(r))
	uncached(w)
	w.Header().Set("Content-Type", "image/gif")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	_, _ = w.Write([]byte(pixel))
}

func uncached(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store, max-age=0")
	w.Header().Set("X-Robots-Tag", "noindex, nofollow")
}

// machineAgents are parts of the names of programs that fetch links and
// pictures without anybody looking: crawlers, link scanners and previews.
var machineAgents = []string{
	"bot", "crawl", "spider", "preview", "scan", "curl/", "wget/", "python-", "go-http-client", "java/", "okhttp",
	"headless", "barracuda", "mimecast", "proofpoint", "safelinks", "facebookexternalhit",
}

// gmailPrefetch is how Gmail fetches pictures ahead of anybody opening the mail.
const gmailPrefetch = "Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0"

// byMachine guesses whether a request was made by no person. Apple's Mail
// Privacy Protection fetches every picture of every mail and calls itself
// "Mozilla/5.0" and nothing more. Google's and Yahoo's picture proxies, on the
// other hand, fetch when the mail is opened, so that they count as the person.
func byMachine(r *http.Request) bool {
	if r.Method == http.MethodHead {
		return true
	}
	for _, header := range []string{"Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"} {
		value := strings.ToLower(r.Header.Get(header))
		if strings.Contains(value, "prefetch") || strings.Contains(value, "preview") || strings.Contains(value, "prerender") {
			return true
		}
	}
	agent := strings.TrimSpace(r.UserAgent())
	if agent == "" || agent == "Mozilla/5.0" || strings.Contains(agent, gmailPrefetch) {
		return true
	}
	agent = strings.ToLower(agent)
	for _, part := range machineAgents {
		if strings.Contains(agent, part) {
			return true
		}
	}
	return false
}
