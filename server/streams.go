package server

import (
	"context"
	"net/http"
	"sync"

	"github.com/meguri-crm/meguri/server/transport"
)

// streams are the requests that last until somebody ends them: WebSockets and
// server-sent events. http.Server.Shutdown neither ends nor waits for them.
type streams struct {
	ending context.Context // a state of the server, not of a call
	end    context.CancelFunc
	open   sync.WaitGroup
}

func newStreams() *streams {
	ctx, cancel := context.WithCancel(context.Background())
	return &streams{ending: ctx, end: cancel}
}

// watch ends the context of a stream when the server stops.
func (s *streams) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !transport.IsStream(r) {
			next.ServeHTTP(w, r)
			return
		}
		s.open.Add(1)
		defer s.open.Done()
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		defer context.AfterFunc(s.ending, cancel)()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// close tells all streams to end.
func (s *streams) close() { s.end() }

// wait returns when they have, or when ctx ends.
func (s *streams) wait(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		s.open.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
