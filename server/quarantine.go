package server

import (
	"net/http"
	"net/url"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/server/transport"
)

// quarantine answers GET /imports/{id}/quarantine.csv: the refused rows of an
// import that are not mended yet, streamed, for whoever may import.
func (rs *routes) quarantine() http.Handler {
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
		id, err := gid.Decode("Import", r.PathValue("id"))
		if err != nil {
			transport.WriteFault(w, err)
			return
		}
		if err := rs.charge(access.CallerFrom(r.Context()), fileCost); err != nil {
			transport.WriteFault(w, err)
			return
		}
		file, err := rs.app.Intake.Download(r.Context(), id)
		if err != nil {
			transport.WriteFault(w, err)
			return
		}
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="quarantine.csv"; filename*=UTF-8''`+url.PathEscape(file.FileName()))
		w.Header().Set("Cache-Control", "no-store")
		if err := file.WriteTo(r.Context(), &taking{http.NewResponseController(w), w}); err != nil {
			rs.app.Log.WarnContext(r.Context(), "a download broke off", "import", id, "error", err)
			panic(http.ErrAbortHandler) // a file that ends early must not look whole
		}
	}))
}

// taking is an answer whose reader must not stand still.
type taking struct {
	connection *http.ResponseController
	http.ResponseWriter
}

func (t *taking) Write(p []byte) (int, error) {
	_ = t.connection.SetWriteDeadline(time.Now().Add(stalledAfter)) // a connection without deadlines is a test's
	return t.ResponseWriter.Write(p)
}
