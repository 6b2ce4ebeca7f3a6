package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const subprotocol = "graphql-transport-ws"

// Close codes of the protocol
// (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md).
const (
	closeInvalid     websocket.StatusCode = 4400
	closeNotYet      websocket.StatusCode = 4401 // subscribe before connection_ack
	closeForbidden   websocket.StatusCode = 4403 // no token, or one that does not hold (any more)
	closeSubprotocol websocket.StatusCode = 4406
	closeInitTimeout websocket.StatusCode = 4408
	closeDuplicate   websocket.StatusCode = 4409
	closeTooMany     websocket.StatusCode = 4429
)

// maxSubscriptionID bounds the id that a client gives a subscription.
const maxSubscriptionID = 128

// socket is one WebSocket. Its reader is the request's own goroutine; each
// operation has one, which blocks on nobody but this client.
type socket struct {
	h      *Handler
	conn   *websocket.Conn
	caller *access.Caller

	mu      sync.Mutex
	running map[string]*running
	wg      sync.WaitGroup
}

// running is an operation that was not completed yet.
type running struct{ cancel context.CancelFunc }

// message is one message of the protocol.
type message struct {
	Type    string          `json:"type"`
	ID      string          `json:"id,omitempty"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

func (h *Handler) serveWebSocket(w http.ResponseWriter, r *http.Request) {
	caller := &access.Caller{IP: h.cfg.ClientIP(r), UserAgent: r.UserAgent(), RequestID: RequestID(w)}
	leave, ok := h.streams.enter(caller)
	if !ok {
		h.refuse(w, r.Context(), jsonType, http.StatusTooManyRequests, "THROTTLED", "too many open streams")
		return
	}
	defer leave()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{subprotocol}, OriginPatterns: []string{h.cfg.Origin}})
	if err != nil {
		return // Accept has answered
	}
	conn.SetReadLimit(h.cfg.Limits.Message)
	if conn.Subprotocol() != subprotocol {
		_ = conn.Close(closeSubprotocol, "Subprotocol not acceptable")
		return
	}
	s := &socket{h: h, conn: conn, caller: caller, running: map[string]*running{}}
	ctx, cancel := context.WithCancel(r.Context())
	defer s.wg.Wait()
	defer func() { _ = conn.CloseNow() }() // frees who is blocked in a write
	defer cancel()
	if !s.init(ctx) {
		return
	}
	leave() // the network's place is free again, the caller's is taken
	leave, ok = h.streams.enter(s.caller)
	if !ok {
		_ = conn.Close(closeTooMany, "Too many connections")
		return
	}
	defer leave()
	if !s.send(ctx, message{Type: "connection_ack"}) {
		return
	}
	h.keepUp(ctx, s.caller.Principal, s.ping, s.end)
	s.serve(ctx)
}

// init waits for connection_init with a token that holds.
func (s *socket) init(ctx context.Context) bool {
	late := time.AfterFunc(s.h.cfg.Limits.Init, func() { _ = s.conn.Close(closeInitTimeout, "Connection initialisation timeout") })
	m, ok := s.read(ctx)
	if !late.Stop() || !ok {
		return false
	}
	if m.Type != "connection_init" {
		if m.Type == "subscribe" {
			_ = s.conn.Close(closeNotYet, "Unauthorized")
		} else {
			_ = s.conn.Close(closeInvalid, "connection_init comes first")
		}
		return false
	}
	var params struct {
		Authorization string `json:"authorization"`
	}
	if len(m.Payload) > 0 && json.Unmarshal(m.Payload, &params) != nil {
		_ = s.conn.Close(closeInvalid, "Invalid payload")
		return false
	}
	p, err := s.h.cfg.Verifier.Verify(ctx, bearer(params.Authorization))
	if err != nil {
		_ = s.conn.Close(closeForbidden, "Forbidden")
		return false
	}
	s.caller.Principal = p
	return true
}

// serve reads until the client goes or breaks the protocol.
func (s *socket) serve(ctx context.Context) {
	for {
		m, ok := s.read(ctx)
		if !ok {
			return
		}
		switch m.Type {
		case "subscribe":
			ok = s.subscribe(ctx, m)
		case "complete":
			s.cancel(m.ID)
		case "ping":
			ok = s.send(ctx, message{Type: "pong", Payload: m.Payload})
		case "pong":
		case "connection_init":
			_ = s.conn.Close(closeTooMany, "Too many initialisation requests")
			return
		default:
			_ = s.conn.Close(closeInvalid, "Invalid message")
			return
		}
		if !ok {
			return
		}
	}
}

// subscribe starts an operation under the client's id.
func (s *socket) subscribe(ctx context.Context, m message) bool {
	params := &graphql.RawParams{}
	dec := json.NewDecoder(bytes.NewReader(m.Payload))
	dec.UseNumber()
	if m.ID == "" || len(m.ID) > maxSubscriptionID || dec.Decode(&params) != nil || params == nil {
		_ = s.conn.Close(closeInvalid, "Invalid message")
		return false
	}
	ctx = graphql.StartOperationTrace(access.WithCaller(ctx, s.caller))
	s.mu.Lock()
	_, taken := s.running[m.ID]
	full := len(s.running) >= s.h.cfg.Limits.Subscriptions
	if taken || full {
		s.mu.Unlock()
		return s.refuse(ctx, m.ID, taken)
	}
	op := new(running)
	ctx, op.cancel = context.WithCancel(ctx)
	s.running[m.ID] = op
	s.mu.Unlock()
	s.wg.Go(func() {
		s.run(ctx, m.ID, params)
		s.drop(m.ID, op)
	})
	return true
}

// refuse answers a subscribe that cannot be taken. An id in use breaks the
// protocol; one too many does not.
func (s *socket) refuse(ctx context.Context, id string, taken bool) bool {
	if taken {
		_ = s.conn.Close(closeDuplicate, "Subscriber already exists")
		return false
	}
	err := &gqlerror.Error{Message: "too many subscriptions at once", Extensions: map[string]any{"code": "LIMIT_EXCEEDED"}}
	return s.fail(ctx, id, gqlerror.List{err})
}

// run carries one operation: error when it does not get as far as running,
// otherwise a next for each response and complete.
func (s *socket) run(ctx context.Context, id string, params *graphql.RawParams) {
	op, errs := s.h.cfg.Exec.CreateOperationContext(ctx, params)
	if errs != nil {
		resp := s.h.cfg.Exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
		s.fail(ctx, id, resp.Errors)
		return
	}
	next, ctx := s.h.cfg.Exec.DispatchOperation(ctx, op)
	for resp := next(ctx); resp != nil; resp = next(ctx) {
		payload, err := appendResponse(nil, resp)
		if err != nil {
			s.h.cfg.Log.ErrorContext(ctx, "a response cannot be written", "cause", err)
			return
		}
		if ctx.Err() != nil || !s.send(ctx, message{Type: "next", ID: id, Payload: payload}) {
			return
		}
	}
	if ctx.Err() == nil { // nothing may follow a complete of the client
		s.send(ctx, message{Type: "complete", ID: id})
	}
}

func (s *socket) fail(ctx context.Context, id string, errs gqlerror.List) bool {
	payload, err := json.Marshal(errs)
	return err == nil && s.send(ctx, message{Type: "error", ID: id, Payload: payload})
}

// cancel ends the operation that the client does not want any more.
func (s *socket) cancel(id string) {
	s.mu.Lock()
	op := s.running[id]
	s.mu.Unlock()
	if op != nil {
		s.drop(id, op)
	}
}

// drop frees the id of an operation, unless another one has it by now.
func (s *socket) drop(id string, op *running) {
	op.cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[id] == op {
		delete(s.running, id)
	}
}

// ping reports whether the client answers.
func (s *socket) ping(ctx context.Context) bool { return s.conn.Ping(ctx) == nil }

// end closes the socket, which ends its reader and with that all that runs on it.
func (s *socket) end(why ending) {
	switch why {
	case stopping:
		_ = s.conn.Close(websocket.StatusGoingAway, "")
	case forbidden:
		_ = s.conn.Close(closeForbidden, "Forbidden")
	case silent:
		_ = s.conn.CloseNow()
	}
}

// read reads one message. A context that ends would cut the connection without
// a close code, so that only closing it ends a read. What is no message of the protocol ends the socket;
// a longer one than allowed has ended it already.
func (s *socket) read(ctx context.Context) (m message, ok bool) {
	kind, raw, err := s.conn.Read(context.WithoutCancel(ctx))
	if err != nil {
		return m, false
	}
	if kind != websocket.MessageText || json.Unmarshal(raw, &m) != nil {
		_ = s.conn.Close(closeInvalid, "Invalid message")
		return m, false
	}
	return m, true
}

// send gives the client a bounded time to take a message; when it does not, the
// connection is gone. Cancelling one operation must not cut a message short,
// because that would end the whole socket.
func (s *socket) send(ctx context.Context, m message) bool {
	raw, err := json.Marshal(m)
	if err != nil {
		s.h.cfg.Log.ErrorContext(ctx, "a message cannot be written", "cause", err)
		return false
	}
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.h.cfg.Limits.Write)
	defer cancel()
	return s.conn.Write(bounded, websocket.MessageText, raw) == nil
}
