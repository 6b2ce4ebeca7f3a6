package webhook_test

import (
	"bytes"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/webhook"
)

// BenchmarkDelivery tells one partner of 2,000 events. The floor is net/http by
// itself, which posts the same bodies to the same partner, as many at once:
// nothing is signed, read from the database, or written down.
func BenchmarkDelivery(b *testing.B) {
	const events = 2_000
	w, p := newWorld(b, true), newPartner(b)
	w.endpoint(p, webhook.ConsentChanged)
	for b.Loop() {
		before := len(p.all())
		w.consents(events)
		w.clock.Advance(time.Hour) // they are due, and the endpoint is looked at again
		began := time.Now()
		w.work()
		product := time.Since(began)
		told := p.all()[before:]
		if len(told) != events {
			b.Fatalf("%d of %d were told", len(told), events)
		}
		began = time.Now()
		post(b, p.URL, told)
		floor := time.Since(began)
		b.ReportMetric(events/product.Seconds(), "events/s")
		b.ReportMetric(events/floor.Seconds(), "floor/s")
		b.ReportMetric(floor.Seconds()/product.Seconds(), "ratio")
	}
}

// post sends bodies by hand, as many at once as the service does.
func post(b *testing.B, url string, bodies []heard) {
	b.Helper()
	const atOnce = 8
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: atOnce}}
	defer client.CloseIdleConnections()
	next := make(chan heard)
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for h := range next {
				answer, err := client.Post(url, "application/json", bytes.NewReader(h.body))
				if err != nil {
					b.Error(err)
					continue
				}
				_, _ = io.Copy(io.Discard, answer.Body)
				_ = answer.Body.Close()
			}
		})
	}
	for _, h := range bodies {
		next <- h
	}
	close(next)
	all.Wait()
}
