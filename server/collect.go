package server

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/server/transport"
)

// What one request of a page may bring.
const (
	collectBody   = 64 << 10 // bytes; browsers send no more with keepalive
	collectEvents = 100
)

// Rates of events, per network and per key; a request costs at least one. An
// office behind one address browses at far less. A burst is more than
// collectEvents, or a full request would never pass.
var (
	pageRate = rate{burst: 300, perSecond: 30}
	keyRate  = rate{burst: 4000, perSecond: 1000}
)

//go:embed page/snippet.js
var snippet []byte

// collected is what a page sends. Times are told by how long ago something was,
// as the clocks of visitors are wrong.
type collected struct {
	Visitor string `json:"visitor"`
	Token   string `json:"token"` // of the customer, issued by the merchant's backend
	Events  []struct {
		Key        string          `json:"key"`
		Kind       event.Action    `json:"kind"`
		Ago        int64           `json:"ago"` // milliseconds
		SKU        string          `json:"sku"`
		Name       string          `json:"name"`
		Category   string          `json:"category"`
		Price      *int64          `json:"price"`
		Quantity   int64           `json:"quantity"`
		Search     string          `json:"search"`
		Path       string          `json:"path"`
		Properties json.RawMessage `json:"properties"`
	} `json:"events"`
}

// collector answers what the pages of shops send: /collect/{key}.
type collector struct {
	app   *App
	pages *limiter
	keys  *limiter
}

func (rs *routes) collect(mux *http.ServeMux) {
	c := &collector{app: rs.app, pages: newLimiter(pageRate), keys: newLimiter(keyRate)}
	mux.HandleFunc("POST /collect/{key}", c.take)
	mux.HandleFunc("OPTIONS /collect/{key}", c.preflight)
	mux.Handle("GET /snippet.js", serveSnippet())
}

// serveSnippet gives the script for pages of other origins.
func serveSnippet() http.Handler {
	file, err := newAsset("snippet.js", compact(snippet))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err != nil {
			http.Error(w, "internal error", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		w.Header().Set("Cache-Control", "public, max-age=3600")
		w.Header().Set("ETag", file.etag)
		w.Header().Set("Content-Type", file.contentType)
		if r.Header.Get("If-None-Match") == file.etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(file.plain)
	})
}

// compact leaves out what only people read, comments and indents; the file
// keeps whole lines for that.
func compact(js []byte) []byte {
	var out []byte
	for line := range bytes.Lines(js) {
		if line = bytes.TrimSpace(line); len(line) > 0 && !bytes.HasPrefix(line, []byte("//")) {
			out = append(append(out, line...), '\n')
		}
	}
	return out
}

// admit finds the key and holds the page's origin against it. Only pages that
// the key is for may read the answer, or send anything but plain text.
func (c *collector) admit(w http.ResponseWriter, r *http.Request) (db.WriteKey, error) {
	key, err := c.app.Events.FindKey(r.Context(), r.PathValue("key"))
	if err != nil {
		return key, err
	}
	origin := strings.ToLower(r.Header.Get("Origin"))
	if !slices.Contains(key.Origins, origin) {
		return key, fault.New(fault.Forbidden, "this key is not for pages of this origin").WithCode("ORIGIN_NOT_ALLOWED")
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", origin)
	h.Add("Vary", "Origin")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return key, nil
}

func (c *collector) preflight(w http.ResponseWriter, r *http.Request) {
	if _, err := c.admit(w, r); err != nil {
		transport.WriteFault(w, err)
		return
	}
	w.Header().Set("Access-Control-Allow-Methods", "POST")
	w.Header().Set("Access-Control-Allow-Headers", "Content-Type")
	w.Header().Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}

func (c *collector) take(w http.ResponseWriter, r *http.Request) {
	key, err := c.admit(w, r)
	if err != nil {
		transport.WriteFault(w, err)
		return
	}
	now := c.app.Clock.Now()
	network := (&access.Caller{IP: c.app.Config.ClientIP(r)}).Network()
	within := func(cost int) bool {
		return c.pages.allow(network.String(), cost, now) && c.keys.allow(key.Key, cost, now)
	}
	if !within(1) { // before anything is read of it
		tooMuch(w)
		return
	}
	sent, err := readCollected(w, r)
	if err != nil {
		transport.WriteFault(w, err)
		return
	}
	if more := len(sent.Events) - 1; more > 0 && !within(more) {
		tooMuch(w)
		return
	}
	identified, err := c.identify(r.Context(), key, sent)
	if err == nil {
		err = c.app.Events.Collect(r.Context(), key.ShopID, sent.behaviours(now))
	}
	if err != nil {
		if fault.KindOf(err) == fault.Internal {
			c.app.Log.ErrorContext(r.Context(), "events of a page could not be taken in", "error", err)
		}
		transport.WriteFault(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(map[string]bool{"identified": identified})
}

// collectRetry is after how many seconds a page that was refused may come again.
const collectRetry = 5

func tooMuch(w http.ResponseWriter) {
	w.Header().Set("Retry-After", strconv.Itoa(collectRetry))
	transport.WriteFault(w, fault.New(fault.Throttled, "too much was sent in too short a time; try again later"))
}

func readCollected(w http.ResponseWriter, r *http.Request) (*collected, error) {
	connection := http.NewResponseController(w)
	_ = connection.SetReadDeadline(time.Now().Add(10 * time.Second)) // a connection without deadlines is a test's
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, collectBody))
	_ = connection.SetReadDeadline(time.Time{})
	sent := new(collected)
	if err == nil {
		err = json.Unmarshal(body, sent)
	}
	tooLong := new(http.MaxBytesError)
	switch {
	case errors.As(err, &tooLong) || len(sent.Events) > collectEvents:
		return nil, fault.New(fault.Invalid, "at most %d bytes and %d events at once", collectBody, collectEvents).WithCode("TOO_MANY_EVENTS")
	case err != nil || sent.Visitor == "":
		return nil, fault.New(fault.Invalid, "this is not what the snippet sends").WithCode("BAD_REQUEST")
	}
	return sent, nil
}

// identify links the visitor to the customer of the token, if there is one that
// holds. Nothing else says who a visitor is: a mail address could be anybody's.
func (c *collector) identify(ctx context.Context, key db.WriteKey, sent *collected) (bool, error) {
	if sent.Token == "" {
		return false, nil
	}
	p, err := c.app.Verifier.Verify(ctx, sent.Token)
	if fault.Is(err, fault.Unauthenticated) || err == nil && p.CustomerID() == nil {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = c.app.Events.Identify(access.As(ctx, p), key.ShopID, sent.Visitor, p.ID)
	if fault.Is(err, fault.Invalid) { // a customer that is gone
		return false, nil
	}
	return err == nil, err
}

func (s *collected) behaviours(now time.Time) []event.Behaviour {
	list := make([]event.Behaviour, len(s.Events))
	for i, e := range s.Events {
		list[i] = event.Behaviour{
			DedupeKey: e.Key, Action: e.Kind, VisitorID: s.Visitor, SKU: e.SKU, Name: e.Name, Category: e.Category, Price: e.Price,
			Quantity: e.Quantity, Words: e.Search, Path: e.Path, Properties: e.Properties,
			OccurredAt: now.Add(-time.Duration(max(e.Ago, 0)) * time.Millisecond),
		}
	}
	return list
}
