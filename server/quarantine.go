package server

import (
	"net/http"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/intake"
)

// refusedRows is a file of the refused rows of an import.
type refusedRows interface {
	csvFile
	FileName() string
}

// quarantine answers GET /imports/{id}/quarantine.csv and quarantine.jsonl: the
// refused rows of an import that are not mended yet, streamed, for whoever may
// import.
func (rs *routes) quarantine(form func(*intake.Download) refusedRows) http.Handler {
	return rs.guarded(access.ScopeImportsWrite, func(w http.ResponseWriter, r *http.Request) error {
		id, err := gid.Decode("Import", r.PathValue("id"))
		if err != nil {
			return err
		}
		return rs.download(w, r, func() (csvFile, string, error) {
			file, err := rs.app.Intake.Download(r.Context(), id)
			if err != nil {
				return nil, "", err
			}
			return form(file), form(file).FileName(), nil
		})
	})
}
