package webhook_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/webhook"
)

// TestAPartnerHearsSignedEvents: what happened arrives once, signed so that the
// library of Standard Webhooks takes it, with ids of the API and nothing of the
// person.
func TestAPartnerHearsSignedEvents(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	row, secret := w.endpoint(p, webhook.ConsentChanged)
	customer := w.consents(1)
	w.work()
	got := p.all()
	if len(got) != 1 {
		t.Fatalf("%d events were heard", len(got))
	}
	check, err := standard.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := check.VerifyIgnoringTimestamp(got[0].body, got[0].header); err != nil {
		t.Errorf("the signature: %v", err)
	}
	if err := check.VerifyIgnoringTimestamp(append(slices.Clone(got[0].body), ' '), got[0].header); err == nil {
		t.Error("another body has the same signature")
	}
	var told struct {
		Type      string
		Timestamp time.Time
		Data      map[string]any
	}
	if err := json.Unmarshal(got[0].body, &told); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"customerId": gid.Encode("Customer", customer), "shopId": gid.Encode("Shop", w.shop),
		"channel": "MAIL", "purpose": "MARKETING", "state": "GIVEN", "method": "STAFF",
	}
	if told.Type != "consent.changed" || told.Timestamp.IsZero() || len(told.Data) != len(want) {
		t.Errorf("told was %s", got[0].body)
	}
	for name, value := range want {
		if told.Data[name] != value {
			t.Errorf("%s is %v, not %v", name, told.Data[name], value)
		}
	}
	d := w.deliveries(row.ID)
	if len(d) != 1 || d[0].Status != webhook.Delivered || len(d[0].Tries) != 1 || *d[0].Tries[0].HTTPStatus != http.StatusNoContent {
		t.Errorf("the log: %+v", d)
	}
	w.clock.Advance(time.Hour)
	w.work()
	if n := len(p.all()); n != 1 {
		t.Errorf("it was told %d times", n)
	}
}

// TestOnlyWhatIsWanted: an endpoint hears its kinds, and nothing that happened
// in a transaction that was rolled back.
func TestOnlyWhatIsWanted(t *testing.T) {
	t.Parallel()
	w, p, other := newWorld(t, true), newPartner(t), newPartner(t)
	w.endpoint(p, webhook.CustomerJoined)
	w.endpoint(other, webhook.ConsentChanged, webhook.CustomerErased)
	w.consents(20)
	joined := w.exec(`INSERT INTO customers (family_name, member_since, member_via) VALUES ('鈴木', now(), 'STAFF')`)
	tx, err := w.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(`INSERT INTO customers (family_name, member_since, member_via) VALUES ('田中', now(), 'STAFF')`); err != nil {
		t.Fatal(err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	w.work()
	if got := p.all(); len(got) != 1 || !strings.Contains(string(got[0].body), gid.Encode("Customer", joined)) {
		t.Errorf("who wants members heard %d events", len(got))
	}
	if got := other.all(); len(got) != 20 {
		t.Errorf("who wants consents heard %d events", len(got))
	}
	ids := map[string]bool{}
	for _, h := range other.all() {
		ids[h.id] = true
	}
	if len(ids) != 20 {
		t.Errorf("20 events have %d ids", len(ids))
	}
}

// TestTwoSecretsForADay: after a change both secrets sign for 24 hours, then the
// new one alone.
func TestTwoSecretsForADay(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	row, old := w.endpoint(p, webhook.ConsentChanged)
	_, fresh, err := w.Rotate(t.Context(), row.ID)
	if err != nil {
		t.Fatal(err)
	}
	verifies := func(secret string) bool {
		t.Helper()
		w.consents(1)
		w.work()
		got := p.all()
		check, err := standard.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		return check.VerifyIgnoringTimestamp(got[len(got)-1].body, got[len(got)-1].header) == nil
	}
	if !verifies(old) || !verifies(fresh) {
		t.Error("one of the two secrets does not do")
	}
	w.clock.Advance(25 * time.Hour)
	if verifies(old) || !verifies(fresh) {
		t.Error("after a day the old secret still does, or the new one does not")
	}
}

// TestEveryKindIsTold makes each thing happen that an endpoint can want.
func TestEveryKindIsTold(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	w.endpoint(p, webhook.Kinds...)
	one := w.exec(`INSERT INTO customers (family_name) VALUES ('佐藤')`)
	two := w.exec(`INSERT INTO customers (family_name) VALUES ('佐藤')`)
	stage := w.exec(`INSERT INTO stages (code, name, position, spend_threshold) VALUES ('TOP', '特別', 9, 999999)`)
	offer := w.exec(`INSERT INTO offers (name, mall, kind, proof, starts_at, ends_at) VALUES ('送料無料', 'OWN_SITE', 'FREE_SHIPPING', 'NONE', now(), now() + interval '1 day')`)
	referral := w.exec(`INSERT INTO referrals (customer_id, referrer_id, code, way, referred_at, order_by, min_amount, wait_days, first_order, order_id, status, changed_at)
		VALUES (?, ?, 'K7WQ2MXA', 'APP', now(), now(), 0, 0, false, 1, 'QUALIFIED', now())`, two, one)
	w.consents(1)
	steps := []struct {
		statement string
		args      []any
	}{
		{`UPDATE customers SET member_since = now(), member_via = 'STAFF' WHERE id = ?`, []any{one}},
		{`INSERT INTO point_bookings (customer_id, kind, amount, available_after, occurred_at, idempotency_key, reason) VALUES (?, 'GRANT', 500, 500, now(), 'k', 'STAFF')`, []any{one}},
		{`INSERT INTO stage_changes (customer_id, to_stage, at, reason) VALUES (?, ?, now(), 'STAFF')`, []any{one, stage}},
		{`INSERT INTO customer_merges (customer_id, merged_id, reason, score, profile_before, profile_after, merged_at) VALUES (?, ?, 'STAFF', 0, '{}', '{}', now())`, []any{one, two}},
		{`UPDATE customer_merges SET undone_at = now() WHERE customer_id = ?`, []any{one}},
		{`INSERT INTO member_offers (customer_id, offer_id, seen_at) VALUES (?, ?, now())`, []any{one, offer}},
		{`UPDATE member_offers SET issued_at = now() WHERE customer_id = ?`, []any{one}},
		{`UPDATE member_offers SET used_at = now(), used_by = 'STAFF' WHERE customer_id = ?`, []any{one}},
		{`UPDATE referrals SET status = 'REWARDED', rewarded_at = now(), referrer_points = 500, friend_points = 300 WHERE id = ?`, []any{referral}},
		{`UPDATE referrals SET status = 'TAKEN_BACK', reason = 'ORDER_GONE' WHERE id = ?`, []any{referral}},
		{`UPDATE customers SET erased_at = now() WHERE id = ?`, []any{two}},
	}
	for _, s := range steps {
		if _, err := w.db.NewRaw(s.statement, s.args...).Exec(t.Context()); err != nil {
			t.Fatalf("%s: %v", s.statement, err)
		}
	}
	w.work()
	told, last := map[webhook.Kind]int{}, map[webhook.Kind]map[string]any{}
	for _, h := range p.all() {
		var m struct {
			Type webhook.Kind
			Data map[string]any
		}
		if err := json.Unmarshal(h.body, &m); err != nil {
			t.Fatal(err)
		}
		told[m.Type]++
		last[m.Type] = m.Data
	}
	for _, kind := range webhook.Kinds {
		if told[kind] != 1 {
			t.Errorf("%s was told %d times", kind, told[kind])
		}
	}
	want := map[string]any{
		"customerId": gid.Encode("Customer", one), "friendId": gid.Encode("Customer", two), "referralId": gid.Encode("Referral", referral),
		"points": 500.0, "friendPoints": 300.0, "reason": "ORDER_GONE",
	}
	if got := last[webhook.ReferralTakenBack]; !maps.Equal(got, want) {
		t.Errorf("told was %v, want %v", got, want)
	}
}
