package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// pool is an offer of a mall with these codes.
func (w *world) pool(mall string, codes ...string) *db.Offer {
	w.t.Helper()
	ctx := context.Background()
	row, err := w.offers.Create(ctx, offer.Draft{
		Name: "クーポン", Mall: mall, Kind: offer.CouponRate, Value: 1000, Proof: offer.CodePool,
		StartsAt: time.Now().Add(-time.Hour), EndsAt: time.Now().AddDate(0, 1, 0),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.offers.AddCodes(ctx, row.ID, codes); err != nil {
		w.t.Fatal(err)
	}
	return row
}

func TestEachGetsTheVariantOfTheMallHeBoughtOnLast(t *testing.T) {
	w := newWorld(t)
	w.customers(10, true)
	w.exec(`INSERT INTO customer_mall_stats (customer_id, mall, currency, orders_count, net_sales, last_order_at)
		SELECT id, m.mall, 'JPY', 1, 100, now() - m.ago FROM (SELECT id FROM customers ORDER BY id LIMIT 6) c,
		(VALUES ('RAKUTEN', interval '1 day'), ('YAHOO', interval '2 days')) m (mall, ago)`)
	w.exec(`INSERT INTO customer_mall_stats (customer_id, mall, currency, orders_count, net_sales, last_order_at)
		SELECT id, 'AMAZON', 'JPY', 1, 100, now() FROM customers ORDER BY id DESC LIMIT 1`)
	pool := w.pool("RAKUTEN", "R-1", "R-2", "R-3", "R-4")
	draft := w.draft(campaign.Variant{Mall: "OWN_SITE", IsDefault: true}, campaign.Variant{Mall: "RAKUTEN", OfferID: &pool.ID})

	preview, err := w.service.Preview(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	if preview.Total != 10 || preview.Reachable != 8 || !slices.Equal(preview.ByDestination, []campaign.MallCount{{Mall: "OWN_SITE", Count: 4}, {Mall: "RAKUTEN", Count: 4}}) ||
		!slices.Equal(preview.ByOrigin, []campaign.ShopCount{{ShopID: w.shops["OWN_SITE"].ID, Count: 8}}) ||
		!slices.Equal(preview.Routes, []campaign.Route{{ShopID: w.shops["OWN_SITE"].ID, Mall: "OWN_SITE", Count: 4}, {ShopID: w.shops["OWN_SITE"].ID, Mall: "RAKUTEN", Count: 4}}) ||
		!slices.Equal(preview.Short, []campaign.Shortage{{Mall: "RAKUTEN", OfferID: pool.ID, Left: 4, Recipients: 6, Without: 2}}) {
		t.Errorf("preview %+v", preview)
	}

	f := &wire{}
	row := w.send(draft)
	w.run(row, campaign.StatusSent, w.engine("one", f))
	m := w.metrics(row)
	w.balanced(m)
	if m.Total.Sent != 8 || m.Total.WithoutCode != 2 || len(m.SuppressedByReason) != 1 || m.SuppressedByReason[0] != (campaign.ReasonCount{Reason: "NO_CODE_LEFT", Count: 2}) {
		t.Errorf("sent %d, suppressed %+v; the pool had 4 codes for 6", m.Total.Sent, m.SuppressedByReason)
	}
	if len(m.ByMall) != 2 || m.ByMall[1].Mall != "RAKUTEN" || m.ByMall[1].Audience != 6 || m.ByMall[1].Sent != 4 {
		t.Errorf("by mall %+v", m.ByMall)
	}
	codes := map[string]bool{}
	for _, mail := range f.mails {
		for _, code := range []string{"R-1", "R-2", "R-3", "R-4"} {
			if strings.Contains(mail.HTML, code) {
				codes[code] = true
			}
		}
	}
	if len(codes) != 4 {
		t.Errorf("codes %v went out, want all four, one each", codes)
	}
}

func TestWhatBlocksIsNamedAndNothingGoesOut(t *testing.T) {
	w := newWorld(t)
	w.customers(1, true)
	empty, err := w.service.Create(t.Context(), campaign.Draft{Name: "空"})
	if err != nil {
		t.Fatal(err)
	}
	findings, err := w.service.Findings(t.Context(), empty, kept.Now)
	if err != nil {
		t.Fatal(err)
	}
	if codes := codesOf(findings); !slices.Contains(codes, "NO_AUDIENCE") || !slices.Contains(codes, "NO_VARIANT") {
		t.Errorf("findings %v", codes)
	}
	dry, elsewhere := w.pool("RAKUTEN"), w.pool("YAHOO", "Y-1")
	row := w.draft(campaign.Variant{Mall: "RAKUTEN", OfferID: &dry.ID}, campaign.Variant{Mall: "OWN_SITE", OfferID: &elsewhere.ID})
	variants := []campaign.Variant{{Mall: "RAKUTEN", OfferID: &dry.ID, MJML: body}, {Mall: "OWN_SITE", OfferID: &elsewhere.ID, Subject: subject, MJML: strings.Replace(body, "offer.code", "offer.cod", 1)}}
	if row, err = w.service.Update(t.Context(), row.ID, row.Version, campaign.Change{Variants: &variants}); err != nil {
		t.Fatal(err)
	}
	if findings, err = w.service.Findings(t.Context(), row, kept.Now); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"NO_CODES variants.RAKUTEN.offer", "SUBJECT_EMPTY variants.RAKUTEN.subject", "OFFER_OTHER_MALL variants.OWN_SITE.offer", "UNKNOWN_VARIABLE variants.OWN_SITE.mjml"} {
		if !slices.ContainsFunc(findings, func(f policy.Finding) bool { return f.Code+" "+f.Place == want }) {
			t.Errorf("no finding %s in %v", want, codesOf(findings))
		}
	}
	_, err = w.service.Send(t.Context(), row.ID, row.Version, "key")
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != "FINDINGS_BLOCK" {
		t.Errorf("send: %v, want FINDINGS_BLOCK", err)
	}
	if n := w.scan(`SELECT count(*) FROM deliveries`); n != 0 {
		t.Errorf("%d deliveries", n)
	}
}

// TestAPropertyThatIsNotKeptStopsTheSend: it is found when the campaign is saved,
// when it is scheduled, and when its hour has come.
func TestAPropertyThatIsNotKeptStopsTheSend(t *testing.T) {
	w := newWorld(t)
	w.customers(1, true)
	w.exec(`INSERT INTO properties (key, name, type, position, created_at, updated_at) VALUES ('pet', 'ペット', 'TEXT', 1, now(), now())`)
	row := w.draftOf(strings.Replace(body, "{{ offer.code }}", "{{ customer.properties.pet | default: '-' }}", 1), campaign.Variant{Mall: "OWN_SITE"})
	unknown := func() bool {
		t.Helper()
		findings, err := w.service.Findings(t.Context(), row, kept.Now)
		if err != nil {
			t.Fatal(err)
		}
		return slices.Contains(codesOf(findings), "UNKNOWN_VARIABLE")
	}
	if unknown() {
		t.Error("a property that is kept is unknown")
	}
	w.exec(`UPDATE properties SET archived_at = now() WHERE key = 'pet'`)
	if !unknown() {
		t.Error("saved: a property out of use is not told of")
	}
	_, err := w.service.Schedule(t.Context(), row.ID, row.Version, time.Now().Add(time.Hour))
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != "FINDINGS_BLOCK" {
		t.Errorf("schedule: %v, want FINDINGS_BLOCK", err)
	}
	w.exec(`UPDATE properties SET archived_at = NULL WHERE key = 'pet'`)
	if row, err = w.service.Schedule(t.Context(), row.ID, row.Version, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE properties SET archived_at = now() WHERE key = 'pet'`)
	if codes, err := w.service.Blocking(t.Context(), row); err != nil || !slices.Equal(codes, []string{"UNKNOWN_VARIABLE"}) {
		t.Errorf("when its hour comes: %v, %v", codes, err)
	}
}

func codesOf(findings []policy.Finding) (codes []string) {
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	return codes
}

func TestASaveOnAnOldVersionIsRefused(t *testing.T) {
	w := newWorld(t)
	row := w.draft()
	name := "夏"
	if _, err := w.service.Update(t.Context(), row.ID, row.Version-1, campaign.Change{Name: &name}); !fault.Is(err, fault.Conflict) {
		t.Errorf("update: %v, want fault.Conflict", err)
	}
	sent := w.send(row)
	again, err := w.service.Send(t.Context(), row.ID, row.Version, fmt.Sprint("key-", row.ID))
	if err != nil || again.ID != sent.ID || w.scan(`SELECT count(*) FROM deliveries`) != 1 {
		t.Errorf("the same key again: %v, %d deliveries", err, w.scan(`SELECT count(*) FROM deliveries`))
	}
	if _, err := w.service.Send(t.Context(), row.ID, sent.Version, "another"); !fault.Is(err, fault.Precondition) {
		t.Errorf("another key: %v, want fault.Precondition", err)
	}
	if _, err := w.service.Update(t.Context(), row.ID, sent.Version, campaign.Change{Name: &name}); !fault.Is(err, fault.Precondition) {
		t.Errorf("update of a campaign that is sent: %v, want fault.Precondition", err)
	}
	copied, err := w.service.Duplicate(t.Context(), row.ID, campaign.Copy{})
	if err != nil || copied.Status != "DRAFT" || w.scan(`SELECT count(*) FROM campaign_variants WHERE campaign_id = ? AND subject = ?`, copied.ID, subject) != 1 {
		t.Errorf("duplicate %+v, %v", copied, err)
	}
	bare, err := w.service.Duplicate(t.Context(), row.ID, campaign.Copy{Name: "R-Mail用", WithoutMails: true})
	if err != nil || bare.Name != "R-Mail用" || bare.SegmentID == nil || *bare.SegmentID != *row.SegmentID ||
		w.scan(`SELECT count(*) FROM campaign_variants WHERE campaign_id = ?`, bare.ID) != 0 {
		t.Errorf("duplicate without mails: %+v, %v", bare, err)
	}
}

// TestACampaignPausesGoesOnAndIsWithdrawn holds the wire while it does so.
func TestACampaignPausesGoesOnAndIsWithdrawn(t *testing.T) {
	w := newWorld(t)
	w.customers(400, true)
	codes := make([]string, 400)
	for i := range codes {
		codes[i] = fmt.Sprint("P-", i)
	}
	pool := w.pool("OWN_SITE", codes...)
	row := w.send(w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID}))
	pass := make(chan struct{})
	f := &wire{answer: func(channel.Mail, int) channel.Outcome {
		<-pass
		return channel.Outcome{Verdict: channel.Accepted, Code: 250}
	}}
	e := w.engine("one", f)
	e.Lanes = 1
	stop := w.start(e)
	defer stop()
	step := func(n int) {
		for range n {
			pass <- struct{}{}
		}
	}
	step(1)
	if _, err := w.service.Pause(t.Context(), row.ID, ""); err != nil {
		t.Fatal(err)
	}
	inHand := w.scan(`SELECT count(*) FROM messages WHERE status = 'SENDING'`)
	step(int(inHand) - 1)
	w.await("the batch in hand is recorded", func() bool { return w.metrics(row).Total.Sent == inHand })
	if m := w.metrics(row); m.Status != campaign.StatusPaused || m.Total.Queued != 400-inHand {
		t.Errorf("paused: %s %+v", m.Status, m.Total)
	}
	if _, err := w.service.Resume(t.Context(), row.ID); err != nil {
		t.Fatal(err)
	}
	e.Wake()
	step(1)
	if _, err := w.service.Cancel(t.Context(), row.ID); err != nil {
		t.Fatal(err)
	}
	e.Wake()
	close(pass)
	w.await("the rest is withdrawn", func() bool {
		return w.scan(`SELECT count(*) FROM deliveries WHERE status = 'CANCELLED' AND finished_at IS NOT NULL`) == 1
	})
	m := w.metrics(row)
	w.balanced(m)
	if m.Total.Sent != 2*inHand || m.Status != campaign.StatusCancelled {
		t.Errorf("cancelled: %s %+v, want %d sent", m.Status, m.Total, 2*inHand)
	}
	figures, err := w.offers.PoolFigures(t.Context(), []int64{pool.ID})
	if err != nil || figures[0].Issued != m.Total.Sent {
		t.Errorf("pool %+v, %v; want the codes of withdrawn messages back", figures[0], err)
	}
	if _, err := w.service.Resume(t.Context(), row.ID); !fault.Is(err, fault.Precondition) {
		t.Errorf("resume of a cancelled campaign: %v, want fault.Precondition", err)
	}
}

func TestAPausedCampaignSaysWhoStoppedItWhyAndWhoWaits(t *testing.T) {
	w := newWorld(t)
	w.customers(30, true)
	w.customers(4, false)
	row := w.send(w.draft(campaign.Variant{Mall: "OWN_SITE"}))
	staff := w.scan(`INSERT INTO staff (email, name, password_hash, role) VALUES ('a@shop.example', '佐藤', 'x', 'MARKETER') RETURNING id`)
	ctx := access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: staff})
	for _, wrong := range []string{"hanako@example.com に確認", strings.Repeat("在", 201)} {
		var f *fault.Error
		if _, err := w.service.Pause(ctx, row.ID, wrong); !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != "reason" {
			t.Errorf("paused for %.20q: %v, want a fault at reason", wrong, err)
		}
	}
	paused, err := w.service.Pause(ctx, row.ID, " 在庫を確認するため ")
	if err != nil || paused.PausedAt == nil || paused.PausedBy == nil || *paused.PausedBy != staff || paused.PauseReason != "在庫を確認するため" {
		t.Fatalf("paused: %+v, %v", paused, err)
	}
	stop := w.start(w.engine("one", &wire{}))
	defer stop()
	w.await("the delivery is whole", func() bool {
		return w.scan(`SELECT count(*) FROM deliveries WHERE status = 'PAUSED' AND expanded_at IS NOT NULL`) == 1
	})
	if m := w.metrics(row); m.Total.Audience != 34 || m.Total.Queued != 30 || m.Total.Suppressed != 4 || m.Total.Sent != 0 {
		t.Errorf("while paused: %+v, want 30 of 34 waiting", m.Total)
	}
	resumed, err := w.service.Resume(ctx, row.ID)
	if err != nil || resumed.PausedAt != nil || resumed.PausedBy != nil || resumed.PauseReason != "" {
		t.Fatalf("resumed: %+v, %v; want nothing left of the pause", resumed, err)
	}
	w.await("they go out", func() bool { return w.metrics(row).Total.Sent == 30 })
	if n := w.scan(`SELECT count(*) FROM audit_log WHERE action = 'campaign.pause' AND object_id = ? AND actor_id = ? AND detail->>'reason' = '在庫を確認するため'`, row.ID, staff); n != 1 {
		t.Errorf("the audit log has %d pauses with their reason, want 1", n)
	}
}
