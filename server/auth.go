package server

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/server/transport"
)

// auth answers /auth: the two places that take the refresh cookie. Sign-in
// itself is a mutation.
type auth struct{ app *App }

// handler refuses calls from pages of another origin: the cookie is
// SameSite=Strict already, and old browsers and sibling hosts are not to be
// trusted with it.
func (h auth) handler() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /auth/refresh", h.refresh)
	mux.HandleFunc("POST /auth/sign-out", h.signOut)
	sameOrigin := http.NewCrossOriginProtection()
	if err := sameOrigin.AddTrustedOrigin(h.app.Config.PublicURL.String()); err != nil {
		return nil, err
	}
	return sameOrigin.Handler(mux), nil
}

// refresh trades the cookie for a new one and an access token. A browser without
// a cookie is told that nobody is signed in (204), which is no error: every first
// visit asks.
func (h auth) refresh(w http.ResponseWriter, r *http.Request) {
	cookie, err := r.Cookie(h.refreshCookie().Name)
	if err != nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	grant, err := h.app.Access.Refresh(h.caller(w, r), cookie.Value)
	if err != nil {
		if fault.Is(err, fault.Unauthenticated) {
			h.keep(w, "", time.Time{})
		}
		transport.WriteFault(w, err)
		return
	}
	h.keep(w, grant.RefreshToken, grant.RefreshExpiresAt)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(struct {
		AccessToken string    `json:"accessToken"`
		ExpiresAt   time.Time `json:"expiresAt"`
	}{grant.AccessToken, grant.Principal.ExpiresAt})
}

// signOut ends the session behind the cookie, if there is one.
func (h auth) signOut(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(h.refreshCookie().Name); err == nil {
		if err := h.app.Access.SignOut(h.caller(w, r), cookie.Value); err != nil {
			transport.WriteFault(w, err)
			return
		}
	}
	h.keep(w, "", time.Time{})
	w.WriteHeader(http.StatusNoContent)
}

func (h auth) keep(w http.ResponseWriter, token string, expires time.Time) {
	h.refreshCookie().Set(w, token, expires)
}

// caller is the context of the call: where it comes from, but not who it is,
// which only the cookie tells.
func (h auth) caller(w http.ResponseWriter, r *http.Request) context.Context {
	return access.WithCaller(r.Context(), &access.Caller{
		IP: h.app.Config.ClientIP(r), UserAgent: r.UserAgent(), RequestID: transport.RequestID(w),
	})
}

func (h auth) refreshCookie() transport.RefreshCookie {
	return transport.RefreshCookieOf(h.app.Config.PublicURL)
}
