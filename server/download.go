package server

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
)

// fileCost is the price of a file, as dear as a large operation: whoever takes
// one file after the other waits as who asks the API for as much.
const fileCost = 2_000

// csvFile is a file that is written while it is read from the database.
type csvFile interface {
	WriteTo(ctx context.Context, w io.Writer) error
}

// download answers with the file that open gives, streamed under name, after its
// caller has paid for it.
func (rs *routes) download(w http.ResponseWriter, r *http.Request, open func() (file csvFile, name string, err error)) error {
	if err := rs.charge(access.CallerFrom(r.Context()), fileCost); err != nil {
		return err
	}
	file, name, err := open()
	if err != nil {
		return err
	}
	form := "text/csv; charset=utf-8"
	if strings.HasSuffix(name, ".jsonl") {
		form = "application/jsonl; charset=utf-8"
	}
	w.Header().Set("Content-Type", form)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	w.Header().Set("Cache-Control", "no-store")
	if err := file.WriteTo(r.Context(), &taking{http.NewResponseController(w), w}); err != nil {
		rs.app.Log.WarnContext(r.Context(), "a download broke off", "route", r.Pattern, "error", err)
		panic(http.ErrAbortHandler) // a file that ends early must not look whole
	}
	return nil
}

// dated is the name of a file of today: audit-20261122.csv.
func (rs *routes) dated(noun string) string {
	return noun + "-" + rs.app.Clock.Now().In(rs.app.Config.Zone).Format("20060102") + ".csv"
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
