package server

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
)

// exportFile answers GET /exports/{id}/objects.jsonl with the file of an export:
// packed to who accepts gzip, and from any place on. Each fetch stands in the
// audit log.
func (rs *routes) exportFile() http.Handler {
	return rs.guarded(access.ScopeExportsWrite, func(w http.ResponseWriter, r *http.Request) error {
		id, err := gid.Decode("ExportJob", r.PathValue("id"))
		if err != nil {
			return err
		}
		if err := rs.charge(access.CallerFrom(r.Context()), fileCost); err != nil {
			return err
		}
		packed := acceptsGzip(r)
		file, err := rs.app.Exports.Open(r.Context(), id, packed)
		if err != nil {
			return err
		}
		h := w.Header()
		if packed {
			h.Set("Content-Encoding", "gzip")
			h.Set("Content-Length", strconv.FormatInt(file.Size(), 10)) // by which the caller sees one that breaks off
		}
		name := fmt.Sprintf("%s-%s.jsonl", strings.ToLower(string(file.Kind())), file.DoneAt().In(rs.app.Config.Zone).Format("20060102"))
		h.Set("Content-Type", "application/jsonl; charset=utf-8")
		h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+name)
		h.Set("Cache-Control", "no-store")
		h.Set("Vary", "Accept-Encoding")
		h.Set("ETag", file.Tag())
		http.ServeContent(&taking{http.NewResponseController(w), w}, r, "", file.DoneAt(), file)
		return nil
	})
}

// acceptsGzip reads what the caller says of gzip itself.
func acceptsGzip(r *http.Request) bool {
	for _, line := range r.Header.Values("Accept-Encoding") {
		for entry := range strings.SplitSeq(line, ",") {
			coding, weight, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(entry), " ", ""), ";")
			if coding == "gzip" {
				return strings.Trim(strings.TrimPrefix(weight, "q="), "0.") != "" || weight == ""
			}
		}
	}
	return false
}
