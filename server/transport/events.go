package transport

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// eventStream is one operation sent as server-sent events: `next` for each
// response, `complete` after the last. A stream that ends without `complete`
// was cut (token ended, client too slow, server stopping) and may be opened
// again with a fresh token.
type eventStream struct {
	h    *Handler
	w    http.ResponseWriter
	http *http.ResponseController
	mu   sync.Mutex // one event at a time: the operation and the pings share w
	buf  []byte
}

func (h *Handler) serveEvents(w http.ResponseWriter, r *http.Request, params *graphql.RawParams) {
	caller, err := h.identify(w, r)
	if err != nil {
		h.refuseCaller(w, r.Context(), jsonType, err)
		return
	}
	leave, ok := h.streams.enter(caller)
	if !ok {
		h.refuse(w, r.Context(), jsonType, http.StatusTooManyRequests, "THROTTLED", "too many open streams")
		return
	}
	defer leave()
	ctx, cancel := context.WithCancel(graphql.StartOperationTrace(withCaller(r, caller)))
	defer cancel()
	params.Headers = r.Header
	op, errs := h.cfg.Exec.CreateOperationContext(ctx, params)

	header := w.Header()
	header.Set("Content-Type", eventType.header())
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // nginx would hold events back
	s := &eventStream{h: h, w: w, http: http.NewResponseController(w)}
	if errs != nil {
		if s.next(h.cfg.Exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)) {
			s.send("event: complete\ndata:\n\n")
		}
		return
	}
	if !s.send(":\n\n") { // the headers go out before the first event
		return
	}
	h.keepUp(ctx, caller.Principal, func(context.Context) bool { return s.send(":\n\n") }, func(ending) { cancel() })
	next, ctx := h.cfg.Exec.DispatchOperation(ctx, op)
	for resp := next(ctx); resp != nil; resp = next(ctx) {
		if !s.next(resp) {
			return
		}
	}
	if ctx.Err() == nil {
		s.send("event: complete\ndata:\n\n")
	}
}

func (s *eventStream) next(resp *graphql.Response) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := appendResponse(append(s.buf[:0], "event: next\ndata: "...), resp)
	if err != nil {
		s.h.cfg.Log.Error("an event cannot be written", "cause", err)
		return false
	}
	b = append(b, "\n\n"...)
	s.buf = b
	return s.write(b)
}

func (s *eventStream) send(event string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.write([]byte(event))
}

// write gives the client a bounded time to take an event.
func (s *eventStream) write(event []byte) bool {
	if err := s.http.SetWriteDeadline(time.Now().Add(s.h.cfg.Limits.Write)); err != nil {
		return false
	}
	if _, err := s.w.Write(event); err != nil {
		return false
	}
	return s.http.Flush() == nil
}
