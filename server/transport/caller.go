package transport

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
)

// RefreshCookie is the cookie that holds the refresh token. Only /auth gets it.
const RefreshCookie = "meguri_refresh"

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
func keepIn(w http.ResponseWriter, secure bool) func(string, time.Time) {
	return func(token string, expires time.Time) { SetRefreshCookie(w, token, expires, secure) }
}

// SetRefreshCookie sets the cookie; an empty token deletes it.
func SetRefreshCookie(w http.ResponseWriter, token string, expires time.Time, secure bool) {
	c := &http.Cookie{
		Name: RefreshCookie, Value: token, Path: "/auth", Expires: expires,
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteStrictMode,
	}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
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
