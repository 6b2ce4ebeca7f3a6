package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/campaign/experiment"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// ruled is an audience of all, but for segments that have a condition.
type ruled map[int64]string

func (r ruled) Members(_ context.Context, id int64) (string, []any, error) {
	condition, ok := r[id]
	if !ok {
		condition = "true"
	}
	return `SELECT id FROM customers WHERE NOT anonymous AND merged_into IS NULL AND $1::boolean AND ` + condition, []any{true}, nil
}

// segment is one more segment, whose members fulfil a condition.
func (w *world) segment(r ruled, condition string) int64 {
	w.t.Helper()
	id := w.scan(`INSERT INTO segments (name, rule) VALUES (md5(random()::text), '{}') RETURNING id`)
	r[id] = condition
	return id
}

func (w *world) change(row *db.Campaign, c campaign.Change) *db.Campaign {
	w.t.Helper()
	changed, err := w.service.Update(context.Background(), row.ID, row.Version, c)
	if err != nil {
		w.t.Fatal(err)
	}
	return changed
}

func TestTheHoldoutIsDrawnFromThoseWhoWouldGetAMail(t *testing.T) {
	w := newWorld(t)
	w.customers(1000, true)
	w.customers(200, false)
	rate := 2000
	draft := w.change(w.draft(), campaign.Change{HoldoutRate: &rate})
	preview, err := w.service.Preview(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	f := &wire{}
	row := w.send(draft)
	w.run(row, campaign.StatusSent, w.engine("one", f), w.engine("two", f))
	m := w.metrics(row)
	w.balanced(m)
	if m.Total.HeldOut < 150 || m.Total.HeldOut > 250 || m.Total.HeldOut+m.Total.Sent != 1000 || m.Total.Suppressed != 200 {
		t.Errorf("held out %d, sent %d, suppressed %d", m.Total.HeldOut, m.Total.Sent, m.Total.Suppressed)
	}
	if preview.HeldOut != m.Total.HeldOut || preview.Reachable != m.Total.Sent || preview.Estimated {
		t.Errorf("the preview said %+v", preview)
	}
	if mails, _ := f.copies(); int64(mails) != m.Total.Sent {
		t.Errorf("%d mails for %d sent", mails, m.Total.Sent)
	}
	var ids []int64
	if err := w.db.NewRaw(`SELECT customer_id FROM messages WHERE campaign_id = ? AND status = 'HELD_OUT' AND in_trial`, row.ID).Scan(t.Context(), &ids); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if !experiment.HeldOut(row.ID, id, rate) {
			t.Errorf("customer %d is held out and was not drawn", id)
		}
	}
	if told := w.scan(`SELECT count(*) FROM events e JOIN messages m ON m.customer_id = e.customer_id AND m.id = e.ref_id
		WHERE e.kind = 'message.withheld' AND e.data->>'reason' = CASE m.status WHEN 'HELD_OUT' THEN 'HELD_OUT' ELSE m.reason END`); told != m.Total.HeldOut+m.Total.Suppressed {
		t.Errorf("%d timelines say that nothing came, want %d", told, m.Total.HeldOut+m.Total.Suppressed)
	}
	if m.Lift == nil || m.Lift.Treated.People != m.Total.Sent || m.Lift.HeldOut.People != m.Total.HeldOut || m.Lift.Conversion.Known {
		t.Errorf("lift %+v", m.Lift)
	}
}

func TestAPreviewOfManyIsScaledUpFromARandomPart(t *testing.T) {
	w := newWorld(t)
	w.customers(6_000, true) // in the order of their ids: a part that is not random would show one half only
	w.customers(6_000, false)
	w.service.PreviewBudget = time.Nanosecond
	preview, err := w.service.Preview(t.Context(), w.draft())
	if err != nil {
		t.Fatal(err)
	}
	if !preview.Estimated || preview.Total != 12_000 || preview.Reachable < 5_500 || preview.Reachable > 6_500 || preview.Refused[0].Count+preview.Reachable != 12_000 {
		t.Errorf("preview %+v, want about one half of 12,000", preview)
	}
}

func TestExclusionsNameTheirReasonForEachPerson(t *testing.T) {
	w := newWorld(t)
	w.customers(60, true)
	w.customers(10, false)
	w.exec(`UPDATE customers SET city = CASE WHEN id % 3 = 0 THEN 'VIP' ELSE '' END`)
	rules := ruled{}
	w.service.Audience = rules
	vip := w.segment(rules, `city = 'VIP'`)
	first := w.change(w.draft(), campaign.Change{Exclusions: &[]int64{vip, vip}})
	e := w.engine("one", &wire{})
	e.Audience = rules
	vips := w.scan(`SELECT count(*) FROM customers WHERE city = 'VIP'`)
	sent := w.send(first)
	w.run(sent, campaign.StatusSent, e)
	m := w.metrics(sent)
	w.balanced(m)
	if m.Total.Excluded != vips || w.scan(`SELECT count(*) FROM messages WHERE reason = 'EXCLUDED_SEGMENT' AND reason_ref = ?`, vip) != vips {
		t.Errorf("excluded %d, want the %d of the segment: %+v", m.Total.Excluded, vips, m.SuppressedByReason)
	}
	if n := w.scan(`SELECT count(*) FROM messages WHERE reason = 'EXCLUDED_SEGMENT' AND findings @> '["LAW-01"]'`); n == 0 {
		t.Error("the other reasons of excluded people are forgotten")
	}

	days := 7
	second := w.change(w.draft(), campaign.Change{FrequencyDays: &days})
	preview, err := w.service.Preview(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	w.run(w.send(second), campaign.StatusSent, e)
	after := w.metrics(second)
	w.balanced(after)
	if after.Total.Excluded != m.Total.Sent || preview.Excluded != m.Total.Sent || w.scan(`SELECT count(*) FROM messages WHERE reason = 'RECENT_CAMPAIGN' AND reason_ref = ?`, sent.ID) != m.Total.Sent {
		t.Errorf("%d excluded, %d previewed, want the %d who got the first campaign", after.Total.Excluded, preview.Excluded, m.Total.Sent)
	}
	w.exec(`UPDATE messages SET sent_at = sent_at - interval '8 days', delivery_month = delivery_month`)
	third := w.change(w.draft(), campaign.Change{FrequencyDays: &days})
	if preview, err = w.service.Preview(t.Context(), third); err != nil || preview.Excluded != 0 {
		t.Errorf("a week later %d are excluded, %v", preview.Excluded, err)
	}
}

// TestACampaignBeginsOnceAtItsInstant lets several processes see it due.
func TestACampaignBeginsOnceAtItsInstant(t *testing.T) {
	w := newWorld(t)
	w.customers(5, true)
	now := clock.System{}.Now()
	at := &clock.Fixed{T: now}
	w.service.Clock = at
	row := w.draft()
	if _, err := w.service.Schedule(t.Context(), row.ID, row.Version, now); !hasCode(err, "PAST") {
		t.Errorf("now: %v, want PAST", err)
	}
	if _, err := w.service.Schedule(t.Context(), row.ID, row.Version, now.AddDate(2, 0, 0)); !hasCode(err, "TOO_FAR") {
		t.Errorf("in two years: %v, want TOO_FAR", err)
	}
	row, err := w.service.Schedule(t.Context(), row.ID, row.Version, now.Add(time.Hour))
	if err != nil || row.Status != string(campaign.StatusScheduled) {
		t.Fatal(row, err)
	}
	name := "別名"
	if _, err := w.service.Update(t.Context(), row.ID, row.Version, campaign.Change{Name: &name}); !hasCode(err, "NOT_DRAFT") {
		t.Errorf("a change of what is scheduled: %v, want NOT_DRAFT", err)
	}
	if worked, err := w.service.StartDue(t.Context()); worked || err != nil {
		t.Errorf("before its instant: %v, %v", worked, err)
	}
	at.T = now.Add(time.Hour)
	var began sync.WaitGroup
	for range 4 {
		began.Go(func() {
			if _, err := w.service.StartDue(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	began.Wait()
	if n := w.scan(`SELECT count(*) FROM deliveries WHERE campaign_id = ?`, row.ID); n != 1 {
		t.Fatalf("%d deliveries, want 1", n)
	}
	w.run(row, campaign.StatusSent, w.engine("one", &wire{}))
	if m := w.metrics(row); m.Total.Sent != 5 {
		t.Errorf("figures %+v", m.Total)
	}
}

func TestAnEngineBeginsWhatIsDueByItself(t *testing.T) {
	w := newWorld(t)
	w.customers(3, true)
	row := w.draft()
	row, err := w.service.Schedule(t.Context(), row.ID, row.Version, time.Now().Add(50*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	e := w.engine("one", &wire{})
	e.Starter = w.service
	w.run(row, campaign.StatusSent, e)
}

func TestWhatBlocksAtTheInstantIsKeptAndNothingGoes(t *testing.T) {
	w := newWorld(t)
	w.customers(5, true)
	now := clock.System{}.Now()
	at := &clock.Fixed{T: now}
	w.service.Clock = at
	pool := w.pool("OWN_SITE", "A-1")
	row := w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID})
	row, err := w.service.Schedule(t.Context(), row.ID, row.Version, now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE offer_codes SET customer_id = 1`)
	at.T = now.Add(time.Hour)
	if worked, err := w.service.StartDue(t.Context()); !worked || err != nil {
		t.Fatal(worked, err)
	}
	missed, err := w.service.Find(t.Context(), row.ID)
	if err != nil || missed.Status != string(campaign.StatusDraft) || !slices.Equal(missed.MissedBecause, []string{"NO_CODES"}) || missed.MissedAt == nil {
		t.Fatalf("%+v, %v; want a draft that says NO_CODES", missed, err)
	}
	if list, err := w.service.List(t.Context(), campaign.Filter{Missed: true}, 0, 10); err != nil || len(list) != 1 || list[0].ID != row.ID {
		t.Errorf("listed as missed: %v, %v", list, err)
	}
	w.exec(`UPDATE offer_codes SET customer_id = NULL`)
	again, err := w.service.Schedule(t.Context(), row.ID, missed.Version, at.T.Add(time.Hour))
	if err != nil || again.MissedAt != nil {
		t.Fatalf("scheduled again: %+v, %v", again, err)
	}
	at.T = at.T.Add(8 * time.Hour)
	if _, err := w.service.StartDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	late, err := w.service.Find(t.Context(), row.ID)
	if err != nil || !slices.Equal(late.MissedBecause, []string{"SCHEDULE_TOO_LATE"}) || w.scan(`SELECT count(*) FROM deliveries`) != 0 {
		t.Errorf("seven hours late: %+v, %v", late, err)
	}
	if _, err := w.service.Schedule(t.Context(), row.ID, late.Version, at.T.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if back, err := w.service.Unschedule(t.Context(), row.ID); err != nil || back.Status != string(campaign.StatusDraft) || back.ScheduledAt != nil {
		t.Errorf("unscheduled: %+v, %v", back, err)
	}
}

func hasCode(err error, code string) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.Code == code
}

// TestAThrottleHoldsOverAllWorkers counts against the database's own clock: at
// no mail's instant had more gone out than the rate allows since the first.
func TestAThrottleHoldsOverAllWorkers(t *testing.T) {
	w := newWorld(t)
	w.customers(90, true)
	rate := 1200 // twenty a second, forty at once
	row := w.send(w.change(w.draft(), campaign.Change{RatePerMinute: &rate}))
	f := &wire{}
	w.run(row, campaign.StatusSent, w.engine("one", f), w.engine("two", f), w.engine("three", f))
	if mails, most := f.copies(); mails != 90 || most != 1 {
		t.Errorf("%d mails, at most %d copies", mails, most)
	}
	over := w.scan(`SELECT count(*) FROM (
		SELECT row_number() OVER (ORDER BY sent_at) AS n, extract(epoch FROM sent_at - min(sent_at) OVER ()) AS since FROM messages
	) m WHERE n > 40 + 20 * (since + 0.5)`)
	if over > 0 {
		t.Errorf("%d mails went out before their time", over)
	}
}

func TestAThrottleIsChangedWhileItIsSent(t *testing.T) {
	w := newWorld(t)
	w.customers(30, true)
	one := 1
	row := w.send(w.change(w.draft(), campaign.Change{RatePerMinute: &one}))
	stop := w.start(w.engine("one", &wire{}))
	defer stop()
	w.await("the first is sent", func() bool { return w.metrics(row).Total.Sent == 1 })
	if _, err := w.service.SetRate(t.Context(), row.ID, -1); !hasCode(err, "RANGE") {
		t.Errorf("a negative rate: %v, want RANGE", err)
	}
	if changed, err := w.service.SetRate(t.Context(), row.ID, 0); err != nil || changed.RatePerMinute != nil {
		t.Fatal(changed, err)
	}
	w.await("all are sent", func() bool { return w.metrics(row).Status == campaign.StatusSent })
	if _, err := w.service.SetRate(t.Context(), row.ID, 10); !hasCode(err, "ALREADY_SENT") {
		t.Errorf("a rate for what is sent: %v, want ALREADY_SENT", err)
	}
}

func TestACopyHasEverythingButTheSchedule(t *testing.T) {
	w := newWorld(t)
	rules := ruled{}
	excluded := w.segment(rules, "false")
	holdout, days, rate := 1000, 3, 600
	row := w.change(w.draft(), campaign.Change{HoldoutRate: &holdout, FrequencyDays: &days, RatePerMinute: &rate, Exclusions: &[]int64{excluded}})
	if _, err := w.service.Schedule(t.Context(), row.ID, row.Version, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	made, err := w.service.Duplicate(t.Context(), row.ID, campaign.Copy{})
	if err != nil {
		t.Fatal(err)
	}
	exclusions, err := w.service.Exclusions(t.Context(), made.ID)
	if err != nil || made.Name != row.Name+" のコピー" || made.Status != string(campaign.StatusDraft) || made.HoldoutRate != 1000 ||
		made.FrequencyDays != 3 || *made.RatePerMinute != 600 || made.ScheduledAt != nil || !slices.Equal(exclusions, []int64{excluded}) {
		t.Errorf("copy %+v without %v, %v", made, exclusions, err)
	}
	if err := w.service.Delete(t.Context(), row.ID); !hasCode(err, "NOT_DRAFT") {
		t.Errorf("deleting what is scheduled: %v, want NOT_DRAFT", err)
	}
	if err := w.service.Delete(t.Context(), made.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.service.Find(t.Context(), made.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("a deleted draft: %v, want fault.NotFound", err)
	}
	for field, c := range map[string]campaign.Change{
		"holdoutRate": {HoldoutRate: new(5001)}, "frequencyDays": {FrequencyDays: new(-1)}, "ratePerMinute": {RatePerMinute: new(-5)},
		"exclusions": {Exclusions: &[]int64{excluded + 1000}},
	} {
		_, err := w.service.Update(t.Context(), w.draft().ID, 2, c)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != field {
			t.Errorf("%s: %v, want fault.Invalid there", field, fmt.Sprint(err))
		}
	}
}
