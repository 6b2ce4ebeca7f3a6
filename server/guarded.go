package server

import (
	"net/http"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/graph/operation"
	"github.com/meguri-crm/meguri/server/transport"
)

// guarded leaves the request to handle when its caller has signed in and holds
// scope, and answers with the fault that handle returns.
func (rs *routes) guarded(scope access.Scope, handle func(http.ResponseWriter, *http.Request) error) http.Handler {
	return transport.Identify(rs.app.Verifier, rs.app.Config.ClientIP, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := allow(access.From(r.Context()), scope)
		if err == nil {
			err = handle(w, r)
		}
		if err == nil {
			return
		}
		if fault.KindOf(err) == fault.Internal {
			rs.app.Log.ErrorContext(r.Context(), "a request failed", "route", r.Pattern, "error", err)
		}
		transport.WriteFault(w, err)
	}))
}

func allow(caller access.Principal, scope access.Scope) error {
	if !caller.SignedIn() || !caller.Has(scope) {
		return operation.Forbidden(caller, scope)
	}
	return nil
}
