package campaign_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/policy"
)

const honten = `<mjml><mj-body><mj-section><mj-column><mj-text>本店なら送料無料</mj-text></mj-column></mj-section></mj-body></mjml>`

// TestTheReportTellsWhatWasAskedFoundLiftedAndSent follows one campaign from an
// override with an evidence number to what became of its audience.
func TestTheReportTellsWhatWasAskedFoundLiftedAndSent(t *testing.T) {
	w := newWorld(t)
	w.customers(3, true)
	w.customers(2, false)
	row := w.draftOf(honten)
	tomorrow := policy.Day(time.Now(), zone).AddDate(0, 0, 1)
	lifted, err := w.service.Lift(t.Context(), policy.Lift{
		CampaignID: row.ID, RuleID: "RK-03", Place: "variants.OWN_SITE.mjml", Reason: "楽天に確認済み", EvidenceNo: "RMS-2026-118", ValidUntil: &tomorrow,
	})
	if err != nil || lifted.ValidUntil == nil {
		t.Fatalf("lifted %+v, %v", lifted, err)
	}
	w.run(w.send(row), campaign.StatusSent, w.engine("one", &wire{}))
	report, err := w.service.Compliance(t.Context(), row.ID, kept.Now)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range report.Findings {
		found = append(found, f.Code+" "+f.Place)
	}
	if got := strings.Join(found, ", "); got != "RK-03 variants.OWN_SITE.mjml, YH-03 variants.OWN_SITE.mjml" {
		t.Errorf("findings %s", got)
	}
	if len(report.Exemptions) != 1 || report.Exemptions[0].EvidenceNo != "RMS-2026-118" || !report.Exemptions[0].ValidUntil.Equal(tomorrow) {
		t.Errorf("exemptions %+v", report.Exemptions)
	}
	if len(report.Texts) != 1 || len(report.Texts[0].Hash) != 64 {
		t.Errorf("texts %+v", report.Texts)
	}
	people := map[string]int64{}
	for _, o := range report.Outcomes {
		people[strings.Join(o.Malls, "+")+" "+string(o.Status)+" "+o.Reason] += o.Count
	}
	if people["OWN_SITE SENT "] != 3 || len(people) != 2 {
		t.Errorf("outcomes %v", people)
	}
	var file bytes.Buffer
	if err := (campaign.ComplianceFile{Report: report, Zone: zone}).WriteTo(context.Background(), &file); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 1+2+1+len(report.Rules)+2+1+len(report.Outcomes) {
		t.Errorf("%d rows of the file, %v", len(rows), err)
	}
	if !strings.Contains(file.String(), "RMS-2026-118") {
		t.Error("the file does not name the evidence")
	}
}

func TestAnOverrideEndsWithItsLastDay(t *testing.T) {
	w := newWorld(t)
	row := w.draftOf(honten)
	yesterday := policy.Day(time.Now(), zone).AddDate(0, 0, -1)
	lift := policy.Lift{CampaignID: row.ID, RuleID: "RK-03", Place: "variants.OWN_SITE.mjml", Reason: "確認済み", ValidUntil: &yesterday}
	if _, err := w.service.Lift(t.Context(), lift); err == nil {
		t.Error("an override ends before it begins")
	}
	lift.ValidUntil = nil
	if _, err := w.service.Lift(t.Context(), lift); err != nil {
		t.Fatal(err)
	}
	isLifted := func() bool {
		findings, err := w.service.Findings(t.Context(), row, kept.Now)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			if f.Code == "RK-03" {
				return f.Lifted != nil
			}
		}
		t.Fatal("RK-03 is not found")
		return false
	}
	if !isLifted() {
		t.Error("it does not hold")
	}
	w.exec(`UPDATE policy_overrides SET valid_until = ?`, yesterday)
	if isLifted() {
		t.Error("it holds beyond its last day")
	}
}

// TestAChangedRuleIsHeldBesideTheOneInForce finds what is new, what stays and
// what goes, in campaigns and in a pasted text.
func TestAChangedRuleIsHeldBesideTheOneInForce(t *testing.T) {
	w := newWorld(t)
	row := w.draftOf(strings.Replace(honten, "送料無料", "送料無料。楽天価格より安く", 1))
	rule, err := policy.InForceOn(t.Context(), w.db, "RK-03", policy.Day(time.Now(), zone))
	if err != nil || rule == nil {
		t.Fatal(err)
	}
	rule.Params.Phrases = []string{"送料無料", "楽天価格より"}
	bench, err := w.service.Try(t.Context(), *rule, "公式サイトなら送料無料", 50)
	if err != nil || bench.Campaigns != 1 {
		t.Fatalf("%+v, %v", bench, err)
	}
	got := map[string]campaign.TrialState{}
	for _, h := range bench.Hits {
		where := "text"
		if h.Campaign != nil {
			where = h.Campaign.Name
		}
		got[where+" "+h.Finding.Excerpt] = h.State
	}
	want := map[string]campaign.TrialState{
		"text 送料無料": campaign.FoundAnew, "text 公式サイトなら": campaign.FoundNoLonger,
		row.Name + " 送料無料": campaign.FoundAnew, row.Name + " 楽天価格より": campaign.FoundStill, row.Name + " 本店なら": campaign.FoundNoLonger,
	}
	for place, state := range want {
		if got[place] != state {
			t.Errorf("%s: %q, want %q (all: %v)", place, got[place], state, got)
		}
	}
	if len(got) != len(want) {
		t.Errorf("hits %v", got)
	}
}
