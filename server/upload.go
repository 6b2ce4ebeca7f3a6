package server

import (
	"encoding/json"
	"net/http"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/server/transport"
)

// uploads answers POST /uploads?name=orders.csv: the body is the file, streamed
// into the database without being held in memory; the answer names it for
// startImport. A form would have to be read to its end to find its parts.
func (rs *routes) uploads() http.Handler {
	return transport.Identify(rs.app.Verifier, rs.app.Config.ClientIP, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller := access.From(r.Context())
		switch {
		case !caller.SignedIn():
			transport.WriteFault(w, fault.New(fault.Unauthenticated, "sign in first"))
			return
		case !caller.Has(access.ScopeImportsWrite):
			transport.WriteFault(w, fault.New(fault.Forbidden, "you may not import files"))
			return
		}
		var by int64
		if id := caller.StaffID(); id != nil {
			by = *id
		}
		up, err := rs.app.Intake.Upload(r.Context(), r.URL.Query().Get("name"), r.Body, by)
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				rs.app.Log.ErrorContext(r.Context(), "an upload failed", "error", err)
			}
			transport.WriteFault(w, err)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(struct {
			UploadID string `json:"uploadId"`
			Size     int64  `json:"size"`
		}{gid.Encode("Upload", up.ID), up.Size})
	}))
}
