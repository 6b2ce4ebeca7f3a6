package transport

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/graph/operation"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// servePost answers an operation, or streams it when the client asks for events.
func (h *Handler) servePost(w http.ResponseWriter, r *http.Request) {
	as := negotiate(r)
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		h.refuse(w, r.Context(), plain(as), http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "the content type is application/json")
		return
	}
	// Whoever sends byte by byte must not hold the connection. The deadline is
	// lifted again, because one that passes later would cancel the request.
	connection := http.NewResponseController(w)
	_ = connection.SetReadDeadline(time.Now().Add(h.cfg.Limits.BodyTime))
	params, status, code := readBody(http.MaxBytesReader(w, r.Body, h.cfg.Limits.Body))
	_ = connection.SetReadDeadline(time.Time{})
	if status != 0 {
		h.refuse(w, r.Context(), plain(as), status, code, "the body is not a GraphQL request")
		return
	}
	if as == eventType {
		h.serveEvents(w, r, params)
		return
	}
	h.run(w, r, as, params, false)
}

// serveGet answers a query whose parts stand in the URL.
func (h *Handler) serveGet(w http.ResponseWriter, r *http.Request) {
	as := plain(negotiate(r))
	params, err := readURL(r.URL)
	if err != nil {
		h.refuse(w, r.Context(), as, http.StatusBadRequest, "BAD_REQUEST", "the parameters are not a GraphQL request")
		return
	}
	h.run(w, r, as, params, true)
}

// run identifies the caller, readies the operation and runs it.
func (h *Handler) run(w http.ResponseWriter, r *http.Request, as mediaType, params *graphql.RawParams, onlyQueries bool) {
	if params.Query == "" && params.Extensions["persistedQuery"] == nil {
		h.refuse(w, r.Context(), as, http.StatusBadRequest, "BAD_REQUEST", "query is missing")
		return
	}
	caller, err := h.identify(w, r)
	if err != nil {
		h.refuseCaller(w, r.Context(), as, err)
		return
	}
	if !onlyQueries {
		caller.KeepRefreshToken = h.cfg.Refresh.keepIn(w)
	}
	params.Headers = r.Header
	ctx := graphql.StartOperationTrace(withCaller(r, caller))
	op, errs := h.cfg.Exec.CreateOperationContext(ctx, params)
	if errs != nil {
		status := requestStatus(as, errs)
		h.write(w, ctx, as, status, h.cfg.Exec.DispatchError(graphql.WithOperationContext(ctx, op), errs))
		return
	}
	if refusal := unfit(op, onlyQueries); refusal != "" {
		w.Header().Set("Allow", "POST")
		h.refuse(w, ctx, as, http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", refusal)
		return
	}
	next, ctx := h.cfg.Exec.DispatchOperation(ctx, op)
	resp := next(ctx)
	if resp == nil { // the client went away
		resp = &graphql.Response{Errors: gqlerror.List{gqlerror.Errorf("the request was cut short")}}
	}
	h.write(w, ctx, as, http.StatusOK, resp)
}

// unfit says why an operation cannot be answered with one response.
func unfit(op *graphql.OperationContext, onlyQueries bool) string {
	switch {
	case operation.IsSubscription(op):
		return "a subscription needs a WebSocket, or a POST that accepts text/event-stream"
	case onlyQueries && !operation.IsQuery(op):
		return "a GET is for queries; send mutations by POST"
	}
	return ""
}

// readBody reads exactly one JSON object. What was wrong with it is not told in
// words of its own: they would repeat it.
func readBody(body io.Reader) (params *graphql.RawParams, status int, code string) {
	dec := json.NewDecoder(body)
	dec.UseNumber()
	if err := dec.Decode(&params); err != nil {
		return nil, bodyStatus(err), "BAD_REQUEST"
	}
	if params == nil { // the body was null
		return nil, http.StatusBadRequest, "BAD_REQUEST"
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, bodyStatus(err), "BAD_REQUEST"
	}
	return params, 0, ""
}

func bodyStatus(err error) int {
	if tooLong := new(http.MaxBytesError); errors.As(err, &tooLong) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

func readURL(u *url.URL) (*graphql.RawParams, error) {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, err
	}
	params := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if text := values.Get(name); text != "" {
			dec := json.NewDecoder(strings.NewReader(text))
			dec.UseNumber()
			if err := dec.Decode(into); err != nil {
				return nil, err
			}
		}
	}
	return params, nil
}

// plain is the type of a single response to who would rather have a stream.
func plain(as mediaType) mediaType {
	if as == eventType {
		return jsonType
	}
	return as
}
