package demo

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"
)

// actTimeout bounds one request of a buyer.
const actTimeout = 2 * time.Second

// The browsers of the buyers. Which requests count as a machine's is for the
// server to find out; one of these is known for fetching every picture.
const (
	browser = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15 MeguriDemo/1.0"
	proxy   = "Mozilla/5.0"
)

// do lets the reader of a letter do what is due.
func (s *Service) do(ctx context.Context, base string, l *letter, what doing) error {
	switch what {
	case opening:
		return s.request(ctx, http.MethodGet, base+l.pixel, browser, "")
	case machineOpening:
		return s.request(ctx, http.MethodGet, base+l.pixel, proxy, "")
	case clicking:
		return s.request(ctx, http.MethodGet, base+l.links[pick(l.reader, "link", len(l.links))], browser, "")
	case unsubscribing:
		return s.request(ctx, http.MethodPost, base+l.goodbye, browser, "confirm=1")
	case buying: // an order comes with the next file
	}
	return nil
}

func (s *Service) request(ctx context.Context, method, address, agent, form string) error {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form))
	if err != nil {
		return err
	}
	r.Header.Set("User-Agent", agent)
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<20))
	return answer.Body.Close()
}
