// Package transport carries GraphQL over HTTP: POST and GET as the
// GraphQL-over-HTTP specification has it, subscriptions over WebSocket
// (graphql-transport-ws) and server-sent events (graphql-sse, distinct
// connections).
//
// It owns who is calling (bearer token, client address, request id), what is
// read from and written to the wire, and the bounds of both: sizes, counts,
// times. It promises that what a client sent is never echoed, that a slow reader
// holds up nobody but itself, and that a stream ends when its token or session
// does. What an operation may ask and cost is graph/operation's.
package transport

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
)

// Verifier tells who carries a token, and whether a caller may go on.
type Verifier interface {
	Verify(ctx context.Context, token string) (access.Principal, error)
	Recheck(ctx context.Context, p access.Principal) (access.Principal, error)
}

// Config is what a Handler is made of.
type Config struct {
	Exec     graphql.GraphExecutor
	Present  graphql.ErrorPresenterFunc
	Verifier Verifier
	Clock    clock.Clock
	Log      *slog.Logger
	ClientIP func(*http.Request) netip.Addr
	// Origin is scheme and host under which browsers reach the server; a
	// WebSocket from a page of another origin is refused.
	Origin string
	// Refresh is the cookie that keeps a session.
	Refresh RefreshCookie
	Limits  Limits
}

// Limits bound what one connection may take.
type Limits struct {
	Body          int64         // bytes of a POST
	BodyTime      time.Duration // for all of it to arrive
	Message       int64         // bytes of a WebSocket message
	Streams       int           // event streams and WebSockets of one caller or network
	AllStreams    int           // of all callers together
	Subscriptions int           // running at once on one WebSocket
	Init          time.Duration // until connection_init must have come
	Ping          time.Duration // between pings; no answer until the next one ends the socket
	Write         time.Duration // for one message to be taken by the client
	Recheck       time.Duration // between asking whether the caller may go on
}

// DefaultLimits are the limits of production. A body holds a mail's content and
// its images' links; messages of a WebSocket only ever hold operations.
var DefaultLimits = Limits{
	Body: 2 << 20, BodyTime: 30 * time.Second, Message: 64 << 10, Streams: 50, AllStreams: 20_000, Subscriptions: 25,
	Init: 5 * time.Second, Ping: 20 * time.Second, Write: 10 * time.Second, Recheck: access.StreamCheckEvery,
}

// Handler answers /graphql.
type Handler struct {
	cfg     Config
	streams *gate
}

// New makes a handler.
func New(cfg Config) *Handler {
	return &Handler{cfg: cfg, streams: newGate(cfg.Limits)}
}

// ServeHTTP picks the transport by method, Upgrade and Accept.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Header.Get("Upgrade") != "":
		h.serveWebSocket(w, r)
	case r.Method == http.MethodPost:
		h.servePost(w, r)
	case r.Method == http.MethodGet, r.Method == http.MethodHead:
		h.serveGet(w, r)
	default:
		w.Header().Set("Allow", "GET, POST")
		h.refuse(w, r.Context(), jsonType, http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "send a POST, or a GET for queries")
	}
}

// IsStream reports whether a request asks for a stream, which lasts until
// somebody ends it.
func IsStream(r *http.Request) bool {
	return r.Header.Get("Upgrade") != "" || r.Method == http.MethodPost && negotiate(r) == eventType
}

// mediaType is a content type that this server answers with.
type mediaType int

const (
	jsonType mediaType = iota
	graphqlType
	eventType
)

func (m mediaType) header() string {
	return [...]string{"application/json; charset=utf-8", "application/graphql-response+json; charset=utf-8", "text/event-stream"}[m]
}

// negotiate is the first type of Accept that this server can give. Clients list
// what they like most first; urql names text/event-stream last, which must not
// turn its queries into streams.
func negotiate(r *http.Request) mediaType {
	accept := r.Header.Get("Accept")
	if accept == "" {
		return jsonType
	}
	for part := range strings.SplitSeq(accept, ",") {
		name, _, _ := strings.Cut(part, ";")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "application/graphql-response+json":
			return graphqlType
		case "application/json", "*/*", "application/*":
			return jsonType
		case "text/event-stream":
			return eventType
		}
	}
	return graphqlType
}
