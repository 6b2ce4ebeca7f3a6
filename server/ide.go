package server

import "net/http"

// idePolicy lets the GraphQL IDE load its own scripts, talk to this server and
// nothing else. Its editor sets styles inline; its fonts are in its style sheet.
const idePolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// idePath is where the GraphQL IDE stands.
const idePath = "/ide"

// serveIDE gives the page of the GraphQL IDE, to developers only: without dev
// there is no such page, not even the application's in its place.
func (s *spa) serveIDE(dev bool) http.Handler {
	if !dev {
		return http.NotFoundHandler()
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", idePolicy)
		w.Header().Set("Cache-Control", "no-cache")
		if s.ide == nil {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = w.Write([]byte(notBuilt)) // the client may be gone
			return
		}
		s.ide.serve(w, r)
	})
}

// idePath answers nil where there is no IDE to point to.
func (a *App) idePath() *string {
	if !a.Config.Dev {
		return nil
	}
	path := idePath
	return &path
}
