package server

import (
	"net/http"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
)

// privacyFile answers GET /privacy/{id}/export.zip: all that is known of the
// person who asked, until it expires. Each fetch stands in the audit log.
func (rs *routes) privacyFile() http.Handler {
	return rs.guarded(access.ScopePrivacyWrite, func(w http.ResponseWriter, r *http.Request) error {
		id, err := gid.Decode("PrivacyRequest", r.PathValue("id"))
		if err != nil {
			return err
		}
		file, err := rs.app.Privacy.File(r.Context(), id)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/zip")
		w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''personal-data.zip")
		w.Header().Set("Cache-Control", "no-store")
		_, err = w.Write(file)
		return err
	})
}
