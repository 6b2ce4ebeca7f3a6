package campaign_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/message/channel"
)

// balanced checks the promise of the figures: everyone is somewhere, once, and
// the figures are what the messages say.
func (w *world) balanced(m *campaign.Metrics) {
	w.t.Helper()
	f := m.Total
	withdrawn := w.scan(`SELECT count(*) FROM messages WHERE campaign_id = ? AND status = 'CANCELLED'`, m.CampaignID)
	if sum := f.Suppressed + f.HeldOut + f.Queued + f.Sent + f.Failed + f.Bounced + withdrawn; f.Audience != sum {
		w.t.Errorf("audience %d, but %d are accounted for: %+v", f.Audience, sum, f)
	}
	for status, want := range map[string]int64{
		"SUPPRESSED": f.Suppressed, "HELD_OUT": f.HeldOut, "CANCELLED": f.Cancelled, "QUEUED','SENDING": f.Queued, "SENT','UNCERTAIN": f.Sent, "UNCERTAIN": f.Uncertain, "FAILED": f.Failed, "BOUNCED": f.Bounced,
	} {
		if n := w.scan(`SELECT count(*) FROM messages WHERE campaign_id = ? AND status IN ('`+status+`')`, m.CampaignID); n != want {
			w.t.Errorf("%d messages are %s, the figures say %d", n, status, want)
		}
	}
}

func TestACampaignGoesOutOnceToEachWhoMayBeWrittenTo(t *testing.T) {
	w := newWorld(t)
	w.customers(230, true)
	w.customers(20, false)
	row := w.send(w.draft())
	f := &wire{}
	w.run(row, campaign.StatusSent, w.engine("one", f), w.engine("two", f))

	if mails, most := f.copies(); mails != 230 || most != 1 {
		t.Errorf("%d mails, at most %d copies; want 230 and 1", mails, most)
	}
	m := w.metrics(row)
	w.balanced(m)
	if m.Total.Audience != 250 || m.Total.Sent != 230 || m.Total.Delivered != 230 || m.Total.Suppressed != 20 || m.Total.Queued != 0 {
		t.Errorf("figures %+v", m.Total)
	}
	if len(m.SuppressedByReason) != 1 || m.SuppressedByReason[0] != (campaign.ReasonCount{Reason: "LAW-01", Count: 20}) {
		t.Errorf("suppressed %+v, want 20 by LAW-01", m.SuppressedByReason)
	}
	if n := w.scan(`SELECT count(*) FROM events WHERE kind = 'message.sent'`); n != 230 {
		t.Errorf("%d message.sent events, want 230", n)
	}
	if n := w.scan(`SELECT count(*) FROM delivery_audience`); n != 0 {
		t.Errorf("%d rows of the audience are left", n)
	}
	mail := f.mails[0]
	if !strings.HasPrefix(mail.Subject, "佐藤") || !strings.Contains(mail.HTML, "https://crm.example/t/c/") || mail.UnsubscribeURL == "" {
		t.Errorf("mail %q with unsubscribe %q", mail.Subject, mail.UnsubscribeURL)
	}
	if n := w.scan(`SELECT count(*) FROM tracked_links WHERE url = 'https://shop.example/sale'`); n != 1 {
		t.Errorf("%d tracked links, want 1", n)
	}
}

func TestWhatTheWireAnswersDecides(t *testing.T) {
	w := newWorld(t)
	w.customers(6, true)
	row := w.send(w.draft())
	answers := []channel.Outcome{
		{Verdict: channel.Accepted, Code: 250},
		{Verdict: channel.Permanent, Code: 550, Enhanced: "5.1.1", BadAddress: true},
		{Verdict: channel.Permanent, Code: 554, Enhanced: "5.7.1"},
		{Verdict: channel.Temporary, Code: 451},
		{Verdict: channel.Uncertain},
		{Verdict: channel.Untried},
	}
	order := map[string]int{}
	f := &wire{answer: func(m channel.Mail, copies int) channel.Outcome {
		if _, ok := order[m.MessageID]; !ok {
			order[m.MessageID] = len(order)
		}
		if copies > 1 {
			return channel.Outcome{Verdict: channel.Accepted, Code: 250}
		}
		return answers[order[m.MessageID]]
	}}
	stop := w.start(w.engine("one", f))
	w.await("all were tried once", func() bool {
		return w.scan(`SELECT count(*) FROM messages WHERE status IN ('SENT','BOUNCED','FAILED','UNCERTAIN')`) == 4 &&
			w.scan(`SELECT count(*) FROM messages WHERE status = 'QUEUED' AND lease_owner IS NULL`) == 2
	})
	w.balanced(w.metrics(row))
	if n := w.scan(`SELECT count(*) FROM messages WHERE status = 'QUEUED' AND due_at > now() + interval '50 seconds' AND attempts = 1 AND smtp_reply = '451'`); n != 1 {
		t.Errorf("%d messages wait a minute after a 451, want 1", n)
	}
	if n := w.scan(`SELECT count(*) FROM messages WHERE status = 'QUEUED' AND attempts = 0`); n != 1 {
		t.Errorf("%d messages have an attempt that does not count, want 1", n)
	}
	if n := w.scan(`SELECT count(*) FROM suppressions WHERE reason = 'HARD_BOUNCE'`); n != 1 {
		t.Errorf("%d addresses are suppressed, want only the one without a mailbox", n)
	}
	if m := w.metrics(row); m.Retrying != 1 || m.NextTryAt == nil || m.NextTryAt.Before(time.Now()) {
		t.Errorf("%d wait for another try, the next at %v", m.Retrying, m.NextTryAt)
	}
	w.exec(`UPDATE messages SET due_at = now() WHERE status = 'QUEUED'`)
	w.await("the campaign is sent", func() bool { return w.scan(`SELECT count(*) FROM campaigns WHERE status = 'SENT'`) == 1 })
	stop()
	for id, n := range f.got {
		if order[id] == 4 && n != 1 {
			t.Errorf("the mail whose answer was lost went out %d times", n)
		}
	}
	m := w.metrics(row)
	w.balanced(m)
	if m.Total.Sent != 4 || m.Total.Uncertain != 1 || m.Total.Bounced != 1 || m.Total.Failed != 1 || m.Total.Delivered != 4 {
		t.Errorf("figures %+v", m.Total)
	}
}

// TestASmallCampaignDoesNotWaitForABigOne lets one lane serve both.
func TestASmallCampaignDoesNotWaitForABigOne(t *testing.T) {
	w := newWorld(t)
	w.customers(1000, true)
	big := w.send(w.draft())
	e := w.engine("one", &wire{})
	e.Lanes = 1
	hold := make(chan struct{})
	once := sync.OnceFunc(func() { <-hold })
	f := &wire{answer: func(channel.Mail, int) channel.Outcome {
		once()
		return channel.Outcome{Verdict: channel.Accepted, Code: 250}
	}}
	e.Sender = f
	stop := w.start(e)
	defer stop()
	w.await("the big one has begun", func() bool { return w.scan(`SELECT count(*) FROM messages WHERE status = 'SENDING'`) > 0 })
	w.exec(`DELETE FROM customers WHERE id NOT IN (SELECT id FROM customers ORDER BY id LIMIT 20)`)
	small := w.send(w.draft())
	e.Wake()
	w.await("the small one is expanded", func() bool { return w.metrics(small).Total.Queued == 20 })
	close(hold)
	w.await("the small one is sent", func() bool { return w.metrics(small).Status == campaign.StatusSent })
	if sent := w.scan(`SELECT count(*) FROM messages WHERE campaign_id = ? AND sent_at <= (SELECT max(sent_at) FROM messages WHERE campaign_id = ?)`, big.ID, small.ID); sent > 300 {
		t.Errorf("%d mails of the big campaign went out before the small one's 20", sent)
	}
}
