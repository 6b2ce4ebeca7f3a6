package server

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

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
		up, err := rs.app.Intake.Upload(r.Context(), r.URL.Query().Get("name"), &moving{http.NewResponseController(w), r.Body}, by)
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

// stalledAfter is how long an upload may send nothing.
const stalledAfter = 30 * time.Second

// moving is a body whose sender must not stand still: an upload holds a
// connection of the database and an open transaction.
type moving struct {
	connection *http.ResponseController
	body       io.Reader
}

func (m *moving) Read(p []byte) (int, error) {
	_ = m.connection.SetReadDeadline(time.Now().Add(stalledAfter)) // a connection without deadlines is a test's
	return m.body.Read(p)
}
