package campaign_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
)

// hands is a clock that is moved while others read it.
type hands struct {
	mu  sync.Mutex
	now time.Time
}

func (c *hands) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *hands) move(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = to
}

// pace sets when mails rest and how many one person gets.
func (w *world) pace(p message.Pace) {
	w.t.Helper()
	if _, err := (message.Paces{DB: w.db}).Update(context.Background(), "MAIL", p); err != nil {
		w.t.Fatal(err)
	}
}

var night = message.Pace{QuietFrom: 21 * 60, QuietTo: 8 * 60}

// atNight is an engine whose clock stands within night, which is over in the
// morning.
func (w *world) atNight(wire *wire) (e *campaign.Engine, clock *hands, morning time.Time) {
	evening := time.Now().In(zone)
	evening = time.Date(evening.Year(), evening.Month(), evening.Day(), 23, 30, 0, 0, zone)
	clock = &hands{now: evening.UTC()}
	e = w.engine("night", wire)
	e.Clock, e.Gate = clock, message.NewGate(clock, zone)
	return e, clock, evening.Add(8*time.Hour + 30*time.Minute)
}

func TestACampaignWaitsInQuietHoursAndGoesOnAtTheirEnd(t *testing.T) {
	w := newWorld(t)
	w.customers(5, true)
	w.pace(night)
	taken := &wire{}
	e, clock, morning := w.atNight(taken)
	row := w.send(w.draft())
	stop := w.start(e)
	defer stop()
	w.await("the campaign says until when it waits", func() bool {
		m, err := campaign.ReadMetrics(t.Context(), w.db.Pool, row.ID, clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		return m.QuietUntil != nil && m.QuietUntil.Equal(morning) && m.Total.Queued == 5
	})
	if mails, _ := taken.copies(); mails != 0 {
		t.Fatalf("%d mails went out at night", mails)
	}
	clock.move(morning)
	w.await("all are sent in the morning", func() bool {
		return w.scan(`SELECT count(*) FROM campaigns WHERE id = ? AND status = 'SENT'`, row.ID) == 1
	})
	if mails, most := taken.copies(); mails != 5 || most != 1 {
		t.Errorf("%d mails, at most %d copies, want 5 and 1", mails, most)
	}
	if m := w.metrics(row); m.QuietUntil != nil || m.Total.Sent != 5 {
		t.Errorf("afterwards it waits until %v and has sent %d", m.QuietUntil, m.Total.Sent)
	}
	if n := w.scan(`SELECT count(*) FROM messages WHERE attempts <> 1`); n != 0 {
		t.Errorf("the wait cost %d messages an attempt", n)
	}
}

func TestWhenItWouldReallyBeginToGoOutIsTold(t *testing.T) {
	w := newWorld(t)
	w.pace(night)
	row := w.draft()
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 22, hour, minute, 0, 0, zone) }
	for _, c := range []struct{ begins, goes time.Time }{
		{at(20, 59), time.Time{}},
		{at(21, 0), at(32, 0)},
		{at(3, 30), at(8, 0)},
		{at(8, 0), time.Time{}},
		{at(3, 30).UTC(), at(8, 0)},
	} {
		until, err := w.service.QuietUntil(t.Context(), row, c.begins)
		if err != nil || (until == nil) != c.goes.IsZero() || until != nil && !until.Equal(c.goes) {
			t.Errorf("begun at %v: goes out at %v, %v; want %v", c.begins, until, err, c.goes)
		}
	}
	row, err := w.service.Exempt(t.Context(), row.ID, campaign.Exemption{Quiet: true, Reason: "深夜0時に始まるセールのため"})
	if err != nil {
		t.Fatal(err)
	}
	if until, err := w.service.QuietUntil(t.Context(), row, at(23, 0)); err != nil || until != nil {
		t.Errorf("let off, it still waits until %v, %v", until, err)
	}
}

func TestACampaignThatIsLetOffIsSentAtNight(t *testing.T) {
	w := newWorld(t)
	w.customers(3, true)
	w.pace(night)
	taken := &wire{}
	e, _, _ := w.atNight(taken)
	row := w.send(w.draft())
	if _, err := w.service.Exempt(t.Context(), row.ID, campaign.Exemption{Quiet: true, Reason: "深夜0時に始まるセールのため"}); err != nil {
		t.Fatal(err)
	}
	w.run(row, campaign.StatusSent, e)
	if mails, _ := taken.copies(); mails != 3 {
		t.Errorf("%d mails, want 3", mails)
	}
	var f *fault.Error
	if _, err := w.service.Exempt(t.Context(), row.ID, campaign.Exemption{Reason: "終わった"}); !errors.As(err, &f) || f.CodeOrKind() != "ALREADY_SENT" {
		t.Errorf("after the send: %v, want ALREADY_SENT", err)
	}
}

func TestACapIsOneForAllCampaignsAndWorkers(t *testing.T) {
	w := newWorld(t)
	const people = 250
	w.customers(people, true)
	w.pace(message.Pace{PerDay: 1})
	first, second := w.send(w.draft()), w.send(w.draft())
	taken := &wire{}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()
	for _, owner := range []string{"a", "b"} {
		running.Go(func() { w.engine(owner, taken).Run(ctx) })
	}
	w.await("both are done", func() bool {
		return w.scan(`SELECT count(*) FROM campaigns WHERE id IN (?, ?) AND status = 'SENT'`, first.ID, second.ID) == 2
	})
	if n := w.scan(`SELECT count(*) FROM (SELECT customer_id FROM messages WHERE status = 'SENT' GROUP BY customer_id HAVING count(*) = 1) once`); n != people {
		t.Errorf("%d of %d people got exactly one mail", n, people)
	}
	if mails, _ := taken.copies(); mails != people {
		t.Errorf("%d mails went out, want %d", mails, people)
	}
	var refused int64
	for _, row := range []int64{first.ID, second.ID} {
		m, err := campaign.ReadMetrics(t.Context(), w.db.Pool, row, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, reason := range m.SuppressedByReason {
			if reason.Reason == message.FrequencyCap {
				refused += reason.Count
			}
		}
	}
	if refused != people {
		t.Errorf("%d were refused because of the cap, want %d", refused, people)
	}
}

func TestACampaignThatIsLetOffReachesThoseWhoHaveHadTheirShare(t *testing.T) {
	w := newWorld(t)
	w.customers(4, true)
	w.pace(message.Pace{PerWeek: 1})
	w.run(w.send(w.draft()), campaign.StatusSent, w.engine("first", &wire{}))
	again := w.draft()
	prospects, err := w.service.Prospects(t.Context(), again, "", 0, 10)
	if err != nil || len(prospects) != 4 || prospects[0].Reached() || prospects[0].Reasons[0] != message.FrequencyCap {
		t.Fatalf("the preview tells %+v, %v", prospects, err)
	}
	var f *fault.Error
	if _, err := w.service.Exempt(t.Context(), again.ID, campaign.Exemption{Caps: true}); !errors.As(err, &f) || f.Field != "reason" {
		t.Errorf("without a reason: %v", err)
	}
	again, err = w.service.Exempt(t.Context(), again.ID, campaign.Exemption{Caps: true, Reason: "回収のお知らせのため"})
	if err != nil {
		t.Fatal(err)
	}
	if n := w.scan(`SELECT count(*) FROM audit_log WHERE action = 'campaign.exempt' AND object_id = ? AND detail->>'caps' = 'true' AND detail->>'reason' <> ''`, again.ID); n != 1 {
		t.Errorf("%d entries in the audit log, want 1", n)
	}
	w.run(w.send(again), campaign.StatusSent, w.engine("second", &wire{}))
	if m := w.metrics(again); m.Total.Sent != 4 {
		t.Errorf("%d of 4 were sent: %+v", m.Total.Sent, m.SuppressedByReason)
	}
	if copied, err := w.service.Duplicate(t.Context(), again.ID, campaign.Copy{}); err != nil || copied.IgnoresCaps {
		t.Errorf("a copy is let off as well: %+v, %v", copied, err)
	}
}
