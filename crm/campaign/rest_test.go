package campaign_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

func codes(prefix string, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("%s-%03d", prefix, i)
	}
	return list
}

func (w *world) sendRest(row *db.Campaign) *db.Campaign {
	w.t.Helper()
	current, err := w.service.Find(w.t.Context(), row.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	sent, err := w.service.SendRest(w.t.Context(), row.ID, current.Version)
	if err != nil {
		w.t.Fatal(err)
	}
	return sent
}

func (w *world) rest(row *db.Campaign) *campaign.Rest {
	w.t.Helper()
	current, err := w.service.Find(w.t.Context(), row.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	rest, err := w.service.Rest(w.t.Context(), current)
	if err != nil {
		w.t.Fatal(err)
	}
	return rest
}

func countOf(reasons []campaign.ReasonCount, reason string) int64 {
	for _, r := range reasons {
		if r.Reason == reason {
			return r.Count
		}
	}
	return 0
}

func TestAPoolThatDoesNotSufficeIsToldBeforeAnythingGoes(t *testing.T) {
	w := newWorld(t)
	w.customers(40, true)
	w.customers(10, false)
	pool := w.pool("OWN_SITE", codes("A", 15)...)
	rate := 2000
	draft := w.change(w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID}), campaign.Change{HoldoutRate: &rate})
	preview, err := w.service.Preview(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	if len(preview.Short) != 1 || preview.Short[0].Left != 15 || preview.Short[0].Recipients <= 15 || preview.Short[0].Without != preview.Short[0].Recipients-15 {
		t.Fatalf("short of codes: %+v", preview.Short)
	}
	if preview.Reachable != 15 || preview.ByDestination[0].Count != 15 {
		t.Errorf("15 codes reach %d, %v", preview.Reachable, preview.ByDestination)
	}
	findings, err := w.service.Findings(t.Context(), draft, kept.Now)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(findings, func(f policy.Finding) bool { return f.Code == "CODES_SHORT" })
	if at < 0 || findings[at].Severity != policy.Warn || findings[at].Place != "variants.OWN_SITE.offer" {
		t.Fatalf("findings %v", codesOf(findings))
	}
	said := findings[at].Message.JA
	for _, figure := range []int64{15, preview.Short[0].Recipients, preview.Short[0].Without} {
		if !strings.Contains(said, fmt.Sprint(figure)) {
			t.Errorf("%q does not say %d", said, figure)
		}
	}
	row := w.send(draft)
	w.run(row, campaign.StatusSent, w.engine("one", &wire{}))
	m := w.metrics(row)
	if m.Total.Sent != preview.Reachable || m.Total.HeldOut != preview.HeldOut {
		t.Errorf("sent %d and held out %d, the preview said %d and %d", m.Total.Sent, m.Total.HeldOut, preview.Reachable, preview.HeldOut)
	}
	// The shortage, the refusals before and after, and who waits are one figure.
	without := preview.Short[0].Without
	if before, after := countOf(preview.Refused, "NO_CODE_LEFT"), countOf(m.SuppressedByReason, "NO_CODE_LEFT"); before != without || after != without || w.rest(row).People != without {
		t.Errorf("without a code: %d in the shortage, %d refused in the preview, %d when sent, %d wait", without, before, after, w.rest(row).People)
	}

	if _, err := w.offers.AddCodes(t.Context(), pool.ID, codes("B", 60)); err != nil {
		t.Fatal(err)
	}
	enough := w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID})
	if findings, err := w.service.Findings(t.Context(), enough, kept.Now); err != nil || slices.Contains(codesOf(findings), "CODES_SHORT") {
		t.Errorf("with enough codes: %v, %v", codesOf(findings), err)
	}
}

func TestAPreviewOfAPartDealsOutAsLargeAPartOfTheCodes(t *testing.T) {
	w := newWorld(t)
	w.customers(12_000, true)
	pool := w.pool("OWN_SITE", codes("A", 3_000)...)
	w.service.PreviewBudget = time.Nanosecond
	preview, err := w.service.Preview(t.Context(), w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID}))
	if err != nil {
		t.Fatal(err)
	}
	if !preview.Estimated || preview.Reachable != 3_000 || len(preview.Short) != 1 || preview.Short[0].Recipients != 12_000 || preview.Short[0].Without != 9_000 {
		t.Errorf("preview %+v", preview)
	}
}

// TestTheRestGetsWhatCodesComeAndNobodyTwice adds codes and people's noes at
// random between sendings, until nobody waits any more.
func TestTheRestGetsWhatCodesComeAndNobodyTwice(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			w := newWorld(t)
			w.customers(60, true)
			w.customers(5, false)
			pool := w.pool("OWN_SITE", codes("A", 1+random.IntN(30))...)
			rate := random.IntN(2) * 2500
			row := w.send(w.change(w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID}), campaign.Change{HoldoutRate: &rate}))
			f := &wire{}
			engine := w.engine("one", f)
			w.run(row, campaign.StatusSent, engine)
			firstHeld := w.scan(`SELECT coalesce(sum(customer_id), 0)::bigint FROM messages WHERE status = 'HELD_OUT'`)
			held := w.scan(`SELECT count(*) FROM messages WHERE status = 'HELD_OUT'`)
			left := func() int64 { return w.scan(`SELECT count(*) FROM messages WHERE reason = 'NO_CODE_LEFT'`) }
			for round := 0; left() > 0; round++ {
				rest := w.rest(row)
				if rest == nil || rest.People != left() || !slices.Equal(rest.Offers, []int64{pool.ID}) {
					t.Fatalf("the rest is %+v, want %d people", rest, left())
				}
				// One of those who wait says no meanwhile.
				w.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording)
					SELECT customer_id, 'MAIL', 'WITHDRAWN', ?, now(), 'UNSUBSCRIBE_LINK', '' FROM messages WHERE reason = 'NO_CODE_LEFT' ORDER BY customer_id DESC LIMIT 1`, w.shops["OWN_SITE"].ID)
				if _, err := w.offers.AddCodes(t.Context(), pool.ID, codes(fmt.Sprint("R", round), 1+random.IntN(20))); err != nil {
					t.Fatal(err)
				}
				sent := w.sendRest(row)
				if _, err := w.service.SendRest(t.Context(), row.ID, sent.Version-1); !hasCode(err, "STALE_VERSION") {
					t.Errorf("the same press again: %v, want STALE_VERSION", err)
				}
				w.run(row, campaign.StatusSent, engine)
				w.balanced(w.metrics(row))
			}
			if mails, most := f.copies(); most > 1 || int64(mails) != w.metrics(row).Total.Sent {
				t.Errorf("%d mails, up to %d for one person; %d sent", mails, most, w.metrics(row).Total.Sent)
			}
			if n := w.scan(`SELECT count(DISTINCT offer_code) - count(*) FROM messages WHERE offer_code <> ''`); n != 0 {
				t.Errorf("%d codes went to two", -n)
			}
			if n := w.scan(`SELECT count(*) FROM messages m JOIN consents c ON c.customer_id = m.customer_id AND c.state = 'WITHDRAWN' WHERE m.status <> 'SUPPRESSED' OR m.reason = 'NO_CODE_LEFT'`); n != 0 {
				t.Errorf("%d who said no meanwhile were not asked again", n)
			}
			still := w.scan(`SELECT coalesce(sum(customer_id), 0)::bigint FROM (SELECT customer_id FROM messages WHERE status = 'HELD_OUT' ORDER BY customer_id LIMIT ?) h`, held)
			if still != firstHeld {
				t.Error("who was held out did not stay so")
			}
			if n := w.scan(`SELECT count(*) FROM messages WHERE in_trial <> (? > 0 AND status IN ('SENT', 'HELD_OUT'))`, rate); n != 0 {
				t.Errorf("%d are in the wrong arm of the trial", n)
			}
			if rest := w.rest(row); rest != nil {
				t.Errorf("nobody waits, and the rest is %+v", rest)
			}
			current, err := w.service.Find(t.Context(), row.ID)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.service.SendRest(t.Context(), row.ID, current.Version); !hasCode(err, "NO_REST") {
				t.Errorf("with nobody left: %v, want NO_REST", err)
			}
		})
	}
}

func TestTheRestWaitsForCodesAndForTheTimeToSend(t *testing.T) {
	w := newWorld(t)
	w.customers(5, true)
	at := &clock.Fixed{T: clock.System{}.Now()}
	w.service.Clock = at
	pool := w.pool("OWN_SITE", "A-1", "A-2")
	row := w.send(w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID}))
	w.run(row, campaign.StatusSent, w.engine("one", &wire{}))
	current, err := w.service.Find(t.Context(), row.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.service.SendRest(t.Context(), row.ID, current.Version); !hasCode(err, "FINDINGS_BLOCK") {
		t.Errorf("without codes: %v, want FINDINGS_BLOCK", err)
	}
	if _, err := w.offers.AddCodes(t.Context(), pool.ID, codes("B", 1)); err != nil {
		t.Fatal(err)
	}
	if rest := w.rest(row); rest.People != 3 || rest.Codes != 1 || rest.Until == nil {
		t.Errorf("the rest is %+v, want 1 code for 3 people and a time", rest)
	}
	at.T = at.T.AddDate(0, 0, current.ConversionDays+1)
	if _, err := w.service.SendRest(t.Context(), row.ID, current.Version); !hasCode(err, "REST_CLOSED") {
		t.Errorf("after its orders stopped counting: %v, want REST_CLOSED", err)
	}
}

// TestWhoJoinsATrialLateBringsWhatHeBought: an order between the first sending
// and that to the rest counts for both arms alike.
func TestWhoJoinsATrialLateBringsWhatHeBought(t *testing.T) {
	w := newWorld(t)
	w.customers(40, true)
	pool := w.pool("OWN_SITE", "A-1")
	rate := 5000
	row := w.send(w.change(w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID}), campaign.Change{HoldoutRate: &rate}))
	engine := w.engine("one", &wire{})
	w.run(row, campaign.StatusSent, engine)
	late := w.scan(`SELECT max(customer_id) FROM messages WHERE reason = 'NO_CODE_LEFT'`)
	w.exec(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, net_sales, content_hash)
		VALUES (?, ?, 'N-1', 'SHIPPED', now(), 'JPY', 5000, '')`, late, w.shops["OWN_SITE"].ID)
	if _, err := w.offers.AddCodes(t.Context(), pool.ID, codes("B", 50)); err != nil {
		t.Fatal(err)
	}
	w.sendRest(row)
	w.run(row, campaign.StatusSent, engine)
	m := w.metrics(row)
	if m.Lift == nil || m.Lift.Treated.Buyers+m.Lift.HeldOut.Buyers != 1 || m.Lift.Treated.Sales+m.Lift.HeldOut.Sales != 5000 {
		t.Errorf("lift %+v, want the one order", m.Lift)
	}
}

func TestWhatIsScheduledAndCouldNotBeginIsAnAlert(t *testing.T) {
	w := newWorld(t)
	w.customers(3, true)
	pool := w.pool("OWN_SITE", "A-1")
	row := w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID})
	row, err := w.service.Schedule(t.Context(), row.ID, row.Version, time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if causes, err := w.service.BlockedSchedules(t.Context()); err != nil || len(causes) != 0 {
		t.Fatalf("while all is well: %+v, %v", causes, err)
	}
	w.exec(`UPDATE offer_codes SET customer_id = 1`)
	causes, err := w.service.BlockedSchedules(t.Context())
	if err != nil || len(causes) != 1 || causes[0].Subject.ID != row.ID || fmt.Sprint(causes[0].Figures["because"]) != "[NO_CODES]" {
		t.Fatalf("without codes: %+v, %v", causes, err)
	}
	back, err := w.service.Unschedule(t.Context(), row.ID)
	if err != nil {
		t.Fatal(err)
	}
	if because, err := w.service.Blocking(t.Context(), back); err != nil || len(because) != 0 {
		t.Errorf("a draft is blocked by %v, %v", because, err)
	}
}
