package response_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/response"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// recorder keeps batches, or fails.
type recorder struct {
	batches chan []response.Fact
	err     error
}

func (r *recorder) Record(_ context.Context, _ db.Tx, facts []response.Fact) error {
	if r.err != nil {
		return r.err
	}
	r.batches <- facts
	return nil
}

type world struct {
	service  *response.Service
	recorder *recorder
	signer   *link.Signer
	clock    *clock.Fixed
}

func newWorld(t *testing.T) *world {
	t.Helper()
	signer, err := link.NewSigner("secret", "https://crm.example")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{recorder: &recorder{batches: make(chan []response.Fact, 10)}, signer: signer, clock: &clock.Fixed{T: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}}
	w.service = response.New(dbtest.New(t), w.clock, signer, w.recorder, slog.New(slog.DiscardHandler))
	return w
}

func (w *world) open(customer int64, machine bool) {
	w.service.Open(w.signer.Token(link.Ref{Kind: link.Open, DeliveryMonth: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), DeliveryID: 4, CustomerID: customer, VariantID: 2}), machine)
}

func TestFactsComeInBatchesAndOnce(t *testing.T) {
	w := newWorld(t)
	w.open(1, false)
	w.clock.Advance(time.Second)
	w.open(1, false)
	w.open(1, true)
	w.open(2, false)
	w.service.Open("forged", false)
	if err := w.service.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := <-w.recorder.batches
	if len(got) != 3 || got[0].CustomerID != 1 || got[0].Machine || !got[1].Machine || got[2].CustomerID != 2 {
		t.Errorf("facts %+v", got)
	}
	if got[0].At != time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC) || got[0].Kind != response.Opened || got[0].DeliveryID != 4 || got[0].VariantID != 2 {
		t.Errorf("the first fact %+v", got[0])
	}
	if err := w.service.Flush(t.Context()); err != nil || len(w.recorder.batches) != 0 {
		t.Errorf("an empty buffer was recorded: %v", err)
	}
}

func TestFactsWaitForADatabaseThatIsAway(t *testing.T) {
	w := newWorld(t)
	w.recorder.err = fault.New(fault.Unavailable, "away")
	w.open(1, false)
	for range 50 {
		if err := w.service.Flush(t.Context()); err == nil {
			t.Fatal("no error")
		}
	}
	w.open(2, false)
	w.recorder.err = nil
	if err := w.service.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := <-w.recorder.batches; len(got) != 2 || got[0].CustomerID != 1 {
		t.Errorf("facts %+v", got)
	}
}

func TestAFactThatCannotBeRecordedHoldsUpNothingForLong(t *testing.T) {
	w := newWorld(t)
	w.recorder.err = errors.New("a defect")
	w.open(1, false)
	for range 20 {
		_ = w.service.Flush(t.Context())
	}
	w.recorder.err = nil
	w.open(2, false)
	if err := w.service.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := <-w.recorder.batches; len(got) != 1 || got[0].CustomerID != 2 {
		t.Errorf("facts %+v", got)
	}
}

func TestRunHandsOverTheRestAtTheEnd(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.service.Run(ctx) }()
	w.open(1, false)
	if got := <-w.recorder.batches; len(got) != 1 { // by the ticker
		t.Errorf("facts %+v", got)
	}
	w.open(2, false)
	cancel()
	<-done
	if got := <-w.recorder.batches; len(got) != 1 || got[0].CustomerID != 2 {
		t.Errorf("facts at the end %+v", got)
	}
}

func TestATokenOfNobodyUnsubscribesNobody(t *testing.T) {
	w := newWorld(t)
	token := w.signer.Token(link.Ref{Kind: link.Unsubscribe, DeliveryMonth: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), DeliveryID: 4, CustomerID: 999})
	if err := w.service.Unsubscribe(t.Context(), token, response.ByOneClick); !fault.Is(err, fault.NotFound) {
		t.Errorf("err = %v, want NotFound", err)
	}
	if err := w.service.Unsubscribable(token); err != nil {
		t.Errorf("the page of a sound token: %v", err)
	}
}
