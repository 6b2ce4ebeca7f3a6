package server

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/bounce"
	"github.com/meguri-crm/meguri/server/transport"
)

// bounceTimeout is how long a report may take to come in.
const bounceTimeout = 30 * time.Second

// bounces answers POST /bounces?to=b-…@bounce.example: the body is a mail that
// came back, a complaint or an unsubscribe mail as the mail server got it, to
// the address it came to. The caller has a token with the scope bounces:write.
// 5xx and 429 mean that it should be handed in again.
func (rs *routes) bounces() http.Handler {
	return transport.Identify(rs.app.Verifier, rs.app.Config.ClientIP, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller := access.From(r.Context())
		switch {
		case !caller.SignedIn():
			transport.WriteFault(w, fault.New(fault.Unauthenticated, "a token is needed"))
			return
		case !caller.Has(access.ScopeBouncesWrite):
			transport.WriteFault(w, fault.New(fault.Forbidden, "the token has not the scope bounces:write"))
			return
		}
		result, err := rs.takeBounce(w, r)
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				rs.app.Log.ErrorContext(r.Context(), "a bounce could not be taken in", "error", err)
			}
			transport.WriteFault(w, err)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = json.NewEncoder(w).Encode(result)
	}))
}

func (rs *routes) takeBounce(w http.ResponseWriter, r *http.Request) (bounce.Result, error) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bounceTimeout)) // a connection without deadlines is a test's
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bounce.MaxReport))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return bounce.Result{}, fault.New(fault.Invalid, "the mail is longer than %d bytes", bounce.MaxReport).WithCode("TOO_LARGE")
	case err != nil:
		return bounce.Result{}, fault.Wrap(fault.Invalid, err, "the mail did not come in whole")
	}
	return rs.app.Messages.Bounces.Take(r.Context(), raw, r.URL.Query().Get("to"))
}
