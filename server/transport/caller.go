package transport

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
)

// RefreshCookie is the cookie of the browser that holds the refresh token. Only
// /auth gets it.
type RefreshCookie struct {
	Name   string
	secure bool
}

// RefreshCookieOf is the cookie of an installation that browsers reach at an
// address. Browsers keep cookies by host and know no ports, so that the port
// stands in its name: two installations on one host would otherwise sign each
// other out.
func RefreshCookieOf(origin *url.URL) RefreshCookie {
	c := RefreshCookie{Name: "meguri_refresh", secure: strings.EqualFold(origin.Scheme, "https")}
	if port := origin.Port(); port != "" {
		c.Name += "_" + port
	}
	return c
}

// maxToken bounds the token that is looked at.
const maxToken = 4 << 10

// identify finds out who is calling. A request without a token comes from
// nobody, which is no error; a token that does not hold is one.
func (h *Handler) identify(w http.ResponseWriter, r *http.Request) (*access.Caller, error) {
	caller := &access.Caller{IP: h.cfg.ClientIP(r), UserAgent: r.UserAgent(), RequestID: RequestID(w)}
	token, given := BearerToken(r)
	if !given {
		return caller, nil
	}
	var err error
	caller.Principal, err = h.cfg.Verifier.Verify(r.Context(), token)
	return caller, err
}

// BearerToken is the token of the Authorization header.
func BearerToken(r *http.Request) (token string, given bool) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return "", false
	}
	return bearer(header), true
}

// bearer reads "Bearer <token>"; anything else is a token that does not hold.
func bearer(header string) string {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") || len(token) > maxToken {
		return ""
	}
	return strings.TrimSpace(token)
}

// RequestID names the request in the log, in the audit log and to the client.
func RequestID(w http.ResponseWriter) string {
	id := rand.Text()[:16]
	w.Header().Set("X-Request-Id", id)
	return id
}

// Identify is the caller of a request outside of GraphQL, in its context.
// Requests without a token pass as nobody; a token that does not hold is
// answered with 401.
func Identify(v Verifier, clientIP func(*http.Request) netip.Addr, next http.Handler) http.Handler {
	h := &Handler{cfg: Config{Verifier: v, ClientIP: clientIP}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller, err := h.identify(w, r)
		if err != nil {
			WriteFault(w, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(access.WithCaller(r.Context(), caller)))
	})
}

// keepIn lets the operation hand its refresh token to the browser of w.
func (c RefreshCookie) keepIn(w http.ResponseWriter) func(string, time.Time) {
	return func(token string, expires time.Time) { c.Set(w, token, expires) }
}

// Set sets the cookie; an empty token deletes it.
func (c RefreshCookie) Set(w http.ResponseWriter, token string, expires time.Time) {
	cookie := &http.Cookie{
		Name: c.Name, Value: token, Path: "/auth", Expires: expires,
		HttpOnly: true, Secure: c.secure, SameSite: http.SameSiteStrictMode,
	}
	if token == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(w, cookie)
}

// statusOf is the HTTP status of a fault.
func statusOf(kind fault.Kind) int {
	switch kind {
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict, fault.Precondition:
		return http.StatusConflict
	case fault.Throttled:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func withCaller(r *http.Request, c *access.Caller) context.Context {
	return access.WithCaller(r.Context(), c)
}
