package campaign_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/message/channel"
)

// TestACodeThatMayHaveArrivedIsNotFreeAgain loses the answer to a mail with a
// code of the pool.
func TestACodeThatMayHaveArrivedIsNotFreeAgain(t *testing.T) {
	w := newWorld(t)
	w.customers(1, true)
	pool := w.pool("OWN_SITE", "P-1")
	row := w.send(w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID}))
	// The body went out with the code, the answer was lost.
	f := &wire{answer: func(channel.Mail, int) channel.Outcome { return channel.Outcome{Verdict: channel.Uncertain} }}
	stop := w.start(w.engine("one", f))
	defer stop()
	w.await("tried", func() bool { return w.scan(`SELECT count(*) FROM messages WHERE status = 'UNCERTAIN'`) == 1 })
	w.await("ended", func() bool { return w.scan(`SELECT count(*) FROM deliveries WHERE finished_at IS NOT NULL`) == 1 })
	if free := w.scan(`SELECT count(*) FROM offer_codes WHERE customer_id IS NULL`); free != 0 {
		t.Error("the code can be given to somebody else")
	}
	m := w.metrics(row)
	w.balanced(m)
	if m.Total.Sent != 1 || m.Total.Uncertain != 1 {
		t.Errorf("sent %d, uncertain %d, want 1 and 1", m.Total.Sent, m.Total.Uncertain)
	}
}
