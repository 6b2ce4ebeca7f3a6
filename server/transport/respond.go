package transport

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// buffers hold responses until they are written, and are used again.
var buffers sync.Pool // of *[]byte

// keepBuffer is the largest buffer worth keeping.
const keepBuffer = 64 << 10

// appendResponse writes a response. Data is JSON already: encoding/json would
// read all of it again. A response without data is one to a request that did
// not get as far as running, and has no data key (GraphQL, section 7.1).
func appendResponse(b []byte, resp *graphql.Response) ([]byte, error) {
	b = append(b, '{')
	if len(resp.Errors) > 0 {
		errs, err := json.Marshal(resp.Errors)
		if err != nil {
			return nil, err
		}
		b = append(append(b, `"errors":`...), errs...)
		b = append(b, ',')
	}
	if resp.Data != nil {
		b = append(append(b, `"data":`...), resp.Data...)
		b = append(b, ',')
	}
	if len(resp.Extensions) > 0 {
		b = append(b, `"extensions":{`...)
		for name, value := range resp.Extensions {
			b = append(strconv.AppendQuote(b, name), ':')
			var err error
			if b, err = appendValue(b, value); err != nil {
				return nil, err
			}
			b = append(b, ',')
		}
		b[len(b)-1] = '}'
		b = append(b, ',')
	}
	if b[len(b)-1] == ',' {
		b = b[:len(b)-1]
	}
	return append(b, '}'), nil
}

func appendValue(b []byte, value any) ([]byte, error) {
	if quick, ok := value.(interface{ AppendJSON([]byte) []byte }); ok {
		return quick.AppendJSON(b), nil
	}
	raw, err := json.Marshal(value)
	return append(b, raw...), err
}

// write sends a whole response with its status.
func (h *Handler) write(w http.ResponseWriter, ctx context.Context, as mediaType, status int, resp *graphql.Response) { //nolint:revive // the writer comes first, as in net/http
	buf, used := buffers.Get().(*[]byte)
	if !used {
		buf = new([]byte)
	}
	defer func() {
		if cap(*buf) <= keepBuffer {
			buffers.Put(buf)
		}
	}()
	b, err := appendResponse((*buf)[:0], resp)
	if err != nil {
		h.cfg.Log.ErrorContext(ctx, "a response cannot be written", "cause", err)
		http.Error(w, `{"errors":[{"message":"internal error","extensions":{"code":"INTERNAL"}}]}`, http.StatusInternalServerError)
		return
	}
	*buf = b
	header := w.Header()
	header.Set("Content-Type", as.header())
	header.Set("Content-Length", strconv.Itoa(len(b)))
	header.Set("Cache-Control", "no-store")
	if wait := retryAfter(resp.Errors); wait > 0 {
		header.Set("Retry-After", strconv.Itoa(wait))
	}
	w.WriteHeader(status)
	_, _ = w.Write(b) // a client that went away is nobody's error
}

// refuse answers a request that is no GraphQL request.
func (h *Handler) refuse(w http.ResponseWriter, ctx context.Context, as mediaType, status int, code, message string) { //nolint:revive // as write
	err := &gqlerror.Error{Message: message, Extensions: map[string]any{"code": code}}
	h.write(w, ctx, as, status, &graphql.Response{Errors: gqlerror.List{err}})
}

// refuseCaller answers a request whose token does not hold, whatever it asked.
func (h *Handler) refuseCaller(w http.ResponseWriter, ctx context.Context, as mediaType, err error) { //nolint:revive // as write
	w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
	h.write(w, ctx, as, statusOf(fault.KindOf(err)), &graphql.Response{Errors: gqlerror.List{h.cfg.Present(ctx, err)}})
}

// requestStatus is the status of a response to a request that did not run. As
// plain JSON it is 200, because older clients take anything else for a broken
// server; application/graphql-response+json may say more.
func requestStatus(as mediaType, errs gqlerror.List) int {
	if as == jsonType {
		return http.StatusOK
	}
	for _, err := range errs {
		var f *fault.Error
		if errors.As(err, &f) {
			return statusOf(f.Kind)
		}
	}
	return http.StatusBadRequest
}

func retryAfter(errs gqlerror.List) int {
	for _, err := range errs {
		params, _ := err.Extensions["params"].(map[string]any)
		if wait, ok := params["retryAfterSeconds"].(int); ok {
			return wait
		}
	}
	return 0
}

// WriteFault answers a request outside of GraphQL with an error:
// {"error":{"code":…,"message":…}}.
func WriteFault(w http.ResponseWriter, err error) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal {
		f = fault.New(fault.Internal, "internal error")
	}
	shown := map[string]any{"code": f.CodeOrKind(), "message": f.Message}
	if len(f.Params) > 0 {
		shown["params"] = f.Params
	}
	body, _ := json.Marshal(map[string]any{"error": shown})
	w.Header().Set("Content-Type", jsonType.header())
	w.Header().Set("Cache-Control", "no-store")
	if wait, ok := f.Params["retryAfterSeconds"].(int); ok {
		w.Header().Set("Retry-After", strconv.Itoa(wait))
	}
	w.WriteHeader(statusOf(f.Kind))
	_, _ = w.Write(body)
}
