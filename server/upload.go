package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/intake"
)

// uploads answers POST /uploads?name=orders.csv: the body is the file, streamed
// into the database without being held in memory; the answer names it for
// startImport. Each file of a zip is an upload of its own; all are named in
// uploads, those that could not be kept with the reason. A form would have to be
// read to its end to find its parts.
func (rs *routes) uploads() http.Handler {
	return rs.guarded(access.ScopeImportsWrite, func(w http.ResponseWriter, r *http.Request) error {
		var by int64
		if id := access.From(r.Context()).StaffID(); id != nil {
			by = *id
		}
		sent, err := rs.keepUploads(r.Context(), r.URL.Query().Get("name"), &moving{http.NewResponseController(w), r.Body}, by)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(struct {
			sentFile            // the first that was kept
			Uploads  []sentFile `json:"uploads"`
		}{sent[slices.IndexFunc(sent, func(f sentFile) bool { return f.Error == nil })], sent})
		return nil
	})
}

// sentFile is what became of one file that was sent, by itself or in a zip.
type sentFile struct {
	UploadID string       `json:"uploadId,omitempty"`
	Name     string       `json:"name"`
	Size     int64        `json:"size"`
	Error    *refusedFile `json:"error,omitempty"`
}

type refusedFile struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// keepUploads keeps a file, or each file of a zip. Those of a zip that cannot be
// kept do not hold the others back; it fails where none can.
func (rs *routes) keepUploads(ctx context.Context, name string, content io.Reader, by int64) ([]sentFile, error) {
	var sent []sentFile
	var failed error
	err := intake.Unpack(name, content, func(name string, content io.Reader) error {
		up, err := rs.app.Intake.Upload(ctx, name, content, by)
		var refused *fault.Error
		switch {
		case err == nil:
			sent = append(sent, sentFile{UploadID: gid.Encode("Upload", up.ID), Name: up.Name, Size: up.Size})
		case errors.As(err, &refused) && refused.Kind == fault.Invalid:
			failed = cmp.Or(failed, err)
			sent = append(sent, sentFile{Name: name, Error: &refusedFile{refused.CodeOrKind(), refused.Message}})
		default:
			return err
		}
		return nil
	})
	if err == nil && !slices.ContainsFunc(sent, func(f sentFile) bool { return f.Error == nil }) {
		err = failed
	}
	return sent, err
}

// eventUploads answers POST /uploads/events?shop=own-main: the body is a file of
// behaviour events (event.TakeFile), taken in while it arrives. The answer is
// {"lines", "accepted", "duplicates", "rejected", "refused": […]} with the first
// refusedShown lines that were left out, each with its reason.
func (rs *routes) eventUploads() http.Handler {
	const refusedShown = 1000
	return rs.guarded(access.ScopeEventsWrite, func(w http.ResponseWriter, r *http.Request) error {
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
