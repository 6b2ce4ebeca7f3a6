package server

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/gid"
)

// uploads answers POST /uploads?name=orders.csv: the body is the file, streamed
// into the database without being held in memory; the answer names it for
// startImport. A form would have to be read to its end to find its parts.
func (rs *routes) uploads() http.Handler {
	return rs.guarded(access.ScopeImportsWrite, "you may not import files", func(w http.ResponseWriter, r *http.Request) error {
		var by int64
		if id := access.From(r.Context()).StaffID(); id != nil {
			by = *id
		}
		up, err := rs.app.Intake.Upload(r.Context(), r.URL.Query().Get("name"), &moving{http.NewResponseController(w), r.Body}, by)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(struct {
			UploadID string `json:"uploadId"`
			Size     int64  `json:"size"`
		}{gid.Encode("Upload", up.ID), up.Size})
		return nil
	})
}

// eventUploads answers POST /uploads/events?shop=own-main: the body is a file of
// behaviour events (event.TakeFile), taken in while it arrives. The answer is
// {"lines", "accepted", "duplicates", "rejected", "refused": […]} with the first
// refusedShown lines that were left out, each with its reason.
func (rs *routes) eventUploads() http.Handler {
	const refusedShown = 1000
	return rs.guarded(access.ScopeEventsWrite, "you may not send events", func(w http.ResponseWriter, r *http.Request) error {
		shop, err := rs.app.Shops.FindByCode(r.Context(), r.URL.Query().Get("shop"))
		if err != nil {
			return err
		}
		refused := []event.RefusedLine{}
		body := &moving{http.NewResponseController(w), r.Body}
		report, err := rs.app.Events.TakeFile(r.Context(), shop.ID, body, func(l event.RefusedLine) error {
			if len(refused) < refusedShown {
				refused = append(refused, l)
			}
			return nil
		})
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"lines": report.Lines, "accepted": report.Accepted, "duplicates": report.Duplicates, "rejected": report.Refused, "refused": refused,
		})
		return nil
	})
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
