package server

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/docs"
	"github.com/meguri-crm/meguri/server/transport"
)

// maxGrantBody bounds what is read of a request for a token.
const maxGrantBody = 8 << 10

// grantType is the only way to a token: a program speaks for itself.
const grantType = "client_credentials"

// oauth answers the token endpoint of partner clients (RFC 6749) and says where
// it is (RFC 8414).
type oauth struct{ app *App }

func (h oauth) register(mux *http.ServeMux) {
	mux.HandleFunc("POST /oauth/token", h.token)
	mux.HandleFunc("GET /.well-known/oauth-authorization-server", h.metadata)
}

// oauthError is an error as RFC 6749, section 5.2 words it.
type oauthError struct {
	Code        string `json:"error"`
	Description string `json:"error_description"`
}

// token gives a client an access token for its credentials.
func (h oauth) token(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Pragma", "no-cache")
	form, wrong := readGrant(w, r)
	if wrong != nil {
		writeOAuth(w, http.StatusBadRequest, wrong)
		return
	}
	id, secret, basic, wrong := credentials(r, form)
	if wrong != nil {
		writeOAuth(w, http.StatusBadRequest, wrong)
		return
	}
	ctx := access.WithCaller(r.Context(), &access.Caller{
		IP: h.app.Config.ClientIP(r), UserAgent: r.UserAgent(), RequestID: transport.RequestID(w),
	})
	grant, err := h.app.Access.GrantClient(ctx, id, secret, form.Get("scope"))
	if err != nil {
		h.refuse(w, basic, err)
		return
	}
	writeOAuth(w, http.StatusOK, struct {
		AccessToken string `json:"access_token"`
		TokenType   string `json:"token_type"`
		ExpiresIn   int    `json:"expires_in"`
		Scope       string `json:"scope"`
	}{grant.AccessToken, "Bearer", int(access.ClientTTL.Seconds()), grant.Scopes.String()})
}

// readGrant reads the form of a request. What stands in the address is not
// looked at: addresses end up in logs.
func readGrant(w http.ResponseWriter, r *http.Request) (url.Values, *oauthError) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, &oauthError{"invalid_request", "send a form: application/x-www-form-urlencoded"}
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxGrantBody)
	if err := r.ParseForm(); err != nil {
		return nil, &oauthError{"invalid_request", "the form cannot be read"}
	}
	for name, values := range r.PostForm {
		if len(values) > 1 && name != "resource" { // RFC 8707 lets that one repeat
			return nil, &oauthError{"invalid_request", "a parameter is given twice"}
		}
	}
	switch r.PostForm.Get("grant_type") {
	case grantType:
		return r.PostForm, nil
	case "":
		return nil, &oauthError{"invalid_request", "grant_type is missing"}
	}
	return nil, &oauthError{"unsupported_grant_type", "grant_type is " + grantType}
}

// credentials are those of the Authorization header, whose parts are encoded as
// in a form (section 2.3.1), or those of the form; never both.
func credentials(r *http.Request, form url.Values) (id, secret string, basic bool, wrong *oauthError) {
	if r.Header.Get("Authorization") == "" {
		if id, secret = form.Get("client_id"), form.Get("client_secret"); id == "" || secret == "" {
			return "", "", false, &oauthError{"invalid_request", "client_id and client_secret are missing"}
		}
		return id, secret, false, nil
	}
	if form.Has("client_secret") {
		return "", "", true, &oauthError{"invalid_request", "send the secret in the header or in the form, not in both"}
	}
	user, password, ok := r.BasicAuth()
	id, err := url.QueryUnescape(user)
	secret, err2 := url.QueryUnescape(password)
	if !ok || err != nil || err2 != nil || form.Has("client_id") && form.Get("client_id") != id {
		return "", "", true, &oauthError{"invalid_request", "the Authorization header is not Basic with client id and secret"}
	}
	return id, secret, true, nil
}

// refuse words a fault as OAuth does.
func (h oauth) refuse(w http.ResponseWriter, basic bool, err error) {
	var f *fault.Error
	if !errors.As(err, &f) {
		f = fault.New(fault.Internal, "internal error")
	}
	switch f.Kind {
	case fault.Unauthenticated:
		if basic {
			w.Header().Set("WWW-Authenticate", `Basic realm="meguri"`)
		}
		writeOAuth(w, http.StatusUnauthorized, &oauthError{"invalid_client", f.Message})
	case fault.Invalid:
		writeOAuth(w, http.StatusBadRequest, &oauthError{"invalid_scope", f.Message})
	case fault.Throttled:
		if wait, ok := f.Params["retryAfterSeconds"].(int); ok {
			w.Header().Set("Retry-After", strconv.Itoa(wait))
		}
		writeOAuth(w, http.StatusTooManyRequests, &oauthError{"temporarily_unavailable", f.Message})
	default:
		h.app.Log.Error("a token could not be granted", "code", f.CodeOrKind(), "cause", f)
		writeOAuth(w, http.StatusServiceUnavailable, &oauthError{"temporarily_unavailable", "try again later"})
	}
}

func writeOAuth(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client may be gone
}

// metadata is what a client library reads to configure itself.
func (h oauth) metadata(w http.ResponseWriter, _ *http.Request) {
	base := strings.TrimSuffix(h.app.Config.PublicURL.String(), "/")
	scopes := make([]string, len(access.ClientScopes))
	for i, scope := range access.ClientScopes {
		scopes[i] = string(scope)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(map[string]any{ // the client may be gone
		"issuer": base, "token_endpoint": base + "/oauth/token", "service_documentation": base + documentsPath + docs.API.Name,
		"grant_types_supported": []string{grantType}, "response_types_supported": []string{},
		"token_endpoint_auth_methods_supported": []string{"client_secret_basic", "client_secret_post"},
		"scopes_supported":                      scopes,
	})
}
