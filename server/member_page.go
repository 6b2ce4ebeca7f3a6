package server

import "net/http"

// memberPolicy lets the page of shoppers load its own files and talk to this
// server, and nothing else: it shows what a token opens.
const memberPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// serveMember gives the page of shoppers. Its token comes behind the #, which no
// server sees.
func (s *spa) serveMember(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	if s.member == nil {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte(notBuilt)) // the client may be gone
		return
	}
	w.Header().Set("Content-Security-Policy", memberPolicy)
	s.member.serve(w, r)
}
